"""What reports disagree on is said in words that a reader can check against them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from foedus.reading.values import Mentions
    from foedus.record import Record

    Make = Callable[..., Any]

RAID = "Ardal launched drones and missiles at Velmark overnight"


@pytest.fixture
def disputes_of(
    read: Callable[..., Mentions], event: Callable[..., Any], record_of: Callable[..., Record]
) -> Callable[..., tuple[str, ...]]:
    """Return what reports of one raid, published one day after the other, disagree on."""

    def ask(**told: dict[str, Any]) -> tuple[str, ...]:
        readings = [
            read(f"{name}.html", f"2031-05-0{n}", (RAID, event(**({"place": "Velm"} | what))))
            for n, (name, what) in enumerate(told.items(), start=3)
        ]
        (raid,) = record_of(*readings).events
        return raid.disputes

    return ask


@pytest.fixture
def shot(number: Callable[..., Any]) -> Callable[..., dict[str, Any]]:
    def some(*values: float, item: str = "drone", bound: str = "exact") -> dict[str, Any]:
        return {"quantities": tuple(number(v, item, "destroyed", bound) for v in values)}

    return some


def test_numbers_that_differ_stand_side_by_side(disputes_of: Make, shot: Make) -> None:
    assert disputes_of(a=shot(585), b=shot(590), c=shot(585)) == (
        "drones destroyed: 585 (a.html, c.html) or 590 (b.html)",
    )


@pytest.mark.parametrize(
    ("one", "two", "agree"),
    [
        (("exact", 30), ("exact", 45), False),
        (("at-least", 30), ("exact", 45), True),
        (("at-least", 50), ("exact", 45), False),
        (("at-most", 50), ("exact", 45), True),
        (("at-most", 40), ("exact", 45), False),
        (("about", 400), ("exact", 390), True),
        (("about", 400), ("exact", 340), False),
        (("about", 400), ("about", 480), True),
        (("at-most", 40), ("at-least", 41), False),
        (("at-most", 40), ("at-least", 40), True),
    ],
)
def test_two_numbers_agree_when_one_truth_fits_both(
    disputes_of: Make,
    shot: Make,
    one: tuple[str, float],
    two: tuple[str, float],
    agree: bool,  # noqa: FBT001 - a column of the table above
) -> None:
    said = disputes_of(a=shot(one[1], bound=one[0]), b=shot(two[1], bound=two[0]))
    assert (said == ()) is agree


def test_bounds_thousands_and_plurals_are_written_out(disputes_of: Make, number: Make) -> None:
    def lost(value: float, bound: str, item: str, role: str) -> dict[str, Any]:
        return {"quantities": (number(value, item, role, bound),)}

    assert disputes_of(
        a=lost(31, "at-least", "person", "killed"), b=lost(20, "exact", "person", "killed")
    ) == ("people killed: at least 31 (a.html) or 20 (b.html)",)
    assert disputes_of(
        c=lost(12500, "about", "child", "displaced"), d=lost(9000, "at-most", "child", "displaced")
    ) == ("children displaced: about 12,500 (c.html) or at most 9,000 (d.html)",)
    assert disputes_of(
        e=lost(2.5, "exact", "area-km2", "other"), f=lost(3.5, "exact", "area-km2", "other")
    ) == ("square kilometres: 2.5 (e.html) or 3.5 (f.html)",)
    assert disputes_of(
        g=lost(3, "exact", "cruise-missile", "launched"),
        h=lost(4, "exact", "cruise-missile", "launched"),
    ) == ("cruise missiles launched: 3 (g.html) or 4 (h.html)",)


def test_a_part_beside_the_total_is_no_disagreement(disputes_of: Make, shot: Make) -> None:
    assert disputes_of(a=shot(585, 300), b=shot(585)) == ()
    assert disputes_of(a=shot(585), b=shot(30, item="missile")) == ()
    assert disputes_of(a=shot(585, 300)) == ()


def test_one_report_in_three_that_differs_is_enough(disputes_of: Make, shot: Make) -> None:
    assert disputes_of(a=shot(40, bound="at-least"), b=shot(44), c=shot(47)) == (
        "drones destroyed: at least 40 (a.html) or 44 (b.html) or 47 (c.html)",
    )


def test_a_denial_is_set_against_what_it_denies(disputes_of: Make) -> None:
    assert disputes_of(a={}, b={"status": "denied"}, c={"status": "claimed"}) == (
        "status: happened (a.html) or denied (b.html) or claimed (c.html)",
    )
    assert disputes_of(a={}, b={"status": "claimed"}) == ()


def test_days_that_exclude_each_other_are_named(disputes_of: Make, shot: Make) -> None:
    same = shot(312, 128)
    assert disputes_of(
        a={"date": "2031-05-01/2031-05-02"} | same, b={"date": "2031-05-03"} | same
    ) == ("day: 2031-05-01 to 2031-05-02 (a.html) or 2031-05-03 (b.html)",)
    assert (
        disputes_of(a={"date": "2031-05-01/2031-05-02"} | same, b={"date": "2031-05-02"} | same)
        == ()
    )
