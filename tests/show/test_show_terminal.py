"""A brief on a terminal: narrow, colourless, honest about what it leaves out, hard to fool."""

import io
import re
from dataclasses import replace
from pathlib import Path

import pytest
from rich.cells import cell_len
from rich.console import Console

import fictional_brief as fictional
from foedus.show import terminal
from foedus.show.values import Brief

GOLDEN = Path(__file__).parents[1] / "golden"


def shown(brief: Brief, *, width: int = 80, encoding: str = "utf-8", colour: bool = False) -> str:
    buffer = io.BytesIO()
    stream = io.TextIOWrapper(buffer, encoding=encoding, newline="\n")
    system = "truecolor" if colour else None
    terminal(
        brief, Console(file=stream, width=width, color_system=system, force_terminal=colour or None)
    )
    stream.flush()
    return buffer.getvalue().decode(encoding)


def flat(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("name", ["brief", "without_answer"])
def test_a_brief_looks_as_it_did_when_a_person_last_read_it(name: str) -> None:
    text = shown(getattr(fictional, name)())
    lines = "\n".join(line.rstrip() for line in text.splitlines()) + "\n"
    assert lines == (GOLDEN / f"show_{name}.txt").read_text(encoding="utf-8"), (
        "run tests/show/remake_golden.py and look at the difference"
    )


@pytest.mark.parametrize("width", [40, 80, 200])
@pytest.mark.parametrize("name", ["brief", "without_answer", "hostile"])
def test_no_line_is_wider_than_the_terminal(name: str, width: int) -> None:
    lines = shown(getattr(fictional, name)(), width=width).splitlines()
    assert max(map(cell_len, lines)) <= width


def test_without_colour_nothing_steers_the_terminal(hostile: Brief) -> None:
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", shown(hostile))


def test_with_colour_the_words_are_the_same(whole: Brief) -> None:
    coloured = shown(whole, colour=True)
    assert "\x1b[" in coloured
    assert flat(re.sub(r"\x1b\[[0-9;]*m", "", coloured)) == flat(shown(whole))


def test_markup_in_a_report_is_shown_to_the_letter(hostile: Brief) -> None:
    text = flat(shown(hostile, width=100))
    assert "[bold red]markup[/bold red] [/]" in text
    assert "<script>alert(1)</script>" in text


def test_the_answer_comes_before_what_it_rests_on(whole: Brief) -> None:
    text = shown(whole)
    headings = [
        "In short",
        "What happened",
        "Who met",
        "Who claims",
        "Where each side",
        "Which gua",
    ]
    headings += [
        "What is not",
        "The deals that",
        "Where it is heading",
        "hinges on ---",
        "What every",
    ]
    places = [text.index(heading) for heading in headings]
    assert places == sorted(places)


def test_the_five_lines_say_the_values_of_the_answer(whole: Brief) -> None:
    short = flat(shown(whole).split("What happened")[0])
    assert "No possible deal satisfies everyone's red lines: on territorial terms" in short
    assert "All criteria are met in about 1 in 3 futures (34%)" in short  # 0.34375
    assert "it crosses a red line of Ardal" in short
    assert "holds ten years with a chance of about 5 in 6 (82%)" in short  # 0.8234712
    assert "the hardest to win over is Ardal (32%)" in short  # 0.31711
    assert "the front freezes, about 2 in 3 (67%)" in short  # 0.6688
    assert "explains 41%" in short  # 0.41237


def test_no_figure_has_more_digits_than_anyone_needs(whole: Brief) -> None:
    text = shown(whole).split("How it was worked out")[0]
    assert not re.search(r"\d\.\d{5,}", text)


def test_agreed_never_stands_among_discussed(whole: Brief) -> None:
    table = shown(whole).split("on the table")[1].split("What is not disclosed")[0]
    agreed = table.split("Agreed (1)")[1].split("Discussed, not agreed (1)")[0]
    discussed = table.split("Discussed, not agreed (1)")[1].split("Proposed, not agreed")[0]
    assert "security framework" in agreed
    assert "multinational force" not in agreed
    assert "multinational force" in discussed


def test_numbers_that_disagree_stand_side_by_side(whole: Brief) -> None:
    text = flat(shown(whole))
    assert "at least 9 people killed, according to mayor of Lissmar" in text
    assert "11 people killed, according to Teodor Vask" in text
    assert "disputed: the number killed" in text


def test_each_number_of_a_source_leads_to_its_words(whole: Brief) -> None:
    body, sources = shown(whole).split("Sources ---")
    cited = set(re.findall(r"\[(\d+)\]", body))
    listed = set(re.findall(r"^ +\[(\d+)\]", sources, flags=re.MULTILINE))
    assert cited
    assert cited <= listed


def test_assumptions_come_first(whole: Brief) -> None:
    text = shown(whole).split("What every figure rests on")[1].split("Red lines (")[0]
    kinds = re.findall(r"^ +(assumption|a person's|published base|said in)", text, re.MULTILINE)
    assert kinds == ["assumption"] * 3 + ["a person's"] + ["published base"] * 2 + ["said in"]


def test_what_is_cut_short_says_by_how_much(whole: Brief) -> None:
    event = whole.record.events[0]
    many = tuple(replace(event, id=f"E-{n}") for n in range(25))
    brief = replace(whole, record=replace(whole.record, events=many))
    assert "What happened (25)" in shown(brief)
    assert "and 15 more (--html shows all)" in shown(brief)


def test_without_an_answer_it_says_why_and_what_to_do(unanswered: Brief) -> None:
    text = flat(shown(unanswered))
    assert "There is no answer" in text
    assert "it must name who attacks and who is attacked" in text
    assert "Give a report that says who fights whom" in text
    assert "The deals that do best" not in text


def test_inputs_that_failed_are_listed_with_what_to_do(whole: Brief) -> None:
    text = flat(shown(whole))
    assert "What could not be used (1)" in text
    assert "https://courier.example/gone" in text
    assert "Save the page and give the file." in text


def test_characters_that_the_terminal_lacks_are_replaced(whole: Brief) -> None:
    event = replace(whole.record.events[0], place="Łódź 東京")
    brief = replace(whole, record=replace(whole.record, events=(event,)))
    assert "?" in shown(brief, encoding="ascii")


def test_a_chance_that_is_not_known_is_no_number(whole: Brief) -> None:
    assert whole.answer is not None
    deal = whole.answer.deals[0]
    nan = replace(deal.survive, mean=float("nan"))
    deals = (replace(deal, survive=nan), *whole.answer.deals[1:])
    text = shown(replace(whole, answer=replace(whole.answer, deals=deals)))
    assert "not known" in text
    assert "nan" not in text
