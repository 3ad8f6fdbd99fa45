"""Distributions in a case file: each kind goes and comes back; what cannot be is said in words."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.case import check, from_yaml, load_case, to_yaml
from foedus.case.distributions import FORMS
from foedus.case.values import SHAPES, Distribution
from foedus.errors import CaseError

if TYPE_CHECKING:
    from pathlib import Path

    from foedus.case.values import Case

finite = st.floats(-1e6, 1e6)
positive = st.floats(1e-6, 1e6)


@st.composite
def distributions(draw: st.DrawFn) -> Distribution:
    """Draw any distribution that can be."""
    kind = draw(st.sampled_from(sorted(SHAPES)))
    numbers = positive if kind in ("loguniform", "lognormal") else finite
    low, middle, high = sorted(draw(st.tuples(numbers, numbers, numbers)))
    if kind == "quantiles":
        chances = sorted(draw(st.sets(st.floats(0.001, 0.999), max_size=5)))
        values = sorted(draw(st.tuples(*[st.floats(low, high)] * len(chances))))
        pairs = ((0.0, low), *zip(chances, values, strict=True), (1.0, high))
        return Distribution(kind=kind, low=low, high=high, quantiles=pairs)
    shape = {
        "triangular": (middle,),
        "pert": (middle,),
        "beta": (draw(positive), draw(positive)),
        "normal": (middle, draw(positive)),
        "lognormal": (math.log(middle) if middle > 0 else 0.0, draw(positive)),
    }.get(kind, ())
    return Distribution(kind=kind, low=low, high=high, shape=shape)


def holding(case: Case, values: Distribution, name: str = "shock_mean") -> Case:
    """Return the case with another distribution of one parameter."""
    return replace(
        case,
        parameters=tuple(
            replace(p, distribution=values) if p.name == name else p for p in case.parameters
        ),
    )


@pytest.fixture(scope="module")
def bare(root: Path) -> Case:
    """Return a case that is quickly read: no guarantor, one provision."""
    whole = load_case(root / "cases" / "ardal.yaml")
    (terms,) = [p for p in whole.provisions if p.id == "territorial-terms"]
    return replace(
        whole,
        guarantors=(),
        provisions=(terms,),
        red_lines=(),
        parameters=tuple(p for p in whole.parameters if p.of in (None, terms.id)),
    )


@given(values=distributions())
def test_every_kind_comes_back_from_yaml_as_it_went(bare: Case, values: Distribution) -> None:
    case = holding(bare, values)
    again = from_yaml(to_yaml(check(case, "drawn")), "drawn")
    assert again == case


WRITTEN = [
    ("{triangular: [0, 0.05, 0.12]}", Distribution(
        kind="triangular", low=0.0, high=0.12, shape=(0.05,))),
    ("{pert: [0, 0.05, 0.12]}", Distribution(kind="pert", low=0.0, high=0.12, shape=(0.05,))),
    ("{beta: [2, 5]}", Distribution(kind="beta", low=0.0, high=1.0, shape=(2.0, 5.0))),
    ("{beta: [2, 5], within: [0.1, 0.3]}", Distribution(
        kind="beta", low=0.1, high=0.3, shape=(2.0, 5.0))),
    ("{normal: [0.1, 0.05], within: [0, 1]}", Distribution(
        kind="normal", low=0.0, high=1.0, shape=(0.1, 0.05))),
    ("{within: [0.01, 1], lognormal: [-2, 0.5]}", Distribution(
        kind="lognormal", low=0.01, high=1.0, shape=(-2.0, 0.5))),
    ("{quantiles: [[0, -1], [0.5, 0.1], [1, 2]]}", Distribution(
        kind="quantiles", low=-1.0, high=2.0, quantiles=((0.0, -1.0), (0.5, 0.1), (1.0, 2.0)))),
]  # fmt: skip
RANGE = "{uniform: [0, 0.12]}"
"""What the case has for ``shock_mean``, which may be any number."""


@pytest.mark.parametrize(("text", "values"), WRITTEN, ids=[text for text, _ in WRITTEN])
def test_a_distribution_is_read_as_it_is_written(
    bare: Case, text: str, values: Distribution
) -> None:
    whole = to_yaml(bare)
    assert whole.count(RANGE) == 1
    read = from_yaml(whole.replace(RANGE, text), "ardal.yaml")
    assert next(p.distribution for p in read.parameters if p.name == "shock_mean") == values


SLIPS = [
    ("{gamma: [1, 2]}", "shock_mean.value is gamma; it must be one number, {uniform"),
    ("{uniform: [0, 1], within: [0, 1]}", "value is uniform with within"),
    ("{normal: [0.1, 0.05]}", "is normal without ends; it must have within: [low, high]"),
    ("{normal: [0.1], within: [0, 1]}", "value.normal is a list of 1; it must be [mean, dev"),
    ("{normal: [0.1, 0.05], within: [0]}", "value.within is a list of 1; it must be [low, high]"),
    ("{pert: [0, 1]}", "value.pert is a list of 2; it must be [low, likeliest, high]"),
    ("{quantiles: []}", "shock_mean.value is nan"),
    ("{quantiles: [[0, 1], [0.5]]}", "value.quantiles is a list of 1; it must be [chance, value]"),
    ("{quantiles: 3}", "value.quantiles is 3; it must be a list"),
]


@pytest.mark.parametrize(("text", "said"), SLIPS, ids=[text for text, _ in SLIPS])
def test_a_slip_in_a_distribution_is_said_in_words(bare: Case, text: str, said: str) -> None:
    whole = to_yaml(bare).replace(RANGE, text)
    line = 1 + next(n for n, row in enumerate(whole.splitlines()) if text in row)
    with pytest.raises(CaseError, match=rf"ardal\.yaml: line {line}") as caught:
        from_yaml(whole, "ardal.yaml")
    assert said in str(caught.value)


def made(kind: str, *shape: float, low: float = 0.1, high: float = 0.9) -> Distribution:
    return Distribution(kind=kind, low=low, high=high, shape=shape)


def quantiles(*pairs: tuple[float, float], low: float = 0.1, high: float = 0.9) -> Distribution:
    return Distribution(kind="quantiles", low=low, high=high, quantiles=pairs)


IMPOSSIBLE = [
    (made("gamma"), "gamma", "be one number or one of uniform"),
    (made("triangular", 0.95), "0.95, likeliest", "lie within 0.1 to 0.9"),
    (made("pert", 0.05), "0.05, likeliest", "lie within 0.1 to 0.9"),
    (made("pert"), "pert with 0 numbers besides its ends", "have 1: likeliest"),
    (made("uniform", 0.5), "uniform with 1 numbers besides its ends", "have 0: none"),
    (made("beta", 0.0, 2.0), "beta with 0 and 2", "have both above 0"),
    (made("beta", 1.0, math.inf), "0.1 to 0.9", "be finite"),
    (made("normal", 0.5, 0.0), "0, standard deviation", "be above 0"),
    (made("normal", 1.5, 1.0), "1.5, mean", "lie within 0.1 to 0.9"),
    (made("lognormal", 0.5, 1.0, low=0.0), "0 to 0.9", "start above 0 to be lognormal"),
    (made("lognormal", 0.5, 1.0), "0.5, mean of the logarithm", "lie within -2.30259 to -0.10"),
    (quantiles(), "quantiles at nothing", "begin with chance 0 and end with chance 1"),
    (quantiles((0, 0.1), (0.5, 0.9)), "quantiles at 0, 0.5", "begin with chance 0 and end"),
    (quantiles((0, 0.1), (0.5, 0.2), (0.5, 0.3), (1, 0.9)), "0, 0.5, 0.5, 1", "above the one bef"),
    (quantiles((0, 0.1), (0.5, 0.4), (0.6, 0.3), (1, 0.9)), "0.1, 0.4, 0.3", "no value below"),
    (quantiles((0, 0.2), (1, 0.9)), "quantiles of 0.2, 0.9", "run from 0.1 to 0.9"),
    (quantiles((0, 0.1), (0.5, math.nan), (1, 0.9)), "0.1 to 0.9", "be finite"),
]  # fmt: skip


@pytest.mark.parametrize(("values", "found", "must"), IMPOSSIBLE)
def test_a_distribution_that_cannot_be_is_refused(
    bare: Case, values: Distribution, found: str, must: str
) -> None:
    with pytest.raises(CaseError, match="shock_mean") as caught:
        check(holding(bare, values), "ardal.yaml")
    told = str(caught.value)
    assert found in told
    assert must in told


def test_a_chance_stays_a_chance_whatever_its_distribution(bare: Case) -> None:
    for values in (made("normal", 0.5, 0.3, high=1.2), quantiles((0, 0.1), (1, 1.2), high=1.2)):
        with pytest.raises(
            CaseError, match=r"hold\.value is 0\.1 to 1\.2; it must lie between 0 and 1"
        ):
            check(holding(bare, values, "hold"), "ardal.yaml")


def test_the_page_on_case_files_names_every_kind(root: Path) -> None:
    page = (root / "docs" / "look-up" / "case-file.md").read_text("utf-8")
    assert [kind for kind in SHAPES if f"`{{{kind}: " not in page] == []
    assert [kind for kind in SHAPES if f"{{{kind}: " not in FORMS] == []
