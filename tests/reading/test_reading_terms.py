"""Terms told in lists, by clauses about them and in common papers; all states are made up."""

from __future__ import annotations

import pytest

from foedus.reading.positions import find_positions
from foedus.reading.provisions import find_provisions
from ours import SETTING, reading


def provisions(text: str) -> set[tuple[str, str | None, str]]:
    return {(p.provision, p.by, p.status) for p in find_provisions(*reading(f"{SETTING}\n{text}"))}


def positions(text: str) -> set[tuple[str, str, str]]:
    return {(p.actor, p.issue, p.stance) for p in find_positions(*reading(f"{SETTING}\n{text}"))}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            (
                "The draft contains three points: no foreign troops in Velmark, a "
                "demilitarised zone along the river, and the lifting of sanctions on Ardal."
            ),
            {
                ("multinational-force", None, "rejected"),
                ("demilitarised-zone", None, "proposed"),
                ("sanctions-relief", None, "proposed"),
            },
        ),
        (
            "The plan would bar peacekeepers from the valley.",
            {("peacekeepers", None, "rejected")},
        ),
        (
            "Sundria has suggested that neutral observers watch the truce.",
            {("monitoring", None, "proposed")},
        ),
        (
            "Velmark praised the observers of the Sundrian mission, who patrol the line.",
            {("monitoring", "Sundria", "in-force")},
        ),
        (
            "Ardal spoke of the truce, which came into force in May.",
            {("ceasefire", None, "in-force")},
        ),
        (
            (
                "The joint declaration of Ardal and Velmark was signed on Monday. All prisoners "
                "will be exchanged within ten days."
            ),
            {("prisoner-exchange", "Ardal", "agreed"), ("prisoner-exchange", "Velmark", "agreed")},
        ),
        (
            (
                "The paper likely involves a mixed approach, combining military assistance, "
                "intelligence sharing, economic support, and perhaps a promise to impose harsher "
                "sanctions on Velmark in the event of a new attack."
            ),
            {
                ("military-aid", None, "discussed"),
                ("intelligence-sharing", None, "discussed"),
                ("economic-support", None, "discussed"),
                ("sanctions-snapback", None, "discussed"),
            },
        ),
        (
            "Under the plan Velmark would receive security guarantees.",
            {("security-framework", None, "proposed")},
        ),
        (
            "Sundria is open to withdrawing its soldiers, an official said.",
            {("withdrawal", "Sundria", "proposed")},
        ),
        (
            "Ardal would free all captives and lift sanctions under the plan.",
            {("prisoner-exchange", "Ardal", "proposed"), ("sanctions-relief", "Ardal", "proposed")},
        ),
        (
            "A United Nations mission left the valley at Ardal's demand.",
            {("peacekeepers", "United Nations", "suspended")},
        ),
        ("Sundria has brokered earlier truces.", set()),
        (
            "Ardal will hand over three districts, the statement says.",
            {("territorial-terms", "Ardal", "agreed")},
        ),
        (
            "The version discussed in Osthaven rests on an army of 80,000 and a foreign garrison.",
            {
                ("own-force-cap", None, "discussed"),
                ("multinational-force", None, "discussed"),
            },
        ),
        ("A truce brokered by Sundria stopped the war in May.", {("ceasefire", None, "in-force")}),
        (
            "The security guarantees have not been signed.",
            {("security-framework", None, "discussed")},
        ),
        ("Velmark gave up its bid to join NATO.", {("nato-membership", "Velmark", "rejected")}),
        (
            "Ardal and Velmark signed a treaty. Prisoners would be exchanged, under an annex.",
            {("prisoner-exchange", "Ardal", "agreed"), ("prisoner-exchange", "Velmark", "agreed")},
        ),
        (
            "Under a scheme seen by diplomats, observers would watch the front.",
            {("monitoring", None, "proposed")},
        ),
        (
            "Sundria said it was willing to lead such a force.",
            {("multinational-force", "Sundria", "proposed")},
        ),
    ],
)
def test_terms_are_told_by_their_list_their_clause_or_their_paper(
    text: str, expected: set[tuple[str, str | None, str]]
) -> None:
    assert provisions(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The recognised government of Velmark opposes any amnesty.",
            {("Velmark", "accountability", "opposes")},
        ),
        (
            "Ardal reaffirmed its support for the return of refugees.",
            {("Ardal", "displaced", "supports")},
        ),
        (
            "Sundria said that sanctions on the generals could be eased.",
            {("Sundria", "sanctions", "open-to")},
        ),
        (
            "Ardal set out its conditions: the release of prisoners, reparations and self-rule.",
            {
                ("Ardal", "prisoners", "demands"),
                ("Ardal", "assets-reparations", "demands"),
                ("Ardal", "sovereignty", "demands"),
            },
        ),
        (
            "Sundria made the freeing of all captives a condition for further talks.",
            {("Sundria", "prisoners", "demands")},
        ),
        (
            "Ardal called self-rule for the valley a red line.",
            {("Ardal", "sovereignty", "red-line")},
        ),
        (
            "Velmark's price for a truce was the release of its prisoners.",
            {("Velmark", "prisoners", "demands")},
        ),
        (
            "Ardal reiterated that it would not accept foreign troops.",
            {("Ardal", "foreign-troops", "rejects")},
        ),
        (
            "Velmark wants the shelling to stop.",
            {("Velmark", "ceasefire", "demands")},
        ),
        (
            "Ardal offered a ten-day truce.",
            {("Ardal", "ceasefire", "open-to")},
        ),
    ],
)
def test_a_stance_is_of_what_it_is_taken_on(text: str, expected: set[tuple[str, str, str]]) -> None:
    assert positions(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Sundria has recalled its envoy from Ardal.",
        "Sundria withdrew its ambassador from Velmark on Monday.",
        "Sundria's diplomats were withdrawn from Osthaven.",
        "Sundrian officers are monitoring the situation.",
        "Sundria is closely monitoring events in Ardal.",
    ],
)
def test_diplomats_who_leave_and_matters_only_followed_are_no_provisions(text: str) -> None:
    assert provisions(text) == set()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Velmark broke the truce on Tuesday, the Ardali army said.", set()),
        ("Ardal's army breached the ceasefire twice in May.", set()),
        ("The truce was violated again on Friday.", set()),
        ("The truce collapsed on Friday.", {("ceasefire", None, "suspended")}),
        ("Velmark broke off the truce on Friday.", {("ceasefire", "Velmark", "suspended")}),
    ],
)
def test_one_breach_of_a_truce_is_not_its_end(
    text: str, expected: set[tuple[str, str | None, str]]
) -> None:
    assert provisions(text) == expected


@pytest.mark.parametrize(
    "leaves_out",
    ["is silent on the status of the islands", "says nothing about a buffer zone"],
)
def test_what_a_paper_is_silent_on_is_not_agreed(leaves_out: str) -> None:
    signed = "Ardal and Velmark signed an accord on Monday."
    assert provisions(f"{signed} The accord {leaves_out}.") == provisions(signed)
