"""The library: every level has a source, every name is one that the reader and the game know."""

from __future__ import annotations

import math

import pytest

from foedus.case import base_rates, usual_parameters
from foedus.case.shelf import instruments, usual_values
from foedus.case.terms import _AT_ISSUE, _NAMED_AS, CORE
from foedus.case.values import GUARANTOR_EFFECTS, SCALAR_EFFECTS
from foedus.reading.values import ISSUES, PROVISIONS

IMPLIED = {
    # parts of a deal that say nothing about who would fight whom, or are the deal itself
    "security-framework", "deterrence", "ceasefire", "withdrawal", "prisoner-exchange",
    "humanitarian-corridor", "hostage-release",
}  # fmt: skip


BEYOND = {
    # what the reader has no name for; an analyst can still put it into a case
    "offshore-basing", "pact-conditions", "frozen-assets", "recognition", "elections", "transit",
}  # fmt: skip


def test_every_provision_that_the_reader_knows_is_an_instrument_or_known_to_be_none() -> None:
    assert (set(instruments()) - BEYOND) | IMPLIED == set(PROVISIONS)
    assert set(instruments()) & IMPLIED == set()
    assert set(instruments()) >= BEYOND


def test_the_tables_of_a_draft_use_the_reader_s_names() -> None:
    assert set(_AT_ISSUE) <= set(ISSUES)
    assert set(_NAMED_AS) <= set(PROVISIONS)
    assert {*_AT_ISSUE.values(), *_NAMED_AS.values(), *CORE} <= set(instruments())


@pytest.mark.parametrize("name", list(instruments()))
def test_an_instrument_starts_from_nothing_and_rises_in_two_or_three_levels(name: str) -> None:
    first, *others = instruments()[name].levels
    assert first.effects == {}
    assert 2 <= len(others) <= 3
    for level in others:
        assert level.effects
        assert set(level.effects) <= {*SCALAR_EFFECTS, *GUARANTOR_EFFECTS}
        assert all(math.isfinite(size) for size in level.effects.values())
    sizes = [tuple(sorted(level.effects.items())) for level in others]
    assert len(set(sizes)) == len(sizes)


@pytest.mark.parametrize("name", list(instruments()))
def test_every_level_says_where_it_comes_from(name: str) -> None:
    for level in instruments()[name].levels:
        assert level.title
        assert level.source.why.endswith(".")
        assert level.source.kind in ("judgement", "assumption")
        if level.source.kind == "judgement":
            assert level.source.refs, "a judgement names the example or the finding it leans on"


@pytest.mark.parametrize("name", list(instruments()))
def test_a_level_that_does_something_has_an_example_in_the_world(name: str) -> None:
    first, *others = instruments()[name].levels
    assert first.example is None
    assert all(level.example for level in others)
    assert instruments()[name].typical in {first.name, *(level.name for level in others)}


def test_what_costs_most_to_break_is_never_the_weaker_promise() -> None:
    """Fearon 1997: what ties hands is what is dear to break, so levels rise in it."""
    for name in ("mutual-defence", "multinational-force", "rapid-response", "consultation"):
        breaking = [level.effects.get("renege", 0) for level in instruments()[name].levels]
        assert breaking == sorted(breaking)


def test_the_library_puts_no_words_into_anybody_s_mouth() -> None:
    """No title, reason or reference has quoted speech in it."""
    texts = [rate.caveat for rate in base_rates().values()]
    for instrument in instruments().values():
        for level in instrument.levels:
            texts += [instrument.title, level.title, level.source.why, *level.source.refs]
    for text in texts:
        assert not set('"“”«»') & set(text), text


def test_every_parameter_has_a_usual_range_and_its_source() -> None:
    for parameter in usual_parameters(("Norrland", "Sund"), ["pact"]):
        assert parameter.source.why.endswith(".")
        assert (parameter.distribution, parameter.source) == usual_values()[parameter.name]
        if parameter.source.kind == "base-rate":
            assert set(parameter.source.refs) <= set(base_rates())


def test_every_reference_that_looks_like_an_id_is_a_base_rate() -> None:
    """An id has no blank; a citation has."""
    sources = [source for _, source in usual_values().values()]
    sources += [level.source for one in instruments().values() for level in one.levels]
    ids = {ref for source in sources for ref in source.refs if " " not in ref}
    assert ids <= set(base_rates())


@pytest.mark.parametrize("name", list(base_rates()))
def test_a_counted_rate_has_the_share_and_the_interval_of_its_count(name: str) -> None:
    """Wilson's interval is where (p - k/n)² = z² p (1 - p) / n: put its ends back into that."""
    rate = base_rates()[name]
    assert rate.citation
    assert rate.caveat.endswith(".")
    assert rate.interval is None or 0 <= rate.interval[0] < rate.share <= rate.interval[1] <= 1
    if rate.k is None or rate.n is None or rate.interval is None:
        assert (rate.k, rate.n, rate.interval) == (None, None, None)
        assert 0 < rate.share < 1
        return
    assert rate.share == pytest.approx(rate.k / rate.n, abs=6e-4)
    for end in rate.interval:
        off = (end - rate.k / rate.n) ** 2 - 1.959964**2 * end * (1 - end) / rate.n
        assert off == pytest.approx(0, abs=2e-3 / math.sqrt(rate.n))


def test_codings_that_disagree_name_each_other() -> None:
    rates = base_rates()
    for rate in rates.values():
        assert rate.id not in rate.differs
        for other in rate.differs:
            assert other in rates


def test_the_published_rates_of_honour_stand_there_with_what_they_disagree_on() -> None:
    """74.5 % (Leeds et al. 2000); 66, 50, 22 and 41 % (Berkemeier and Fuhrmann 2018)."""
    published = {r.share for r in base_rates().values() if r.k is None}
    assert published == {0.745, 0.66, 0.5, 0.22, 0.41}
    assert all(len(r.differs) == 4 for r in base_rates().values() if r.k is None)


def test_a_rate_bears_on_parameters_that_there_are() -> None:
    for rate in base_rates().values():
        assert set(rate.bears_on) <= set(usual_values())
        if rate.beside is not None:
            known = {"bare", "typical", "none", *instruments()}
            assert rate.beside.deals
            assert set(rate.beside.deals) <= known


def test_the_usual_hazards_end_long_wars_about_as_often_as_they_have_ended() -> None:
    """The middle of the ranges lies in the interval of 5 ends among 14 long wars in two years."""
    names = ("war_win_c", "war_win_p", "war_freeze")
    middle = sum(sum((usual_values()[n][0].low, usual_values()[n][0].high)) / 2 for n in names)
    low, high = base_rates()["war-ends-within-2y-after-2y"].interval or (1, 0)
    assert low < 1 - (1 - middle) ** 8 < high
