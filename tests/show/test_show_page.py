"""A brief as one page: whole by itself, every link with a target, nothing run from a report."""

import base64
import hashlib
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise

import pytest

import fictional_brief as fictional
from foedus.ids import EntryId
from foedus.record.values import Evidence
from foedus.show import html
from foedus.show.charts import PALETTE, charts
from foedus.show.charts_beside import charts_beside
from foedus.show.passages import passages
from foedus.show.sources import number
from foedus.show.values import Brief
from foedus.show.words import frequency, percent

VOID = {"meta", "link", "br", "img", "input", "hr"}
LOADS = {"src", "srcset", "poster", "data", "action", "formaction", "background", "manifest"}


class Page(HTMLParser):
    """A page taken apart; refuses tags that do not match."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.open: list[str] = []
        self.texts: list[tuple[str, str]] = []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open, tag
        assert self.open.pop() == tag, tag

    def handle_data(self, data: str) -> None:
        self.texts.append((self.open[-1] if self.open else "", data))

    def named(self, tag: str) -> list[dict[str, str]]:
        return [attributes for name, attributes in self.tags if name == tag]

    def words(self) -> str:
        return "".join(data for tag, data in self.texts if tag not in {"script", "style"})

    def scripts(self) -> list[str]:
        return ["".join(data) for tag, data in self.texts if tag == "script"]


@pytest.fixture(scope="module")
def made() -> dict[str, str]:
    names = ("brief", "without_answer", "hostile")
    return {name: html(getattr(fictional, name)()) for name in names}


@pytest.fixture(params=["brief", "without_answer", "hostile"])
def page(request: pytest.FixtureRequest, made: dict[str, str]) -> Iterator[Page]:
    return Page(made[request.param])


def test_nothing_is_loaded_from_anywhere(page: Page) -> None:
    for tag, attributes in page.tags:
        assert not LOADS & set(attributes), (tag, attributes)
        href = attributes.get("href", "#")
        if tag == "a":
            assert href.startswith(("#", "https://", "http://")), href
        else:
            assert href in {"#", "data:,"}, (tag, href)
        assert not any(name.startswith("on") for name in attributes)
    assert "url(" not in "".join(data for tag, data in page.texts if tag == "style")
    assert "@import" not in "".join(data for tag, data in page.texts if tag == "style")


def test_every_link_within_the_page_has_a_target(page: Page) -> None:
    ids = [attributes["id"] for _, attributes in page.tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    targets = {a["href"][1:] for a in page.named("a") if a["href"].startswith("#")}
    assert targets
    assert targets <= set(ids)
    labels = {a[n] for _, a in page.tags for n in ("aria-labelledby",) if n in a}
    assert labels <= set(ids)


def test_the_policy_allows_only_the_scripts_that_are_there(made: dict[str, str]) -> None:
    for text in made.values():
        scripts = re.findall(r"<script>(.*?)</script>", text, flags=re.DOTALL)
        hashes = {
            "sha256-" + base64.b64encode(hashlib.sha256(s.encode()).digest()).decode()
            for s in scripts
        }
        (policy,) = (
            m["content"]
            for m in Page(text).named("meta")
            if m.get("http-equiv") == "Content-Security-Policy"
        )
        assert "default-src 'none'" in policy
        assert set(re.findall(r"sha256-[^']+", policy)) == hashes
        assert "script-src 'unsafe-inline'" not in policy


def test_words_of_a_report_are_never_html(made: dict[str, str]) -> None:
    page = Page(made["hostile"])
    words = page.words()
    assert "<script>alert(1)</script>" in words
    assert "<img src=x onerror=alert(2)>" in words
    assert "{{ 7 * 7 }}" in words
    assert "&amp;" in words  # as the report has it, not decoded once more
    assert page.named("img") == []
    assert len(page.named("script")) == len(Page(made["brief"]).named("script"))
    assert not any("alert(" in s for s in page.scripts() if "</script" in s)
    assert not any("javascript:" in a["href"] for a in page.named("a"))
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]", words)


def test_headings_are_in_order_and_there_is_one_first(page: Page) -> None:
    levels = [int(tag[1]) for tag, _ in page.tags if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_it_says_its_language_and_can_be_skipped_through(page: Page) -> None:
    assert page.named("html") == [{"lang": "en"}]
    assert page.named("a")[0]["href"] == "#main"
    assert {"name": "viewport", "content": "width=device-width, initial-scale=1"} in page.named(
        "meta"
    )


def test_without_an_answer_there_are_no_charts_and_no_plotly(made: dict[str, str]) -> None:
    assert len(made["without_answer"]) < 30_000
    words = Page(made["without_answer"]).words()
    assert "There is no answer" in words
    assert "Give a report that says who fights whom" in words


def test_its_own_weight_is_small(made: dict[str, str]) -> None:
    scripts = re.findall(r"<script>(.*?)</script>", made["brief"], flags=re.DOTALL)
    assert len(made["brief"]) - max(map(len, scripts)) < 150_000


def test_every_report_is_there_to_the_letter(whole: Brief, made: dict[str, str]) -> None:
    words = re.sub(r"\s+", "", re.sub(r"\d+", "", Page(made["brief"]).words()))
    for report in whole.record.reports:
        for paragraph in report.text.split("\n"):
            assert re.sub(r"[\d\s]+", "", paragraph) in words


def test_pieces_of_a_report_join_to_its_text_and_know_their_spans() -> None:
    """Spans that overlap, nest, and cross from one paragraph into the next."""
    whole = fictional.brief()
    report = whole.record.reports[0]
    text = report.text

    def span(start: int, end: int) -> Evidence:
        return Evidence(report=report.id, start=start, end=end, quote=text[start:end])

    spans = [span(0, 60), span(10, 20), span(15, 80), span(0, 60)]
    unknowns = tuple(
        replace(whole.record.unknowns[0], id=EntryId(f"U-{n}"), evidence=(e,))
        for n, e in enumerate(spans)
    )
    nothing = {"events": (), "claims": (), "positions": (), "provisions": ()}
    record = replace(whole.record, unknowns=unknowns, **nothing)
    sources = number(record)
    assert len(sources.spans) == 3  # the same place is one source
    paragraphs = passages(report, sources)
    kept = [line for line in text.split("\n") if line]
    assert ["".join(p.text for p in pieces) for pieces in paragraphs] == kept
    for n, e in enumerate(sources.spans, 1):
        pieces = [p for pieces in paragraphs for p in pieces]
        marked = "".join(p.text for p in pieces if n in p.inside)
        assert marked == e.quote.replace("\n", "")
        assert sum(n in p.begins for p in pieces) == 1


def test_charts_plot_only_numbers_of_the_answer(whole: Brief) -> None:
    """Every coordinate is, to the last bit, a number of the answer."""
    answer = whole.answer
    known = {e.mean for d in answer.deals for e in (d.agree, d.survive)}
    known |= {d.robustness for d in answer.deals} | {h.weight for h in answer.hinges}
    curves = [point for d in answer.deals for point in d.survival_curve]
    ends = [e for d in answer.deals for _, e in d.ends]
    ends += [e for _, year in answer.outlook.no_deal for _, e in year]
    known |= {year for year, _ in curves}
    for estimate in [e for _, e in curves] + ends:
        known |= {estimate.mean, estimate.low, estimate.high}
    drawn = [
        value
        for chart in charts(answer)
        for trace in chart.figure["data"]
        for value in [*trace["x"], *trace["y"], *_sizes(trace)]
        if isinstance(value, float)
    ]
    assert len(drawn) > 50
    assert set(drawn) <= known


def _sizes(trace: dict) -> list[float]:
    size = trace.get("marker", {}).get("size")
    return list(size) if isinstance(size, list | tuple) else []


def test_tables_beside_charts_say_what_the_charts_show(whole: Brief) -> None:
    """The numbers of each table are those of the answer, rounded by hand here."""
    answer = whole.answer
    by_name = {chart.name: chart for chart in charts(answer)}
    assert set(by_name) == {"trade-off", "survival", "ends", "hinges"}
    assert [row[1:] for row in by_name["trade-off"].rows] == [
        ("25%", "82%", "34%"),
        ("42%", "77%", "27%"),
        ("22%", "86%", "20%"),
        ("54%", "44%", "7%"),
        ("61%", "23%", "0%"),
    ]
    assert by_name["survival"].rows[0][4] == "82% (67 to 90%)"
    ends = {row[0]: row[1:] for row in by_name["ends"].rows}
    assert ends["No deal, and the front freezes"][3] == "67% (63 to 69%)"
    assert [row[1] for row in by_name["hinges"].rows] == ["41%", "23%"]


def test_every_number_in_a_table_is_in_the_brief(whole: Brief) -> None:
    """Each percentage is some chance of the answer, rounded; none is worked out on the way."""
    chances = {f"{value:.0%}" for value in _numbers(whole.answer)} | {"<1%", ">99%"}
    plain = {c.rstrip("%") for c in chances}
    for chart in charts(whole.answer):
        for row in chart.rows:
            for cell in row[1:]:
                for found in re.findall(r"[<>]?\d+%?", cell):
                    assert found in chances or found in plain, (chart.name, cell)


def _numbers(value: object) -> Iterator[float]:
    if isinstance(value, float):
        yield value
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _numbers(item)
    elif hasattr(value, "__dataclass_fields__"):
        for name in value.__dataclass_fields__:
            yield from _numbers(getattr(value, name))


def test_the_style_sheet_knows_every_colour_of_the_charts(made: dict[str, str]) -> None:
    style = re.search(r"<style>(.*?)</style>", made["brief"], flags=re.DOTALL)[1]
    light, dark = style.split("prefers-color-scheme: dark")[:2]
    for name, value in PALETTE.items():
        assert f"--{name}: {value};" in light
        assert re.search(rf"--{name}: #[0-9a-f]{{6}};", dark)


def test_the_data_of_the_charts_can_hold_no_tag(made: dict[str, str]) -> None:
    for name in ("brief", "hostile"):
        found = re.search(
            r'<script type="application/json" id="charts">(.*?)</script>',
            made[name],
            flags=re.DOTALL,
        )
        data = json.loads(found[1])
        names = {"trade-off", "survival", "ends", "hinges", "attacks", "red-lines"}
        assert set(data["figures"]) == names
        assert "<" not in found[1]


def test_each_figure_of_a_pick_leads_to_the_inputs_it_rests_on(made: dict[str, str]) -> None:
    page = Page(made["brief"])
    links = {a["href"] for a in page.named("a")}
    ids = {a["id"] for _, a in page.tags if "id" in a}
    inputs = {name for name in ids if name.startswith("input-")}
    assert inputs == {f"input-{n}" for n in range(1, 8)}
    assert {f"#{name}" for name in inputs} <= links
    assert {"#level-2-3", "#level-3-2"} <= links  # what deal 1 consists of


def test_showing_on_a_terminal_loads_neither_plotly_nor_jinja() -> None:
    code = (
        "import sys; import foedus.show; "
        "print([m for m in ('plotly', 'jinja2') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_same_brief_gives_the_same_page(made: dict[str, str]) -> None:
    assert html(fictional.without_answer()) == made["without_answer"]


def test_the_matrix_and_the_days_say_what_the_brief_says(whole: Brief) -> None:
    assert whole.answer is not None
    days, matrix = charts_beside(whole.answer, whole.record)
    for row, line in zip(matrix.rows, range(len(whole.answer.case.red_lines)), strict=True):
        for head, cell in zip(matrix.header[1:], row[1:], strict=True):
            deal = whole.answer.deals[int(head.removeprefix("Deal ")) - 1]
            assert (cell == "crossed") == (line in deal.crossed)
    attacks = [e for e in whole.record.events if e.type == "ASSAULT" and e.date]
    assert attacks
    assert sum(int(row[1]) for row in days.rows) == len(attacks)
    assert [row[0] for row in days.rows] == sorted({str(e.date[0]) for e in attacks if e.date})


def test_a_frequency_is_near_its_chance() -> None:
    """No frequency is further off than half the widest gap between two that people use."""
    rest = {"none": 0, "all": 1, "fewer than 1 in 100": 0, "nearly all": 1}
    for thousandth in range(1001):
        chance = thousandth / 1000
        words = frequency(chance)
        found = re.fullmatch(r"about (\d+) in (\d+)", words)
        said = int(found[1]) / int(found[2]) if found else rest[words]
        assert abs(said - chance) <= (0.05 + 1e-9 if found else 0.01)
        assert abs(float(re.sub(r"[<>%]", "", percent(chance))) / 100 - chance) <= 0.01
