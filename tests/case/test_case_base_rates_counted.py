"""The counted base rates are counted again, from the rows, where the rows are here.

The rows are public research data and not ours to ship, so these tests are skipped without them.
The counting here is written from what each rate says in words, not from how it was first counted.
"""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from foedus.case import base_rates

if TYPE_CHECKING:
    from collections.abc import Iterable

HISTORY = Path(__file__).parents[3] / "shared" / "data" / "history"
Rows = list[dict[str, str]]


def rows(name: str) -> Rows:
    path = HISTORY / name
    if not path.exists():
        pytest.skip(f"the rows are not here: no {path}")
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def lasted(spells: Iterable[tuple[float, int]], years: float) -> tuple[int, int]:
    """Return how many spells lasted so long, of those that ended or were followed so long."""
    known = [(t, ended) for t, ended in spells if ended or t >= years]
    return sum(t >= years for t, _ in known), len(known)


def counted(rate: str) -> tuple[int | None, int | None]:
    return base_rates()[rate].k, base_rates()[rate].n


KINDS = {
    "agreement": "peace agreement",
    "ceasefire": "ceasefire agreement",
    "fade-out": "low activity",
}


@pytest.mark.parametrize("years", [2, 5, 10])
@pytest.mark.parametrize("kind", list(KINDS))
def test_recurrence_after_ended_conflicts(kind: str, years: int) -> None:
    spells = [
        (float(row["T"]), int(row["ev"]))
        for row in rows("t2_ucdp_dyad_peace_spells_dev.csv")
        if row["grp"] == KINDS[kind]
    ]
    assert lasted(spells, years) == counted(f"no-recurrence-{years}y-after-{kind}")


@pytest.mark.parametrize("years", [1, 2, 5, 10])
def test_peace_after_inter_state_wars(years: int) -> None:
    since_1946 = [r for r in rows("t2_interstate_peace_spells_dev.csv") if r["end"] >= "1946"]
    spells = [(float(r["Tm"]), int(r["em"])) for r in since_1946]
    assert lasted(spells, years) == counted(f"no-fatal-dispute-{years}y-after-war")
    near = [r for r in since_1946 if r["contig"] == "True"]
    spells = [(float(r["Tm"]), int(r["em"])) for r in near]
    assert lasted(spells, years) == counted(f"no-fatal-dispute-{years}y-between-neighbours")
    wars = lasted([(float(r["Tw"]), int(r["ew"])) for r in since_1946], years)
    caveat = base_rates()[f"no-fatal-dispute-{years}y-after-war"].caveat
    assert f"{wars[0]} of {wars[1]}" in caveat
    most = max(Counter(r["warnum"] for r in since_1946).values())
    assert f"Of the 33 pairs {most} are of one war" in caveat
    spells = [(float(r["Tw"]), int(r["ew"])) for r in near]
    rate = f"no-new-war-{years}y-between-neighbours"
    assert lasted(spells, years) == counted(rate)
    assert f"of {len({r['warnum'] for r in near})} wars" in base_rates()[rate].caveat


@pytest.mark.parametrize("years", [1, 2, 5])
@pytest.mark.parametrize(("kept", "name"), [("0.0", "without"), ("1.0", "with")])
def test_truces_in_civil_wars(kept: str, name: str, years: int) -> None:
    truces: dict[str, Rows] = {}
    for row in rows("t2_fortna_civil_ceasefires_dev.csv"):
        truces.setdefault(row["id"], []).append(row)
    spells = []
    for parts in truces.values():
        first, last = parts[0], max(parts, key=lambda part: float(part["_t"]))
        if first["victory"] == "0" and first["pk_dumC"] == kept and first["cfdate"] >= "1988":
            spells.append((float(last["_t"]) / 365.25, int(last["_d"])))
    assert lasted(spells, years) == counted(f"truce-holds-{years}y-{name}-peacekeepers")


@pytest.mark.parametrize(
    ("column", "value", "rate"),
    [
        ("pko", "1", "agreement-holds-5y-peacekeepers-promised"),
        ("pko", "0", "agreement-holds-5y-peacekeepers-not-promised"),
        ("co_impl", "1", "agreement-holds-5y-joint-commission"),
        ("co_impl", "0", "agreement-holds-5y-no-joint-commission"),
    ],
)
def test_peace_agreements(column: str, value: str, rate: str) -> None:
    spells = [
        (float(row["T"]), int(row["ev"]))
        for row in rows("t2_ucdp_peace_agreements_dev.csv")
        if row[column] == value
    ]
    assert lasted(spells, 5) == counted(rate)


@pytest.mark.parametrize(
    ("rate", "keys"),
    [
        ("defence-pacts-honoured-counted", "B1_honour_rate_BF2018 defense"),
        ("defence-pacts-honoured-before-1945-counted", "B1_honour_rate_BF2018 pre1945_defense"),
        ("defence-pacts-honoured-since-1945-counted", "B1_honour_rate_BF2018 post1945_defense"),
        ("multilateral-pacts-honoured-counted", "B1_honour_rate_BF2018 multilateral"),
        ("bilateral-pacts-honoured-counted", "B1_honour_rate_BF2018 bilateral"),
        ("consultation-pacts-honoured-counted", "B1_honour_rate_BF2018 consul"),
        ("neutrality-honoured-counted", "B1_honour_rate_BF2018 neutral"),
        ("non-aggression-honoured-counted", "B1_honour_rate_BF2018 nonagg"),
        (
            "major-power-ally-fights-counted",
            "B3_defence_ally_fights_alongside_attacked_partner_COW major_ally",
        ),
        (
            "ally-fights-since-1945-counted",
            "B3_defence_ally_fights_alongside_attacked_partner_COW post1945",
        ),
        ("some-ally-fights-counted", "B3_target_with_pact_got_at_least_one_ally"),
        (
            "war-ends-within-2y-after-2y",
            "C2_P_war_ends_within_h_months_given_lasted 1816-2007 lasted_24m 24m",
        ),
        (
            "war-ends-within-2y-after-3y",
            "C2_P_war_ends_within_h_months_given_lasted 1816-2007 lasted_36m 24m",
        ),
        ("war-goes-on-after-3-years", "C7_next_year_given_consecutive_war_years 3 war"),
        ("victories-in-long-conflicts", "C8_outcome_mix_given_reached_year 3 victory"),
        (
            "war-per-dispute-major-ally",
            "A2_given_MID_target_attacked 1945-2010 pact_major with war",
        ),
        (
            "war-per-dispute-no-major-ally",
            "A2_given_MID_target_attacked 1945-2010 pact_major without war",
        ),
        (
            "war-per-crisis-great-power-ally",
            "A3_icb_actor_post1945 formal~great-power~ally full_scale_war",
        ),
        ("war-per-crisis-no-great-power-ally", "A3_icb_actor_post1945 non-aligned full_scale_war"),
    ],
)
def test_rates_counted_in_rows_that_are_not_here_agree_with_their_count(
    rate: str, keys: str
) -> None:
    path = HISTORY / "base_rates_dev.json"
    if not path.exists():
        pytest.skip(f"the counts are not here: no {path}")
    found: Any = json.loads(path.read_text(encoding="utf-8"))
    for key in keys.split():
        found = found[key.replace("~", " ")]
    assert (found["k"], found["n"]) == counted(rate)


def test_the_remaining_counts_are_sums_of_counts_that_are_there() -> None:
    """Wars without a victor, and sanctions: parts of a whole that was counted by its parts."""
    path = HISTORY / "base_rates_dev.json"
    if not path.exists():
        pytest.skip(f"the counts are not here: no {path}")
    found = json.loads(path.read_text(encoding="utf-8"))
    wars = found["C1_cow_interstate_war_outcome"]["1945-2007"]
    undecided = sum(wars[how]["k"] for how in ("stalemate", "compromise", "transformed"))
    assert (undecided, wars["n"]) == counted("wars-undecided-since-1945")
    long_wars = found["C2_P_war_ends_within_h_months_given_lasted"]["1816-2007"]["lasted_24m"]
    ends = long_wars["outcomes_if_ended_eventually"]
    left = {how: k for how, k in ends.items() if how != "decisive victory"}
    assert (sum(left.values()), sum(ends.values())) == counted("long-wars-undecided")
    ties = found["H1_ties_final_outcome"]
    imposed = {how: part["k"] for how, part in ties.items() if how.endswith("after imposition")}
    heeded = sum(k for how, k in imposed.items() if "acquiescence" in how)
    assert (heeded, sum(imposed.values())) == counted("sanctions-heeded-when-imposed")


def test_how_many_pacts_are_of_one_war_is_said() -> None:
    """The years in the names of wars tell those before 1945; the world wars have none."""
    pacts = [
        row["warname"]
        for row in rows("t3_alliance_reliability_dev.csv")
        if row["defense"] == "1" and (row["honorBF"] or row["violateBF"])
    ]
    world_wars = sum(name.startswith("WorldWar") for name in pacts)
    years = {name: [int(y) for y in re.findall(r"\d{4}", name)] for name in pacts}
    since = [name for name in pacts if years[name] and min(years[name]) >= 1945]
    rates = base_rates()
    assert f"Of the {len(pacts)} pacts {world_wars} are of the two world wars" in (
        rates["defence-pacts-honoured-counted"].caveat
    )
    before = len(pacts) - len(since)
    assert f"Of the {before} pacts {world_wars} are of the two world wars" in (
        rates["defence-pacts-honoured-before-1945-counted"].caveat
    )
    assert len(since) == rates["defence-pacts-honoured-since-1945-counted"].n
    caveat = rates["defence-pacts-honoured-since-1945-counted"].caveat
    assert f"called on in {len(set(since))} wars" in caveat
    assert sum(name in ("SixDay_1967", "Sinai1956") for name in since) == 10
