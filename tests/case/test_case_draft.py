"""A case drawn from a record: the parts, the provisions, the red lines, and their sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from foedus.case import case_hash, check, draft, from_yaml, to_yaml
from foedus.case.terms import FEW
from foedus.errors import CaseError
from foedus.ids import entry_id

if TYPE_CHECKING:
    from collections.abc import Callable

    from foedus.case.values import Case, Provision
    from foedus.record.values import Record

    RecordOf = Callable[[str], Record]

WAR = """
    attack Velmark -> Ardal 40
    attack Velmark -> Ardal
    claimed-attack Ardal -> Velmark 12
    meet Ardal, Norrland
    position Ardal demands security-guarantees
    position Velmark demands territory
    position Velmark rejects foreign-troops
    provision mutual-defence discussed Norrland
    provision multinational-force proposed
    provision military-aid agreed Norrland
    provision monitoring discussed
    provision nato-membership off-the-table
"""


def provision(case: Case, name: str) -> Provision:
    (found,) = [p for p in case.provisions if p.id == name]
    return found


def ids(case: Case) -> set[str]:
    return {p.id for p in case.provisions}


def test_who_attacks_and_who_asks_for_guarantees_have_their_parts(record_of: RecordOf) -> None:
    case = draft(record_of(WAR))
    assert (case.challenger, case.protected) == ("Velmark", "Ardal")
    assert case.guarantors == ("Norrland",)
    why = case.notes[0]
    assert entry_id("p", "Ardal demands security-guarantees") in why
    assert "not a judgement of who is right" in why


def test_the_names_of_the_sides_do_not_matter(record_of: RecordOf) -> None:
    """We take no side: the same record with the names exchanged is the case with them exchanged."""
    turned = WAR.replace("Velmark", "?").replace("Ardal", "Velmark").replace("?", "Ardal")
    case = draft(record_of(turned))
    assert (case.challenger, case.protected) == ("Ardal", "Velmark")
    plain = draft(record_of(WAR))
    assert [p.levels[-1].effects for p in case.provisions] == [
        p.levels[-1].effects for p in plain.provisions
    ]


def test_the_protected_state_may_strike_more_than_it_is_struck(record_of: RecordOf) -> None:
    case = draft(
        record_of("""
        attack Velmark -> Ardal
        attack Ardal -> Velmark 30
        position Ardal demands security-guarantees
        provision own-force-cap proposed Ardal
        """)
    )
    assert case.protected == "Ardal"


def test_a_record_that_hardly_tells_the_sides_apart_says_so(record_of: RecordOf) -> None:
    with pytest.raises(CaseError, match="nothing that parts Ardal from Velmark") as caught:
        draft(record_of("attack Velmark -> Ardal\nattack Ardal -> Velmark"))
    assert 'foedus case draft --challenger "Ardal" or --challenger "Velmark"' in str(caught.value)
    struck = draft(record_of("attack Velmark -> Ardal"))
    assert struck.protected == "Ardal"
    assert "hardly tells the two apart" in struck.notes[0]
    assert "hardly tells the two apart" not in draft(record_of(WAR)).notes[0]


def test_who_is_given_aid_is_the_protected_state_where_nothing_else_tells(
    record_of: RecordOf,
) -> None:
    blows = "attack Velmark -> Ardal\nattack Ardal -> Velmark\n"
    assert draft(record_of(blows + "aid Norrland -> Velmark")).protected == "Velmark"
    assert draft(record_of(blows + "aid Norrland -> Ardal")).protected == "Ardal"
    assert draft(record_of(blows + "sanction Norrland -> Ardal")).protected == "Velmark"


def test_parts_of_a_deal_that_the_game_lacks_are_named_and_give_no_guarantor(
    record_of: RecordOf,
) -> None:
    lines = "attack Velmark -> Ardal\nprovision prisoner-exchange agreed Norrland"
    case = draft(
        record_of(
            f"{lines}\nprovision deterrence discussed\nprovision neutrality proposed"
            "\nprovision nato-membership proposed"
        )
    )
    assert case.guarantors == ()
    assert "In the record, but not a part of the game: prisoner-exchange." in case.notes
    assert any("Named without an instrument" in note for note in case.notes)
    (tie,) = provision(case, "neutrality").levels[1].excludes
    assert (tie.provision, tie.levels) == ("nato-membership", ("open-door", "member"))
    assert provision(case, "neutrality").levels[0].excludes == ()


def test_what_a_person_says_counts_for_the_side_they_speak_for(record_of: RecordOf) -> None:
    case = draft(
        record_of("""
        speaks Velmark Air Force for Velmark
        speaks Ada Lind for Norrland
        attack Velmark Air Force -> Ardal
        meet Ada Lind, Ardal
        provision mutual-defence proposed Ada Lind
        """)
    )
    assert case.challenger == "Velmark"
    assert case.guarantors == ("Norrland",)


def test_without_a_war_there_is_no_case_and_the_error_says_what_to_do(record_of: RecordOf) -> None:
    for lines in (
        "",
        "meet Velmark, Ardal\nposition Ardal demands security-guarantees",
        "denied-attack Velmark -> Ardal",
        "attack Velmark -> ",
        "attack Velmark -> Velmark",
    ):
        with pytest.raises(CaseError, match="two sides that fight each other") as caught:
            draft(record_of(lines))
        assert "Add a report" in str(caught.value)


def test_the_war_that_most_is_told_about_is_drafted_and_the_other_kept_out(
    record_of: RecordOf,
) -> None:
    case = draft(
        record_of("""
        attack Velmark -> Ardal 600 @one
        provision monitoring discussed Norrland @one
        attack Karst -> Lume 5 @two
        provision peacekeepers agreed @two
        position Lume demands security-guarantees @two
        """)
    )
    assert {case.challenger, case.protected} == {"Velmark", "Ardal"}
    assert "peacekeepers" not in ids(case)
    assert any("Karst, Lume" in note for note in case.notes)


def test_what_is_at_issue_counts_for_a_war_beside_the_attacks(record_of: RecordOf) -> None:
    """Raids of the same size: the war whose sides talk of terms is the one to draft."""
    raids = "attack Aster -> Abel 9 @one\nattack Velmark -> Ardal 9 @two\n"
    with pytest.raises(CaseError, match="as much told of Abel against Aster as of Ardal against"):
        draft(record_of(raids))
    talks = "position Ardal demands security-guarantees @two"
    assert draft(record_of(raids + talks)).protected == "Ardal"


def test_a_report_on_another_war_of_one_of_the_sides_is_kept_out(record_of: RecordOf) -> None:
    case = draft(
        record_of("""
        attack Velmark -> Ardal 600 @one
        attack Velmark -> Karst @two
        provision peacekeepers agreed @two
        """)
    )
    assert case.protected == "Ardal"
    assert "peacekeepers" not in ids(case)


# -- guarantors -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lines", "guarantors"),
    [
        ("provision mutual-defence discussed Norrland", ("Norrland",)),
        ("provision mutual-defence rejected Norrland", ()),
        ("provision economic-support agreed Norrland", ()),
        ("provision economic-support agreed Norrland\nmeet Norrland, Ardal", ()),
        ("meet Norrland, Ardal\nposition Norrland open-to security-guarantees", ("Norrland",)),
        ("meet Norrland, Ardal\nposition Norrland rejects security-guarantees", ()),
        ("meet Norrland, Ardal", ()),
        ("provision mutual-defence proposed Ardal", ()),
        ("provision mutual-defence proposed Velmark", ()),
        ("provision mutual-defence proposed Karst\nattack Karst -> Ardal", ()),
        (
            "provision monitoring proposed Sund\nprovision mutual-defence proposed Norrland",
            ("Norrland", "Sund"),
        ),
    ],
)
def test_who_gives_or_takes_part_and_offers_is_a_guarantor(
    record_of: RecordOf, lines: str, guarantors: tuple[str, ...]
) -> None:
    war = "attack Velmark -> Ardal 9\nattack Velmark -> Ardal\n"
    assert draft(record_of(war + lines)).guarantors == guarantors


def test_at_most_three_guarantors_are_taken_and_the_rest_named(record_of: RecordOf) -> None:
    givers = ("Auster", "Boreal", "Cirrus", "Dunmar")
    lines = [f"provision mutual-defence proposed {name}" for name in givers]
    lines.append("provision rapid-response proposed Dunmar")
    case = draft(record_of("\n".join(["attack Velmark -> Ardal", *lines])))
    assert case.guarantors == ("Dunmar", "Auster", "Boreal")
    assert any("Left out, as less is said of them: Cirrus" in note for note in case.notes)


# -- provisions -----------------------------------------------------------------------------------


def test_what_is_mentioned_is_in_the_case_and_nothing_else(record_of: RecordOf) -> None:
    assert ids(draft(record_of(WAR))) == {
        "mutual-defence:norrland",
        "multinational-force",
        "military-aid",
        "monitoring",
        "nato-membership",
        "territorial-terms",  # at issue: a position is about it
    }


def test_a_little_core_is_added_where_little_is_mentioned_and_says_so(record_of: RecordOf) -> None:
    lines = "attack Velmark -> Ardal\nprovision rapid-response proposed Norrland"
    case = draft(record_of(lines))
    added = {"mutual-defence:norrland", "military-aid", "monitoring", "sanctions-snapback"}
    assert ids(case) == added | {"rapid-response"}
    for name in added:
        for level in provision(case, name).levels:
            assert "Not in the record" in level.source.why
    assert any(note.startswith("The record mentions little") for note in case.notes)
    kinds = ["air-defence", "monitoring", "reconstruction"][: FEW - 1]
    more = "\n".join([lines, *(f"provision {kind} proposed" for kind in kinds)])
    assert ids(draft(record_of(more))) == {"rapid-response", *kinds}


def test_every_level_rests_on_the_entries_that_mention_it(record_of: RecordOf) -> None:
    case = draft(record_of(WAR))
    mention = entry_id("v", "mutual-defence discussed Norrland")
    for level in provision(case, "mutual-defence:norrland").levels:
        assert mention in level.source.refs
        assert "mutual-defence discussed by Norrland, 2031-02-03" in level.source.why
        assert f"({mention})" in level.source.why


def test_what_is_off_the_table_stays_in_sight_with_its_levels_excluded(
    record_of: RecordOf,
) -> None:
    case = draft(record_of(WAR))
    excluded = provision(case, "nato-membership").excluded
    assert set(excluded) == {"open-door", "member"}
    for source in excluded.values():
        assert source.kind == "claim"
        assert source.refs == (entry_id("v", "nato-membership off-the-table"),)


def test_a_refusal_by_one_giver_leaves_the_other_s_offer_open(record_of: RecordOf) -> None:
    case = draft(
        record_of(
            WAR
            + """
            provision mutual-defence rejected Sund
            provision monitoring agreed Sund
            """
        )
    )
    assert provision(case, "mutual-defence:norrland").excluded == {}
    assert set(provision(case, "mutual-defence:sund").excluded) == {
        "pledge", "agreement", "treaty",
    }  # fmt: skip


def test_a_no_by_a_side_is_its_red_line_and_takes_nothing_off_the_table(
    record_of: RecordOf,
) -> None:
    case = draft(record_of(WAR + "provision own-force-cap rejected Ardal"))
    assert provision(case, "own-force-cap").excluded == {}
    (line,) = [line for line in case.red_lines if line.provision == "own-force-cap"]
    assert (line.party, line.levels) == ("Ardal", ("loose", "tight"))


def test_effects_on_guarantors_go_to_who_gives_and_what_is_given_together_is_shared(
    record_of: RecordOf,
) -> None:
    both = "provision monitoring agreed Sund\nprovision multinational-force discussed Sund"
    case = draft(record_of(WAR + both))
    assert case.guarantors == ("Norrland", "Sund")
    effects = provision(case, "multinational-force").levels[-1].effects
    alone = draft(record_of(WAR)).provisions
    (force,) = [p for p in alone if p.id == "multinational-force"]
    sole = force.levels[-1].effects
    for name in ("help", "harm", "cost"):
        assert effects[name, "Norrland"] == effects[name, "Sund"] == sole[name, "Norrland"] / 2
    assert effects["renege", "Sund"] == effects["renege", "Norrland"] == sole["renege", "Norrland"]
    pact = provision(case, "mutual-defence:norrland").levels[-1].effects
    assert {key[1] for key in pact if not isinstance(key, str)} == {"Norrland"}


def test_sanctions_relief_is_there_where_sanctions_are_at_issue(record_of: RecordOf) -> None:
    assert "sanctions-relief" not in ids(draft(record_of(WAR)))
    asked = draft(record_of(WAR + "position Velmark demands sanctions"))
    assert "sanctions-relief" in ids(asked)
    threatened = draft(record_of(WAR + "provision sanctions-snapback proposed Norrland"))
    assert {"sanctions-relief", "sanctions-snapback"} <= ids(threatened)


# -- red lines ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("position", "provision_id", "levels"),
    [
        ("Velmark demands territory", "territorial-terms", ("challenger-withdraws",)),
        ("Velmark rejects withdrawal", "territorial-terms", ("challenger-withdraws",)),
        ("Ardal rejects territory", "territorial-terms", ("cede-more",)),
        ("Velmark opposes foreign-troops", "multinational-force",
         ("liaison", "reassurance", "forward")),
        ("Velmark red-line alliance-membership", "nato-membership", ("open-door", "member")),
        ("Velmark red-line force-limits", "own-force-cap", ("none",)),
        ("Velmark demands force-limits", "own-force-cap", None),
        ("Ardal rejects neutrality", "neutrality", ("declared", "constitutional")),
        ("Norrland rejects foreign-troops", "multinational-force",
         ("liaison", "reassurance", "forward")),
        ("Ardal accepts territory", "territorial-terms", None),
        ("Velmark open-to foreign-troops", "multinational-force", None),
    ],
)  # fmt: skip
def test_a_position_draws_the_red_line_that_the_table_says(
    record_of: RecordOf, position: str, provision_id: str, levels: tuple[str, ...] | None
) -> None:
    base = """
        attack Velmark -> Ardal 40
        provision mutual-defence discussed Norrland
        provision multinational-force discussed Norrland
        provision own-force-cap discussed Ardal
        provision neutrality discussed Ardal
    """
    case = draft(record_of(f"{base}\nposition {position}"))
    party = position.split(maxsplit=1)[0]
    lines = {(line.party, line.provision): line for line in case.red_lines}
    if levels is None:
        assert (party, provision_id) not in lines
    else:
        assert lines[party, provision_id].levels == levels
        assert lines[party, provision_id].source.refs == (entry_id("p", position),)


@pytest.mark.parametrize(
    ("refusal", "levels"),
    [
        ("territorial-terms rejected Ardal", ("cede-more",)),
        ("withdrawal rejected Ardal", ("cede-more",)),
        ("withdrawal rejected Velmark", ("challenger-withdraws",)),
    ],
)
def test_who_refuses_terms_on_land_will_not_be_the_one_to_yield(
    record_of: RecordOf, refusal: str, levels: tuple[str, ...]
) -> None:
    case = draft(
        record_of(WAR.replace("position Velmark demands territory", "") + f"provision {refusal}")
    )
    party = refusal.rsplit(maxsplit=1)[1]
    found = {
        line.party: line.levels for line in case.red_lines if line.provision == "territorial-terms"
    }
    assert found == {party: levels}


def test_several_positions_on_one_thing_are_one_red_line(record_of: RecordOf) -> None:
    case = draft(record_of(WAR + "position Velmark rejects withdrawal"))
    (line,) = [line for line in case.red_lines if line.provision == "territorial-terms"]
    assert len(line.source.refs) == 2


def test_a_guarantor_draws_no_line_through_what_others_give(record_of: RecordOf) -> None:
    case = draft(
        record_of(
            WAR.replace("force proposed", "force proposed Sund")
            + """
        position Norrland rejects foreign-troops
        position Sund supports foreign-troops
    """
        )
    )
    assert set(case.guarantors) == {"Norrland", "Sund"}
    lines = {(line.party, line.provision) for line in case.red_lines}
    assert ("Norrland", "multinational-force") not in lines
    assert ("Velmark", "multinational-force") in lines


# -- the whole ------------------------------------------------------------------------------------


def test_a_draft_is_checked_and_the_same_each_time(record_of: RecordOf) -> None:
    record = record_of(WAR)
    case = draft(record)
    assert check(case, "draft") is case
    assert to_yaml(draft(record)) == to_yaml(case)
    assert from_yaml(to_yaml(case), "draft") == case
    assert case.record_hash == record.hash
    assert case_hash(case) == case_hash(draft(record))


def test_every_reference_to_the_record_is_to_an_entry_that_is_there(record_of: RecordOf) -> None:
    record = record_of(WAR)
    case = draft(record)
    known = {e.id for e in (*record.positions, *record.provisions, *record.events)}
    sources = [level.source for p in case.provisions for level in p.levels]
    sources += [source for p in case.provisions for source in p.excluded.values()]
    sources += [line.source for line in case.red_lines]
    refs = {ref for source in sources for ref in source.refs if ref[1] == "-"}
    assert refs
    assert refs <= known


def test_the_labelled_report_on_talks_gives_the_case_that_it_is_about(
    labelled: Callable[[str, str], Record],
) -> None:
    case = draft(labelled("miami-talks.gold.jsonl", ""))
    assert (case.challenger, case.protected) == ("Russia", "Ukraine")
    assert case.guarantors == ("United States",)
    assert set(provision(case, "nato-membership").excluded) == {"open-door", "member"}
    lines = {(line.party, line.provision): line.levels for line in case.red_lines}
    assert lines["Russia", "territorial-terms"] == ("challenger-withdraws",)
    assert lines["Ukraine", "territorial-terms"] == ("cede-more",)
    assert {
        "mutual-defence:united-states", "military-aid", "rapid-response", "intelligence-sharing",
        "economic-support", "sanctions-snapback",
    } <= ids(case)  # fmt: skip


def test_a_record_of_no_war_gives_no_case(labelled: Callable[[str, str], Record]) -> None:
    with pytest.raises(CaseError, match="0 events, 0 of them attacks"):
        draft(labelled("gold.jsonl", "cheese-tariff-row.html"))
