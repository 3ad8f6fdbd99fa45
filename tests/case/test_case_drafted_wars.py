"""Cases drafted from reports as they are read: made-up wars with every kind of part, and real ones.

All states and people in the texts are made up, but for the unions and hosts that a reader knows.
"""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from drawn_records import record_of_files, record_of_texts
from foedus.case import check, draft, draft_text, from_yaml, redraft, to_yaml
from foedus.errors import CaseError

if TYPE_CHECKING:
    from foedus.case.values import Case, RedLine
    from foedus.record.values import Record

SHARED = Path(__file__).parents[3] / "shared" / "data" / "reports"

PLAIN = (
    "The war between Ardal and Velmark goes on\n\nOSTHAVEN, 3 March 2031 - The war between Ardal "
    "and Velmark is in its third year. Velmark launched 120 drones and 14 missiles at Ardal "
    "overnight, the Ardali army said.\n\nVelmark demands that Ardal give up the Sel valley, about "
    "a fifth of its territory, which Velmarkian troops have held since 2028. Ardal rejects any "
    "cession of land. Ardal insists on security guarantees. Velmark opposes foreign troops in "
    "Ardal.\n\nSundria has proposed a mutual defence treaty with Ardal. Norrland and Ardal "
    "discussed military aid. Membership of NATO is off the table, officials said. Intelligence "
    "sharing by Sundria is already in force.\n"
)
LATER = (
    "Talks in Osthaven\n\nOSTHAVEN, 20 March 2031 - Envoys of Ardal, Velmark and Tarn met in "
    "Osthaven on Thursday. Velmark fired 40 missiles at Ardal on Wednesday. Velmark rejected "
    "peacekeepers. Sundria said it would reimpose sanctions on Velmark automatically if the "
    "attacks resumed.\n"
)
TWO_ATTACKERS = (
    "Two armies against Ardal\n\nOSTHAVEN, 3 March 2031 - Ardal is at war with Velmark and with "
    "Karst. Velmark launched 120 drones at Ardal overnight, the Ardali army said. Karst shelled "
    "the Ardali town of Korin on Sunday, killing two people. Velmarkian missiles struck Ardal on "
    "Saturday.\n\nArdal insists on security guarantees. Sundria has offered Ardal a mutual defence "
    "treaty. Velmark demands that Ardal cede the Sel valley.\n"
)
REBELS = (
    "Rebels of the River Front take a town\n\nOSTHAVEN, 3 March 2031 - The River Liberation Front "
    "attacked an army base in Ardal on Sunday, killing 12 soldiers, the Ardali government said. "
    "The River Liberation Front captured the town of Korin on Monday. Ardali aircraft bombed "
    "positions of the River Liberation Front on Tuesday.\n\nArdal demands that the River "
    "Liberation Front withdraw from Korin. Norrland proposed peacekeepers and a multinational "
    "force. Norrland has offered to guarantee a ceasefire.\n"
)
UNION = (
    "A union offers a guarantee\n\nOSTHAVEN, 3 March 2031 - The war between Ardal and Velmark is "
    "in its fourth year. Velmark launched 120 drones at Ardal overnight. The European Union "
    "offered Ardal a mutual defence guarantee. The European Union proposed military aid and a "
    "rapid response force. Switzerland hosted talks between Ardal and Velmark in Geneva on "
    "Sunday. Ardal demands security guarantees.\n"
)
HARD = (
    "Velmark demands land\n\nOSTHAVEN, 3 March 2031 - The war between Ardal and Velmark is in its "
    "third year. Velmark launched 120 drones at Ardal overnight. Velmark demands that Ardal cede "
    "the Sel valley. Velmark opposes foreign troops in Ardal. Sundria has offered Ardal a mutual "
    "defence treaty and a multinational force.\n"
)
SOFT = (
    "Velmark gives way\n\nOSTHAVEN, 9 May 2031 - The war between Ardal and Velmark is in its third "
    "year. Velmark launched 30 drones at Ardal overnight. Velmark accepts foreign troops in "
    "Ardal. Velmark is ready to withdraw from the valley. Velmark accepts that Ardal keeps its "
    "territory.\n"
)


def parties(case: Case) -> tuple[str, str, tuple[str, ...]]:
    return case.challenger, case.protected, case.guarantors


def line(case: Case, party: str, provision: str) -> RedLine:
    (found,) = [x for x in case.red_lines if (x.party, x.provision) == (party, provision)]
    return found


def value(case: Case, name: str) -> tuple[float, float]:
    (found,) = [p.distribution for p in case.parameters if p.name == name]
    return found.low, found.high


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Record:
    return record_of_texts([PLAIN], tmp_path_factory.mktemp("plain"))


@pytest.fixture(scope="module")
def grown(tmp_path_factory: pytest.TempPathFactory) -> Record:
    return record_of_texts([PLAIN, LATER], tmp_path_factory.mktemp("grown"))


def test_a_war_told_in_two_reports_gives_each_its_part_with_quotes(grown: Record) -> None:
    case = draft(grown)
    assert parties(case) == ("Velmark", "Ardal", ("Sundria",))
    demand = line(case, "Velmark", "territorial-terms")
    assert demand.levels == ("challenger-withdraws",)
    assert "2031-03-03: “Velmark demands that Ardal give up the Sel valley" in demand.source.why
    assert line(case, "Ardal", "territorial-terms").levels == ("cede-more",)
    assert line(case, "Velmark", "multinational-force").levels == (
        "liaison", "reassurance", "forward",
    )  # fmt: skip
    provisions = {p.id: p for p in case.provisions}
    assert set(provisions["nato-membership"].excluded) == {"open-door", "member"}
    assert list(provisions["intelligence-sharing"].present) == ["warning"]
    assert "“" in provisions["intelligence-sharing"].present["warning"].why
    # a fifth, give or take a tenth of it, rounded outwards to two digits
    assert value(case, "x0") == (0.17, 0.22)
    # the third year, so two to three years: the interval of 5 of 14 wars ending in two more years
    low = 1 - (1 - 0.163) ** (1 / 8)
    told = sum(value(case, name)[0] for name in ("war_win_c", "war_win_p", "war_freeze"))
    assert told == pytest.approx(low, rel=0.05)


def test_a_state_attacked_by_two_is_protected_from_who_is_told_of_most_and_the_other_named(
    tmp_path: Path,
) -> None:
    record = record_of_texts([TWO_ATTACKERS], tmp_path)
    case = draft(record)
    assert parties(case) == ("Velmark", "Ardal", ("Sundria",))
    assert any("also tells of fighting by Karst" in note for note in case.notes)
    assert parties(draft(record, challenger="Karst"))[:2] == ("Karst", "Ardal")


def test_rebels_who_attack_and_take_a_town_are_the_challenger(tmp_path: Path) -> None:
    case = draft(record_of_texts([REBELS], tmp_path))
    assert parties(case) == ("River Liberation Front", "Ardal", ("Norrland",))


def test_a_union_that_offers_is_a_guarantor_and_the_host_of_talks_is_none(tmp_path: Path) -> None:
    case = draft(record_of_texts([UNION], tmp_path))
    assert parties(case) == ("Velmark", "Ardal", ("European Union",))
    assert any("Named, yet no guarantors" in n and "Switzerland" in n for n in case.notes)


def test_what_a_side_later_accepts_is_its_red_line_no_more_and_is_said(tmp_path: Path) -> None:
    first = draft(record_of_texts([HARD], tmp_path))
    assert {x.provision for x in first.red_lines if x.party == "Velmark"} == {
        "territorial-terms", "multinational-force",
    }  # fmt: skip
    then = draft(record_of_texts([HARD, SOFT], tmp_path, "then"))
    assert [x for x in then.red_lines if x.party == "Velmark"] == []
    gone = [note for note in then.notes if note.startswith("No red line of Velmark")]
    assert len(gone) == 2
    assert all("is later than" in note and "“" in note for note in gone)


def test_who_is_chosen_by_hand_plays_the_part_and_a_slip_in_a_name_is_told(plain: Record) -> None:
    case = draft(plain, challenger="Ardal", guarantors=["Norrland"])
    assert parties(case) == ("Ardal", "Velmark", ("Norrland",))
    assert "because whoever drew the case said so" in case.notes[0]
    with pytest.raises(CaseError, match="'Velmrak', who does and says nothing") as caught:
        draft(plain, challenger="Velmrak")
    assert "Velmark" in str(caught.value)


# -- neutral --------------------------------------------------------------------------------------


def exchanged(text: str) -> str:
    """Exchange the names of the two sides throughout, with the words made from them."""
    other = {"Ardal": "Velmark", "Velmark": "Ardal", "Ardali": "Velmarkian", "Velmarkian": "Ardali"}
    return re.sub(r"\b(Ardali|Ardal|Velmarkian|Velmark)\b", lambda m: other[m[0]], text)


def words(text: str) -> Counter[str]:
    """Count the words of a case but for ids, which are made from names."""
    masked = re.sub(r"\b(?:[a-z]-)?[0-9a-f]{12}\b", "", text)
    return Counter(re.findall(r"[\w%-]+", masked))


# the reader takes "demands that Velmark cede it" apart otherwise than the same of Ardal
SAID_ALIKE = [
    PLAIN.replace(
        "Velmark demands that Ardal give up the Sel valley, about a fifth of its territory, which "
        "Velmarkian troops have held since 2028.",
        "Velmark demands the cession of Ardali territory. Velmarkian troops have held a fifth of "
        "Ardal since 2028.",
    ),
    LATER,
]
YIELDS = [HARD.replace("Velmark demands that Ardal cede the Sel valley. ", ""), SOFT]


@pytest.mark.parametrize("texts", [SAID_ALIKE, YIELDS, [UNION]])
def test_the_names_of_the_sides_exchanged_give_the_case_mirrored(
    tmp_path: Path, texts: list[str]
) -> None:
    case = draft(record_of_texts(texts, tmp_path))
    mirror = draft(record_of_texts([exchanged(text) for text in texts], tmp_path, "mirror"))
    assert (mirror.challenger, mirror.protected) == (case.protected, case.challenger)
    assert mirror.guarantors == case.guarantors
    assert [(p.key, p.distribution) for p in mirror.parameters] == [
        (p.key, p.distribution) for p in case.parameters
    ]
    assert [(p.id, [x.effects for x in p.levels], set(p.excluded)) for p in mirror.provisions] == [
        (p.id, [x.effects for x in p.levels], set(p.excluded)) for p in case.provisions
    ]
    assert [(x.party, x.provision, x.levels) for x in mirror.red_lines] == [
        (exchanged(x.party), x.provision, x.levels) for x in case.red_lines
    ]
    assert words(to_yaml(mirror)) == words(exchanged(to_yaml(case)))


# -- drafted again --------------------------------------------------------------------------------


def test_an_edited_case_is_brought_up_to_a_grown_record_with_every_edit_kept(
    plain: Record, grown: Record
) -> None:
    text = draft_text(draft(plain))
    own = text.replace(
        "  hold:", "  # measured at the line, see the staff's paper\n  hold:", 1
    ).replace("{uniform: [0.4, 0.65]}", "{uniform: [0.5, 0.6]}  # was wider", 1)
    assert own.count("# was wider") == 1
    made = redraft(grown, own, "mine.yaml")
    assert value(made.case, "hold") == (0.5, 0.6)
    assert "  # measured at the line, see the staff's paper\n  hold:" in made.text
    assert "# was wider" in made.text
    assert {p.id for p in draft(grown).provisions} == {p.id for p in made.case.provisions}
    assert "peacekeepers" in {p.id for p in made.case.provisions}
    assert made.case.record_hash == grown.hash
    assert made.conflicts == ()
    again = redraft(grown, made.text, "mine.yaml")
    assert (again.text, again.taken, again.conflicts) == (made.text, (), ())


def test_a_part_that_both_changed_stays_and_the_draft_s_value_is_told_at_its_place(
    plain: Record, tmp_path: Path
) -> None:
    text = draft_text(draft(plain)).replace("{uniform: [0.17, 0.22]}", "{uniform: [0.2, 0.3]}", 1)
    more = PLAIN.replace("about a fifth", "about a quarter").replace("3 March", "9 March")
    grown = record_of_texts([PLAIN, more], tmp_path, "more")
    fresh = draft(grown)
    assert value(fresh, "x0") == (0.17, 0.28)
    made = redraft(grown, text, "mine.yaml")
    assert value(made.case, "x0") == (0.2, 0.3)
    (conflict,) = [c for c in made.conflicts if c.part == "parameters.x0"]
    assert "[0.2, 0.3]" in conflict.mine
    assert "[0.17, 0.28]" in conflict.draft
    assert "about a quarter" in conflict.draft
    place = made.text.index("  x0:")
    assert "# foedus: the new draft has value: {uniform: [0.17, 0.28]}" in made.text[:place]


def test_what_was_taken_out_stays_out_with_all_that_hangs_on_it(
    plain: Record, grown: Record
) -> None:
    case = draft(plain)
    text = draft_text(case)
    body = from_yaml(text, "mine")
    assert "nato-membership" in {p.id for p in body.provisions}
    own = _without_block(_without_block(text, "  nato-membership:\n"), "    nato-membership:\n")
    made = redraft(grown, own, "mine.yaml")
    assert "nato-membership" not in {p.id for p in made.case.provisions}
    assert any("nato-membership" in part for part in made.removed)


def _without_block(text: str, head: str) -> str:
    """Return a text without the first block under ``head``."""
    indent = len(head) - len(head.lstrip())
    start = text.index(f"\n{head}") + 1
    end = start + len(head)
    while re.match(rf" {{{indent + 1},}}\S", text[end:]):
        end = text.index("\n", end) + 1
    return text[:start] + text[end:]


def test_roles_stay_as_the_file_has_them_when_the_record_turns(plain: Record) -> None:
    text = draft_text(draft(plain, challenger="Ardal"))
    made = redraft(plain, text, "mine.yaml")
    assert made.case.challenger == "Ardal"
    assert made.notes[0].startswith("Ardal stays the challenger")


def test_a_file_that_keeps_no_draft_or_a_damaged_one_says_what_to_do(plain: Record) -> None:
    text = draft_text(draft(plain))
    with pytest.raises(CaseError, match="no draft kept at its end"):
        redraft(plain, to_yaml(draft(plain)), "mine.yaml")
    spoiled = re.sub(r"(# foedus-draft \w+\n# )....", r"\1zzzz", text)
    with pytest.raises(CaseError, match="damaged"):
        redraft(plain, spoiled, "mine.yaml")
    with pytest.raises(CaseError, match="its end or its head is missing"):
        redraft(plain, text.replace("# End of the draft.", ""), "mine.yaml")
    assert redraft(plain, text.replace("\n", "\r\n"), "mailed.yaml").taken == ()


# -- a real report --------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def talks(tmp_path_factory: pytest.TempPathFactory) -> Case:
    path = SHARED / "miami-talks.txt"
    if not path.exists():
        pytest.skip(f"the report is not here: no {path}")
    return draft(record_of_files([str(path)], tmp_path_factory.mktemp("talks") / "talks.db"))


def test_a_record_of_the_report_on_talks_gives_the_case_that_it_is_about(talks: Case) -> None:
    provisions = {p.id: p for p in talks.provisions}
    assert parties(talks) == ("Russia", "Ukraine", ("United States",))
    league = provisions["nato-membership"]
    assert set(league.excluded) == {level.name for level in league.levels[1:]}
    assert all(s.kind == "claim" and "“" in s.why for s in league.excluded.values())
    for name in (
        "mutual-defence:united-states", "military-aid", "rapid-response", "intelligence-sharing",
        "economic-support", "sanctions-snapback",
    ):  # fmt: skip
        assert all(provisions[name].availability(x.name) == "available"
                   for x in provisions[name].levels)  # fmt: skip
        assert "“" in provisions[name].levels[0].source.why, name
    demand = line(talks, "Russia", "territorial-terms")
    assert "challenger-withdraws" in demand.levels
    assert demand.source.kind == "claim"
    assert "cession of Ukrainian territory" in demand.source.why


def test_a_drafted_case_is_checked_reads_back_and_every_value_has_its_source(grown: Record) -> None:
    case = draft(grown)
    assert check(case, "drafted") is case
    assert from_yaml(draft_text(case), "drafted") == case
    sources = [p.source for p in case.parameters]
    sources += [level.source for p in case.provisions for level in p.levels]
    sources += [x.source for x in case.red_lines]
    assert all(source.why.strip() for source in sources)
    assert all(source.refs for source in sources if source.kind in ("claim", "base-rate"))
