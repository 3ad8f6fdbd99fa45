"""What the tests of the game share: a future to change."""

from __future__ import annotations

from dataclasses import replace

import pytest

from foedus.game import Future


@pytest.fixture(scope="session")
def future() -> Future:
    """One guarantor, one provision, and a war that neither side is about to win."""
    return Future(
        period_years=0.25,
        horizon_years=10,
        delta=0.98,
        x0=0.2,
        crisis=0.2,
        hold=0.5,
        fight_c=0.3,
        fight_p=0.3,
        shock_mean=0.05,
        shock_scale=0.08,
        war_win_c=0.01,
        war_win_p=0.005,
        war_freeze=0.04,
        war_cost_c=1.0,
        war_cost_p=0.7,
        fight_g=(0.3,),
        war_support=(0.1,),
        stake_mean=(0.8,),
        stake_scale=(0.2,),
        effect=(1.0,),
    )


@pytest.fixture(scope="session")
def alone(future: Future) -> Future:
    """The same without a guarantor."""
    return replace(future, fight_g=(), war_support=(), stake_mean=(), stake_scale=())
