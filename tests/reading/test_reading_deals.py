"""Provisions, positions and unknowns in the wordings of many conflicts; all states are made up."""

from __future__ import annotations

import pytest

from foedus.reading.positions import find_positions
from foedus.reading.provisions import find_provisions
from foedus.reading.unknowns import find_unknowns
from ours import SETTING, reading


def provisions(text: str) -> set[tuple[str, str | None, str]]:
    found = find_provisions(*reading(f"{SETTING}\n{text}"))
    return {(p.provision, p.by, p.status) for p in found}


def positions(text: str) -> set[tuple[str, str, str]]:
    found = find_positions(*reading(f"{SETTING}\n{text}"))
    return {(p.actor, p.issue, p.stance) for p in found}


def unknowns(text: str) -> list[str]:
    found = find_unknowns(*reading(f"{SETTING}\n{text}"))
    return [u.about for u in found if u.span[0] > len(SETTING)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # the paper decides
        (
            "The draft calls for Velmark to withdraw its troops from the valley.",
            {("withdrawal", "Velmark", "proposed")},
        ),
        (
            "Under the agreement, Velmark will pull its forces back 30 kilometres.",
            {("withdrawal", "Velmark", "agreed")},
        ),
        (
            "The deal provides for the release of all hostages.",
            {("hostage-release", None, "agreed")},
        ),
        (
            "The treaty obliges the parties to consult within 48 hours of an attack.",
            {("consultation", None, "agreed")},
        ),
        (
            "There is no provision for peacekeepers in the text.",
            {("peacekeepers", None, "off-the-table")},
        ),
        (
            "Under the plan, sanctions would be lifted, and would return if Velmark attacked.",
            {("sanctions-relief", None, "proposed"), ("sanctions-snapback", None, "proposed")},
        ),
        # both sides, and those who sign
        (
            "The two sides agreed to free 1,000 prisoners each.",
            {("prisoner-exchange", "Ardal", "agreed"), ("prisoner-exchange", "Velmark", "agreed")},
        ),
        (
            "Sundria and Ardal signed a mutual defence pact in Osthaven.",
            {("mutual-defence", "Ardal", "agreed"), ("mutual-defence", "Sundria", "agreed")},
        ),
        # acts of one's own tell by their tense
        ("The truce is holding in most places.", {("ceasefire", None, "in-force")}),
        (
            "Velmark has begun withdrawing its forces from the valley.",
            {("withdrawal", "Velmark", "in-force")},
        ),
        (
            "Sundria lifted its sanctions on Velmark last month.",
            {("sanctions-relief", "Sundria", "in-force")},
        ),
        ("Sundria will train 6,000 recruits a year.", {("military-aid", "Sundria", "agreed")}),
        ("A safe corridor was opened on Thursday.", {("humanitarian-corridor", None, "in-force")}),
        # offered, talked of, refused, stopped
        (
            "Sundria has promised Ardal security guarantees.",
            {("security-framework", "Sundria", "agreed")},
        ),
        (
            "Sundria is considering sending peacekeepers to the valley.",
            {("peacekeepers", "Sundria", "discussed")},
        ),
        (
            "The two sides have yet to agree on a ceasefire.",
            {("ceasefire", None, "discussed")},
        ),
        (
            "Ardal proposed a demilitarised zone. Velmark turned the offer down.",
            {
                ("demilitarised-zone", None, "proposed"),
                ("demilitarised-zone", "Velmark", "rejected"),
            },
        ),
        ("Velmark turned down Ardal's call for a truce.", {("ceasefire", "Velmark", "rejected")}),
        (
            "The African Union's observer mission ended in May and was not renewed.",
            {("monitoring", "African Union", "suspended")},
        ),
        (
            "Ardal would renounce its bid to join NATO under the plan.",
            {("nato-membership", "Ardal", "rejected")},
        ),
    ],
)
def test_how_far_a_part_of_a_deal_has_come_and_who_gives_it(
    text: str, expected: set[tuple[str, str | None, str]]
) -> None:
    assert provisions(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "A multinational force could be deployed after a ceasefire.",
        "Velmark rejects a buffer zone and wants neutrality.",
        "Ardal renewed its appeal for a ceasefire.",
        "The army will send 300 more soldiers to the area.",
        "Three sticking points remain: the valley, prisoners and sanctions.",
        "Once a ceasefire is in place, the envoys will meet.",
        "Soldiers on the ground settle the matter.",
    ],
)
def test_wishes_and_mere_mentions_are_no_provisions(text: str) -> None:
    assert provisions(text) == set()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Velmark insists on keeping the Marrow valley.", ("Velmark", "territory", "demands")),
        (
            "Ardal's opposition to foreign troops is well known.",
            ("Ardal", "foreign-troops", "opposes"),
        ),
        ("Giving up land is a red line for Ardal.", ("Ardal", "territory", "red-line")),
        ("Ardal said that its borders were not negotiable.", ("Ardal", "territory", "red-line")),
        (
            "Sundria might contribute troops to a force, its minister said.",
            ("Sundria", "foreign-troops", "open-to"),
        ),
        ("Ardal is not ready to hold elections.", ("Ardal", "elections", "rejects")),
        ("Ardal does not oppose a limit on its army.", ("Ardal", "force-limits", "open-to")),
        ("Ardal is in favour of a referendum.", ("Ardal", "elections", "supports")),
        (
            "Sundria is against Ardal joining the alliance.",
            ("Sundria", "alliance-membership", "opposes"),
        ),
        (
            '"Our side is ready for a truce," said Ardal\'s foreign minister, Danil Orsov.',
            ("Ardal", "ceasefire", "open-to"),
        ),
        (
            "The refugees must be allowed to return, Sundria's foreign minister said.",
            ("Sundria", "displaced", "demands"),
        ),
        (
            "Velmark said there would be no truce until the militia had handed over its weapons.",
            ("Velmark", "disarmament", "demands"),
        ),
        (
            "Ardal said it could live with a ceasefire on the present line.",
            ("Ardal", "ceasefire", "open-to"),
        ),
        (
            "The mission was asked by Velmark to leave its positions.",
            ("Velmark", "foreign-troops", "opposes"),
        ),
        (
            "Velmark will not tolerate Sundria's soldiers on the river.",
            ("Velmark", "foreign-troops", "rejects"),
        ),
        (
            "Ardal demands reparations and the return of deported children.",
            ("Ardal", "prisoners", "demands"),
        ),
        (
            "Velmark said it would accept peacekeepers only if sanctions were lifted.",
            ("Velmark", "sequencing", "demands"),
        ),
        (
            "Ardal said the strait would stay shut until Velmark withdrew its fleet.",
            ("Ardal", "withdrawal", "demands"),
        ),
        (
            "Ardal said there could be no peace without elections.",
            ("Ardal", "elections", "demands"),
        ),
        ("Velmark has signalled readiness for a truce.", ("Velmark", "ceasefire", "open-to")),
        ("Ardal has no objection to observers.", ("Ardal", "ceasefire", "open-to")),
    ],
)
def test_a_stance_is_read_in_whatever_way_it_is_taken(
    text: str, expected: tuple[str, str, str]
) -> None:
    assert expected in positions(text)


@pytest.mark.parametrize(
    "text",
    [
        "Velmark denied that it had accepted a ceasefire.",
        "If Velmark demands land, the talks will fail.",
        "Velmark was asked whether it would accept a truce.",
        "Ardal dismissed the charge that it had broken the truce.",
        "Ardal could open a corridor.",
    ],
)
def test_what_is_denied_asked_or_supposed_is_no_stance(text: str) -> None:
    assert positions(text) == set()


def test_we_in_a_statement_are_those_who_issue_it() -> None:
    text = (
        "The governments of Sundria and Ardal issued the following statement.\n"
        "We support the entry of aid."
    )
    assert positions(text) == {
        ("Ardal", "humanitarian-access", "supports"),
        ("Sundria", "humanitarian-access", "supports"),
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Who will lead the peacekeeping force has yet to be settled.", ["peacekeepers"]),
        ("Neither side disclosed the terms of the guarantees.", ["security-guarantees"]),
        ("How the truce would be monitored was left unsaid.", ["monitoring"]),
        ("The fate of 300 captives is unknown.", ["prisoners"]),
        ("No date was given for the withdrawal.", ["schedule"]),
        ("Both sides kept silent about the nuclear plant.", ["energy-nuclear"]),
        ("Sundria discussed a ceasefire. No agreement was reached on its timing.", ["ceasefire"]),
        (
            "They did not agree on land, and they did not agree on the dam.",
            ["territory", "energy-nuclear"],
        ),
        (
            "Two matters were left open: the occupied land, and sanctions.",
            ["territory", "sanctions"],
        ),
        ("The envoys discussed land. No one has claimed the attack.", ["other"]),
        ("There was no independent confirmation of the toll.", ["casualties-damage"]),
        ("No one knows who would pay for the bridges.", ["reconstruction"]),
        (
            "Its size has not been fixed, and it is not known who would pay for it.",
            ["other"],
        ),
    ],
)
def test_an_unknown_is_about_what_its_own_clause_says(text: str, expected: list[str]) -> None:
    assert unknowns(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "What will become of the land?",
        "The text does not say that a stronger promise is better.",
        "Citizens were told to report unknown persons.",
        "The door remains open.",
        "Sundria said its channels to Ardal are still open.",
        "The crossing at Orm stayed open.",
        "The terms of the truce are clear.",
    ],
)
def test_questions_and_what_is_known_are_no_unknowns(text: str) -> None:
    assert unknowns(text) == []
