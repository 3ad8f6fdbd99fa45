"""What going on is worth in many futures at once, against the readable game one at a time."""

from __future__ import annotations

from dataclasses import astuple, replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from foedus.case import load_case
from foedus.errors import GameError, SearchError
from foedus.game.war import ends_without_deal as ends_of_one
from foedus.game.war import war
from foedus.search.futures import draw
from foedus.search.going_on import ends_without_deal, going_on
from foedus.search.inputs import columns, each_future

if TYPE_CHECKING:
    from pathlib import Path

    from foedus.case.values import Case


@pytest.fixture(scope="module")
def case(root: Path) -> Case:
    return load_case(root / "cases" / "ardal.yaml")


def test_every_future_is_worth_what_the_game_says_of_it(case: Case) -> None:
    futures = draw(case, 256, 3)
    found = going_on(columns(case, futures))
    each = [war(future) for future in each_future(case, futures)]
    for name in ("value_c", "value_p", "per_stake"):
        told = getattr(found, name)
        assert told == pytest.approx([getattr(w, name) for w in each], rel=1e-13, abs=1e-14)
    for k, name in enumerate(case.guarantors):
        support = found.flow * futures.values[:, futures.keys.index(f"war_support[{name}]")]
        assert support == pytest.approx([w.support[k] for w in each], rel=1e-14)


def test_every_future_ends_without_a_deal_as_the_game_says(case: Case) -> None:
    futures = draw(case, 64, 5)
    none = futures.values[:1].copy()
    for name in ("war_win_c", "war_win_p", "war_freeze"):
        none[0, futures.keys.index(name)] = 0.0
    futures = replace(futures, values=np.concatenate([futures.values, none]))
    found = ends_without_deal(columns(case, futures), [4, 40])
    each = [
        [astuple(ends_of_one(future, t)) for t in (4, 40)] for future in each_future(case, futures)
    ]
    assert found == pytest.approx(np.array(each), abs=1e-15)
    assert found.sum(axis=2) == pytest.approx(1.0, abs=1e-12)


def test_the_first_future_that_cannot_be_is_refused_as_the_game_refuses_it(case: Case) -> None:
    futures = draw(case, 8, 1)
    for key, value in (("hold", 1.2), ("delta", 1.0), ("shock_scale", 0.0), ("war_freeze", 0.999)):
        wrong = futures.values.copy()
        wrong[5, futures.keys.index(key)] = value
        with pytest.raises(GameError, match=key):
            columns(case, replace(futures, values=wrong))


def test_a_parameter_that_is_missing_is_named(case: Case) -> None:
    futures = draw(case, 8, 1)
    fewer = replace(futures, keys=futures.keys[:-1], values=futures.values[:, :-1])
    with pytest.raises(SearchError) as caught:
        columns(case, fewer)
    assert futures.keys[-1] in str(caught.value)
