"""Every figure of an answer leads back to words, rates, publications, judgements or assumptions."""

from __future__ import annotations

import html as html_lib
import io
import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from rich.console import Console

from fictional_brief import brief as made_up
from foedus import search, show
from foedus.answer import answer
from foedus.answer.figures import figures
from foedus.case import base_rates, load_case
from foedus.case.values import Source
from foedus.errors import FoedusError
from foedus.search.solving import outcomes
from foedus.show.doubts import doubt_parts
from foedus.show.explained import explained, explanation_lines
from foedus.show.sources import number

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from foedus.case.values import Case
    from foedus.search.values import Deal, Futures, Outcomes
    from foedus.show.values import Brief

CLAIMED = "P-ardal-troops"
"""An entry of the made-up record that the case's ``hold`` is made to rest on."""


def play(case: Case, deals: Sequence[Deal], futures: Futures) -> Outcomes:
    return outcomes(case, np.array(deals, dtype=np.int64), futures)


@pytest.fixture(scope="module")
def whole(root: Path) -> Brief:
    """An answer that is really worked out, on a made-up record."""
    case = load_case(root / "cases" / "ardal.yaml")
    free = ("mutual-defence:sund", "territorial-terms")
    source = Source(kind="claim", refs=(CLAIMED,), why="said")
    case = replace(
        case,
        provisions=tuple(
            p if p.id in free else replace(p, excluded={v.name: v.source for v in p.levels[1:]})
            for p in case.provisions
        ),
        parameters=tuple(
            replace(p, source=source) if p.key == "hold" else p for p in case.parameters
        ),
    )
    told = made_up()
    swept = search.sweep(case, search.SweepSettings(futures=64, deals="all", workers=1))
    return replace(told, answer=answer(swept, play=play, record=told.record))


@pytest.fixture(scope="module")
def plain(whole: Brief) -> dict[str, Any]:
    return dict(json.loads(json.dumps(show.as_json(whole))))


def test_every_figure_ends_in_quotes_rates_publications_judgements_or_assumptions(
    whole: Brief, plain: dict[str, Any]
) -> None:
    assert whole.answer is not None
    names = list(figures(whole.answer))
    assert list(plain["figures"]["by_name"]) == names
    texts = {report.id: report.text for report in whole.record.reports}
    citations = {rate.citation for rate in base_rates().values()}
    quoted = 0
    for name in names:
        told = explained(plain, name)
        for one in told["rests_on"]:
            assert one["why"] or one["refs"] or one["quotes"]
            if one["kind"] == "claim":
                assert one["quotes"]
            if one["kind"] == "base-rate":
                assert set(one["refs"]) & citations
            for quote in one["quotes"]:
                quoted += 1
                assert quote["quote"] in texts[quote["report"]]
        assert next(iter(explanation_lines(told))).startswith(name)
    assert quoted
    families = {name.partition(".")[0] for name in names}
    assert {"deal", "outlook", "hinge", "sobol", "knowing", "futures", "without"} <= families


def test_a_figure_has_the_value_that_the_answer_tells(whole: Brief, plain: dict[str, Any]) -> None:
    assert whole.answer is not None
    first = whole.answer.deals[0]
    told = {name: explained(plain, name)["value"] for name in ("deal.1.agree", "deal.1.robustness")}
    assert told == {"deal.1.agree": first.agree.mean, "deal.1.robustness": first.robustness}


def test_what_only_a_guarantor_brings_rests_on_nothing_in_a_deal_without_one(
    whole: Brief, plain: dict[str, Any]
) -> None:
    assert whole.answer is not None
    bare = whole.answer.bare
    assert bare is not None
    told = explained(plain, f"deal.{bare + 1}.direct_any")
    assert told["rests_on"] == []
    assert any("nothing" in line for line in explanation_lines(told))


def test_a_misspelt_figure_is_answered_with_names_like_it(plain: dict[str, Any]) -> None:
    with pytest.raises(FoedusError, match=r"deal\.1\.robustness"):
        explained(plain, "deal.1.robustnes")


def test_without_the_only_report_that_says_it_a_parameter_falls_back(whole: Brief) -> None:
    assert whole.answer is not None
    assert whole.answer.uncertainty is not None
    (one,) = whole.answer.uncertainty.dropped or ()
    position = next(p for p in whole.record.positions if p.id == CLAIMED)
    assert one.report == position.evidence[0].report
    assert one.entries == (CLAIMED,)
    assert one.parameters == ("hold",)
    assert (one.reopened, one.red_lines) == ((), ())
    assert one.collisions == one.collisions_before


def test_terminal_and_page_say_the_same_of_what_is_uncertain(whole: Brief) -> None:
    """Each sentence and each cell stands in both; lines fit in 80 columns."""
    assert whole.answer is not None
    parts = doubt_parts(whole.answer, number(whole.record))
    titles = [part.title for part in parts]
    assert titles[-1] == "If a report were not there, or wrong"
    assert len(titles) == 4
    console = Console(width=80, file=io.StringIO(), color_system=None)
    show.terminal(whole, console)
    printed = console.file.getvalue()  # type: ignore[attr-defined]
    assert max(map(len, printed.splitlines())) <= 80
    page = html_lib.unescape(show.html(whole))
    seen = " ".join(printed.split())
    for part in parts:
        for line in part.lines[:12]:
            assert line in page
            assert line in seen
        for row in part.rows:
            assert row[0] in page
            assert row[-1] in page
            assert row[-1] in seen
    for line in (line for part in parts for line in part.lines if line.endswith(").")):
        name = line.rsplit("(", 1)[1].removesuffix(").")
        assert name in figures(whole.answer)
