"""A dossier says what the record says, with sources, and takes no word of it for markup."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from foedus.reading.values import Position, ProvisionMention, Unknown
from foedus.record import open_store
from foedus.record.changes import Signature
from foedus.record.exchange import export_record, import_file
from foedus.record.exchange.dossier import Dossier, Line, Quote, Section, Source, dossier
from foedus.record.exchange.markdown import markdown
from foedus.record.exchange.page import page
from foedus.record.exchange.told import printable

if TYPE_CHECKING:
    from collections.abc import Callable

    from foedus.reading.values import Mentions, Quantity
    from foedus.record import Record

SAMPLES = Path(__file__).parent / "samples"
TEXT = st.text(st.characters(codec="utf-8"), min_size=1, max_size=40).map(printable).filter(bool)
NASTY = st.sampled_from(
    [
        "<script>alert(1)</script>",
        "1. one",
        "- a",
        "# Title",
        "> quoted",
        "a | b | c",
        "![x](http://x.example/y.png)",
        "[1]: http://x.example",
        "**bold** _it_ ~~no~~ `code`",
        "&lt;b&gt; &amp; &#60;",
        "```",
        "---",
        "===",
        "http://x.example/?a=1&b=2 www.x.example",
        "<!-- no -->",
        "\\",
        "10) ten",
        "{{ 7 * 7 }} {% raw %}",
        "a  \u202eb",
        "+ plus",
        "</li></ul><h2>Not ours",
    ]
)
WORDS = (NASTY.map(printable) | TEXT).filter(bool)
ADDRESSES = st.none() | st.sampled_from(
    ["https://post.example/a?b=c&d=(e)", "javascript:alert(1)", "https://x.example/<b>", "x y"]
)


@st.composite
def _dossiers(draw: st.DrawFn) -> Dossier:
    quotes = st.builds(Quote, about=WORDS | st.just(""), words=WORDS, source=st.just(1))
    lines = st.builds(
        Line, text=WORDS, sources=st.just((1, 2)), quotes=st.lists(quotes, max_size=2).map(tuple)
    )
    return Dossier(
        title=draw(WORDS),
        facts=(("As of", draw(WORDS)),),
        sources=tuple(Source(number=n, text=draw(WORDS), url=draw(ADDRESSES)) for n in (1, 2)),
        sections=(
            Section(title="Timeline", none="None.", lines=tuple(draw(st.lists(lines, max_size=3)))),
            Section(title="Not known", none="Nothing.", lines=()),
        ),
    )


class _Outline(HTMLParser):
    """The tags of a page and the text in each item, heading and paragraph, in their order."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.links: list[str] = []
        self.texts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        if tag in {"li", "h1", "h2", "p", "dt", "dd"}:
            self.texts.append("")
        self.links += [value or "" for name, value in attrs if name == "href"]
        assert not [name for name, _ in attrs if name.startswith("on")]

    def handle_data(self, data: str) -> None:
        if self.texts:
            self.texts[-1] += data

    def outline(self) -> list[str]:
        return [t for text in self.texts if (t := " ".join(text.split()))]


def _outline(html: str) -> _Outline:
    parser = _Outline()
    parser.feed(html)
    parser.close()
    return parser


def _expected(told: Dossier, fact: str, quote: str) -> list[str]:
    """What a reader should see, piece by piece, with a format's own marks around it."""
    seen = [told.title]
    seen += [part for name, value in told.facts for part in fact.format(name, value).split("\n")]
    seen.append("Sources")
    seen += [f"{s.text}; {s.url}" if s.url else s.text for s in told.sources]
    for section in told.sections:
        seen.append(section.title)
        for line in section.lines:
            seen.append(line.text + "".join(f" [{n}]" for n in line.sources))
            for q in line.quotes:
                words = quote.format(q.words)
                seen.append(": ".join(p for p in (q.about, words) if p) + f" [{q.source}]")
        if not section.lines:
            seen.append(section.none)
    return [" ".join(s.split()) for s in seen]


@settings(max_examples=80, deadline=None)
@given(_dossiers())
def test_markdown_shows_every_word_and_takes_none_for_markup(told: Dossier) -> None:
    html = (
        MarkdownIt("commonmark").enable(["table", "strikethrough"]).render("".join(markdown(told)))
    )
    shown = _outline(html)
    assert shown.tags <= {"h1", "h2", "ul", "ol", "li", "strong", "a", "p"}
    assert shown.outline() == _expected(told, "{}: {}", "“{}”")
    assert [link for link in shown.links if not link.startswith("https://")] == []


@settings(max_examples=80, deadline=None)
@given(_dossiers())
def test_html_shows_every_word_and_takes_none_for_markup(told: Dossier) -> None:
    text = "".join(page(told))
    shown = _outline(text)
    assert not shown.tags & {"script", "img", "b", "iframe", "object", "table"}
    assert {link.partition(":")[0] for link in shown.links if not link.startswith("#")} <= {"https"}
    assert shown.outline() == _expected(told, "{}\n{}", "{}")


def test_a_page_loads_and_runs_nothing() -> None:
    told = Dossier(title="x", facts=(), sources=(), sections=())
    text = "".join(page(told))
    assert "default-src 'none'" in text
    assert not [word for word in ("<script", "src=", "@import", "url(") if word in text]
    assert "@media print" in text


@pytest.fixture
def war(
    record_of: Callable[..., Record],
    read: Callable[..., Mentions],
    event: Callable[..., dict[str, Any]],
    number: Callable[..., Quantity],
) -> Callable[[str, str], Record]:
    """A night told by both sides, a position of each, and a provision; the sides by any name."""

    def build(one: str, two: str) -> Record:
        raid = {"actors": (one,), "recipients": (two,), "place": "Tarnvik"}
        return record_of(
            read(
                "a.html",
                "2031-05-03",
                (
                    f"{one} sent 40 drones at Tarnvik.",
                    event(**raid, quantities=(number(40, "drone", "launched"),)),
                ),
                (
                    f"{two} wants Tarnvik back.",
                    (Position, {"actor": two, "issue": "territory", "stance": "demands"}),
                ),
            ),
            read(
                "b.html",
                "2031-05-04",
                (
                    f"{one} sent 90 drones at Tarnvik.",
                    event(**raid, quantities=(number(90, "drone", "launched"),)),
                ),
                (
                    f"{one} rejects that.",
                    (Position, {"actor": one, "issue": "territory", "stance": "rejects"}),
                ),
                (
                    "A truce was discussed.",
                    (
                        ProvisionMention,
                        {"provision": "ceasefire", "by": two, "status": "discussed"},
                    ),
                ),
                ("Nobody knows when.", (Unknown, {"about": "schedule"})),
            ),
        )

    return build


def _lines(record: Record) -> dict[str, list[str]]:
    told = dossier(record)
    return {
        s.title: [
            line.text + str(line.sources) + "".join(f"|{q.about}|{q.words}" for q in line.quotes)
            for line in s.lines
        ]
        for s in told.sections
    }


def test_the_document_reads_as_it_should(war: Callable[[str, str], Record]) -> None:
    text = "".join(markdown(dossier(war("Ardal", "Velmark"))))
    timeline = text.split("## Timeline\n\n")[1].split("\n## ")[0]
    assert timeline == (
        "- 2 May 2031: assault (aerial); Ardal → Velmark; at Tarnvik; 40 drones launched \\[1\\];"
        " 90 drones launched \\[2\\]; disputed, see below \\[1\\] \\[2\\]\n"
        "    - “Ardal sent 40 drones at Tarnvik.” \\[1\\]\n"
        "    - “Ardal sent 90 drones at Tarnvik.” \\[2\\]\n"
    )
    disputes = text.split("## Disputes\n\n")[1].split("\n## ")[0]
    assert disputes == (
        "- 2 May 2031: assault (aerial); Ardal → Velmark; at Tarnvik; drones launched:"
        " 40 (a.html) or 90 (b.html) \\[1\\] \\[2\\]\n"
        "    - 40 drones launched \\[1\\]\n"
        "    - 90 drones launched \\[2\\]\n"
    )
    assert text.startswith("# What 2 reports say, 2 May 2031\n")
    assert "\n1. a.html; 3 May 2031 (by the page); hash " in text


def test_the_rules_are_the_same_for_every_party(war: Callable[[str, str], Record]) -> None:
    """Exchange the names of the sides, and the document has them exchanged and nothing else."""
    swap = str.maketrans({"\x01": "Velmark", "\x02": "Ardal"})
    there = _lines(war("Ardal", "Velmark"))
    back = _lines(war("Velmark", "Ardal"))
    for title, lines in there.items():
        exchanged = [
            line.replace("Ardal", "\x01").replace("Velmark", "\x02").translate(swap)
            for line in lines
        ]
        assert sorted(exchanged) == sorted(back[title])


def test_every_line_of_the_record_names_a_source_that_is_listed(tmp_path: Path) -> None:
    with open_store(str(tmp_path / "record.db")) as store:
        for name in ("ucdp-ged.csv", "acled.csv", "polecat.txt"):
            import_file(store, SAMPLES / name)
        told = dossier(store.record())
    listed = {source.number for source in told.sources}
    assert listed == set(range(1, 9))
    for section in told.sections:
        for line in section.lines:
            assert line.sources
            assert {*line.sources, *(q.source for q in line.quotes)} <= listed


def test_changes_by_people_are_listed_with_their_names(tmp_path: Path, full: Mentions) -> None:
    signed = Signature(
        by="Anna Berg", at=dt.datetime(2031, 6, 1, 12, tzinfo=dt.UTC), why="a misprint"
    )
    with open_store(str(tmp_path / "record.db")) as store:
        store.add(full, reader="1")
        event = next(e for e in store.record().events if e.place == "Velm")
        store.correct(event.id, "place", "Osk", signed)
        told = dossier(store.record())
    (line,) = told.sections[-1].lines
    assert line.text == "1. 1 June 2031, Anna Berg: corrected place from Velm to Osk: a misprint"
    assert any("; at Osk, VLM;" in each.text for each in told.sections[0].lines)


def test_long_words_are_cut(
    record_of: Callable[..., Record], read: Callable[..., Mentions], event: Callable[..., Any]
) -> None:
    long = "The raid went on " + "and on " * 200
    record = record_of(read("a.html", "2031-05-03", (long, event())))
    (line,) = dossier(record).sections[0].lines
    assert len(line.quotes[0].words) <= 302
    assert line.quotes[0].words.endswith("on …")


@pytest.mark.parametrize("form", ["markdown", "html"])
def test_the_same_record_gives_the_same_file(
    full: Mentions,
    tmp_path: Path,
    form: Any,  # noqa: ANN401 - one of two words
) -> None:
    files = []
    for n, order in enumerate(([full], [full, replace(full)])):
        with open_store(str(tmp_path / f"{n}.db")) as store:
            for mentions in order:
                store.add(mentions, reader="1")
            export_record(store, form, tmp_path / f"{n}.out")
        files.append((tmp_path / f"{n}.out").read_bytes())
    assert files[0] == files[1]
