"""Pages of varied layouts, all of them ours: what must stay stays in order, the rest goes."""

# ruff: noqa: RUF001 - real typographic signs

import datetime as dt
from pathlib import Path

import pytest

from foedus.report import Report, load

ONE = "Envoys of Ardal and Velmark met in Port Lind on Monday for the first time in a year."
TWO = "The two sides agreed to exchange forty prisoners and discussed a truce along the river."
THREE = "No date was set for the next round, and neither side would say who had asked for it."
TITLE = "Ardal and Velmark talk again"


def one(folder: Path, page: str, name: str = "page.html", encoding: str = "utf-8") -> Report:
    file = folder / name
    file.write_bytes(page.encode(encoding))
    (report,) = load(str(file))
    return report


def test_a_wordpress_page_loses_sharing_comments_and_widgets(tmp_path: Path) -> None:
    report = one(
        tmp_path,
        f"""<!DOCTYPE html><html><head><title>{TITLE} &#8211; Lind Review</title>
<meta property="og:site_name" content="Lind Review"><meta property="og:title" content="{TITLE}">
<meta property="article:published_time" content="2031-03-04T23:30:00-05:00"></head><body>
<header><nav><a href="/">Home</a></nav></header><div id="content"><article class="post">
<h1 class="entry-title">{TITLE}</h1><div class="entry-meta">by <a rel="author">Ada Lind</a></div>
<div class="entry-content"><p>{ONE}</p><h2>What was agreed</h2><p>{TWO}</p>
<ul><li>Forty prisoners</li><li>Two bridges</li></ul><blockquote><p>{THREE}</p></blockquote>
<div class="sharedaddy"><h3>Share this:</h3><ul><li><a href="#">Post</a></li></ul></div></div>
</article><div id="comments"><h2>2 thoughts on this</h2><p>I was there on Monday, and it was not
like that at all, whatever they may say about it now.</p></div></div>
<div class="widget"><h3>Recent posts</h3></div></body></html>""",
    )
    assert report.text.split("\n") == [
        ONE, "What was agreed", TWO, "Forty prisoners", "Two bridges", THREE,
    ]  # fmt: skip
    assert (report.title, report.outlet, report.author) == (TITLE, "Lind Review", "Ada Lind")
    assert (report.published, report.published_from) == (dt.date(2031, 3, 4), "page")


def test_a_heap_of_divs_without_any_names_is_read(tmp_path: Path) -> None:
    report = one(
        tmp_path,
        f"""<html><head><title>{TITLE}</title></head><body><div><a href="/">Lind
Herald</a><a href="/a">Shop</a></div><div><div>{TITLE}</div><div><p>{ONE}</p><p>{TWO}</p>
<p>{THREE}</p></div></div><div><div>Most read</div><a href="/x">A cat on a roof</a></div>
<div>Imprint Privacy Contact</div></body></html>""",
    )
    assert report.text.split("\n") == [ONE, TWO, THREE]
    assert (report.outlet, report.published, report.published_from) == (
        "Lind Herald",
        None,
        "unknown",
    )


def test_json_ld_names_author_outlet_and_day(tmp_path: Path) -> None:
    report = one(
        tmp_path,
        f"""<html><head><title>{TITLE}</title>
<script type="application/ld+json">{{"@graph":[{{"@type":"Organization","@id":"#o",
"name":"Lind Post"}},
{{"@type":"NewsArticle","headline":"{TITLE}","datePublished":"2031-03-04T08:00:00Z",
"dateModified":"2031-03-09","author":[{{"name":"Ada Lind"}},{{"name":"Bo Hart"}}],
"publisher":{{"@id":"#o"}}}}]}}</script></head><body><article><h1>{TITLE}</h1><p>{ONE}</p><p>{TWO}</p>
<p>{THREE}</p></article></body></html>""",
    )
    assert (report.author, report.outlet) == ("Ada Lind and Bo Hart", "Lind Post")
    assert report.published == dt.date(2031, 3, 4)


def test_paragraphs_parted_by_line_breaks_are_lines(tmp_path: Path) -> None:
    report = one(
        tmp_path,
        f"""<html><head><title>{TITLE}</title>
<link rel="canonical" href="https://lind.example/2031/03/04/talks.html"></head><body>
<div class="text">{ONE}<br><br><b>The terms.</b> {TWO}<br/><br/>{THREE}<br><br></div>
<div class="more-links">You may also like: <a href="/q">Quiz</a></div></body></html>""",
    )
    assert report.text.split("\n") == [ONE, f"The terms. {TWO}", THREE]
    assert (report.published, report.url) == (
        dt.date(2031, 3, 4), "https://lind.example/2031/03/04/talks.html",
    )  # fmt: skip


def test_a_live_page_keeps_its_times_and_a_crossed_heading_swallows_nothing(tmp_path: Path) -> None:
    report = one(
        tmp_path,
        f"""<HTML><HEAD><TITLE>{TITLE} :: Lind Live
<META NAME=date CONTENT=2031-03-01></TITLE><META NAME=date CONTENT="2031-03-04T10:00">
<BODY><div class=nav><ul><li><a href=/>Start<li><a href=/live>Live</ul>
<table><tr><td><h1>{TITLE}</h2><div class=live><h3>15:30 A second meeting</h3><P>{ONE}
<h3>11:10 Prisoners</h3><P>{TWO}<p class=ad><a href=/ad>Sponsored: boots for less</a>
<h3>08:00 No date</h3><P>{THREE}</div></table><div class=foot>Reload this page | RSS""",
    )
    assert report.text.split("\n") == [
        "15:30 A second meeting", ONE, "11:10 Prisoners", TWO, "08:00 No date", THREE,
    ]  # fmt: skip
    assert (report.title, report.published) == (TITLE, dt.date(2031, 3, 4))


def test_a_table_of_figures_keeps_its_rows_and_a_table_of_columns_does_not_hurt(
    tmp_path: Path,
) -> None:
    report = one(
        tmp_path,
        f"""<html><head><title>{TITLE}</title></head><body><table><tr>
<td><a href="/1">News</a><br><a href="/2">Sport</a></td><td><h1>{TITLE}</h1><p>{ONE}</p>
<table><tr><th>Side</th><th>Freed</th></tr><tr><td>Ardal</td><td>40</td></tr></table>
<p>{TWO}</p><p>{THREE}</p></td></tr></table></body></html>""",
    )
    assert report.text.split("\n") == [ONE, "Side | Freed", "Ardal | 40", TWO, THREE]


def test_captions_and_hidden_text_go_and_entities_and_quotations_are_read(tmp_path: Path) -> None:
    quoted = (
        "&ldquo;He told us: &lsquo;we&rsquo;ll stay&rsquo;,&rdquo; the envoy&nbsp;of Ardal said."
    )
    report = one(
        tmp_path,
        f"""<html><head><title>{TITLE}</title></head><body><main><h1>{TITLE}</h1>
<figure><img src="a.jpg"><figcaption>The hall in Port Lind, where the envoys met on Monday.
</figcaption></figure><p>{ONE}</p><p style="display:none">Hidden words of a machine.</p>
<p>{quoted}</p><aside><p>Watch: a tour of the hall</p></aside><p>{THREE}<sup>[2]</sup></p></main>
</body></html>""",
    )
    told = "“He told us: ‘we’ll stay’,” the envoy of Ardal said."
    assert report.text.split("\n") == [ONE, told, THREE]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1251", "cp1252"]
)
def test_the_same_page_in_any_character_set_is_the_same_text(tmp_path: Path, encoding: str) -> None:
    page = f"""<html><head><meta charset="{encoding.removesuffix("-sig")}">
<title>{TITLE}</title></head><body><h1>{TITLE}</h1>
<p>{ONE}</p><p>“{TWO[:-1]},” the host said – twice.</p></body></html>"""
    assert (
        one(tmp_path, page, encoding=encoding).text
        == f"{ONE}\n“{TWO[:-1]},” the host said – twice."
    )


def test_bytes_that_name_no_character_set_are_made_out(tmp_path: Path) -> None:
    text = f"Talks\n\n{ONE}\n\n“We’re not there,” said André Loë, the host – and left.\n"
    assert one(tmp_path, text, "t.txt", "cp1252").text.endswith(
        "said André Loë, the host – and left."
    )


def test_items_of_a_feed_are_reports_of_their_own(tmp_path: Path) -> None:
    item = f"""<item><title>{TITLE}</title><link>https://lind.example/1</link>
<pubDate>Tue, 04 Mar 2031 23:30:00 -0500</pubDate><description>Short.</description>
<content:encoded><![CDATA[<p>{ONE}</p><p>{TWO}</p><p><a href="#c">Leave a comment</a></p><p>The post
<a href="/1">{TITLE}</a> appeared first on Lind Wire.</p>]]></content:encoded></item>"""
    file = tmp_path / "feed.bin"  # the content tells, not the name
    file.write_text(f"""<?xml version="1.0"?><rss version="2.0"
xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Lind Wire</title>{item}
<item><title>Nothing</title></item></channel></rss>""")
    (report,) = load(str(file))
    assert report.source == "feed.bin#1"
    assert report.text.split("\n") == [ONE, TWO]
    assert (report.outlet, report.published) == ("Lind Wire", dt.date(2031, 3, 4))
    assert report.url == "https://lind.example/1"


def test_an_atom_feed_is_read(tmp_path: Path) -> None:
    file = tmp_path / "atom.xml"
    file.write_text(f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>Lind Wire</title><entry>
<title>{TITLE}</title><published>2031-03-04T10:00:00Z</published><author><name>Ada Lind</name>
</author><content type="html">&lt;p&gt;{ONE}&lt;/p&gt;&lt;p&gt;{TWO}&lt;/p&gt;</content></entry>
</feed>""")
    (report,) = load(str(file))
    assert report.text.split("\n") == [ONE, TWO]
    assert (report.author, report.published) == ("Ada Lind", dt.date(2031, 3, 4))


def test_comments_inside_the_report_without_a_heading_go(tmp_path: Path) -> None:
    said = "I was there on Monday, and it was not like that at all, whatever they may say of it."
    report = one(
        tmp_path,
        f"""<html><head><title>{TITLE}</title></head><body><div><h1>{TITLE}</h1><p>{ONE}</p>
<p>{TWO}</p><p>{THREE}</p><div class="reader-comments"><p>{said}</p><p>{said}</p></div></div>
</body></html>""",
    )
    assert report.text.split("\n") == [ONE, TWO, THREE]
