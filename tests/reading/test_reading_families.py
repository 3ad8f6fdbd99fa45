"""Claims, positions, provisions, unknowns: sentences of our own on states that do not exist."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from foedus.reading.claims import find_claims
from foedus.reading.positions import find_positions
from foedus.reading.provisions import find_provisions
from foedus.reading.unknowns import find_unknowns
from ours import SETTING, reading

MARKS = "\"'“”„«»\u2018\u2019"


def claims(sentence: str) -> list[tuple[str, str, str]]:
    text = f"{SETTING}\n{sentence}"
    return [
        (c.speaker, c.kind, text[c.span[0] : c.span[1]])
        for c in find_claims(*reading(text))
        if c.span[0] > len(SETTING)
    ]


def provisions(sentence: str) -> set[tuple[str, str]]:
    text = f"{SETTING}\n{sentence}"
    return {(p.provision, p.status) for p in find_provisions(*reading(text))}


def positions(sentence: str) -> set[tuple[str, str, str]]:
    text = f"{SETTING}\n{sentence}"
    return {(p.actor, p.issue, p.stance) for p in find_positions(*reading(text))}


def unknowns(sentence: str) -> list[str]:
    text = f"{SETTING}\n{sentence}"
    return [u.about for u in find_unknowns(*reading(text)) if u.span[0] > len(SETTING)]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "Velmark said on Friday that its troops had left the valley.",
            ("Velmark", "indirect", "its troops had left the valley"),
        ),
        (
            "The bridge was open again, Velmark said.",
            ("Velmark", "indirect", "The bridge was open again"),
        ),
        (
            "“We have a page that was empty,” said Danil Orsov, the envoy.",
            ("Danil Orsov", "direct", "We have a page that was empty"),
        ),
        (
            "Danil Orsov said: “We have a page.”",
            ("Danil Orsov", "direct", "We have a page."),
        ),
        (
            "Danil Orsov called the talks „a table with two legs”.",
            ("Danil Orsov", "direct", "a table with two legs"),
        ),
        (
            "Velmark denied that its guns had fired first.",
            ("Velmark", "indirect", "its guns had fired first"),
        ),
        (
            "Ardal accused Velmark of shelling the port.",
            ("Ardal", "indirect", "shelling the port"),
        ),
        (
            "Nine people were wounded, according to two officials in Osthaven.",
            ("two officials in Osthaven", "indirect", "Nine people were wounded"),
        ),
    ],
)
def test_who_said_what_is_found_wherever_the_content_stands(
    sentence: str, expected: tuple[str, str, str]
) -> None:
    assert expected in claims(sentence)


def test_words_picked_out_in_quotation_marks_leave_a_claim_indirect() -> None:
    found = claims("The call was “useful”, Danil Orsov said.")
    assert found == [("Danil Orsov", "indirect", "The call was “useful”")]


@pytest.mark.parametrize(
    "sentence",
    [
        "Velmark did not say that its troops had left.",
        "The newspaper said that its troops had left.",
        "The text says that its troops will leave.",
        "If Velmark says that its troops have left, nobody will believe it.",
    ],
)
def test_silence_outlets_documents_and_conditions_are_no_claims(sentence: str) -> None:
    assert claims(sentence) == []


def test_each_paragraph_of_an_answer_is_one_direct_claim_of_the_interviewee() -> None:
    text = (
        f"{SETTING} We talked to the historian Ilse Brandt in Lindholm.\n"
        "Will the truce last?\n“I doubt it. Nobody watches it.”\n"
        "And the valley?\n“It was ours. It will be theirs.”"
    )
    found = [c for c in find_claims(*reading(text)) if c.kind == "direct"]
    assert [text[c.span[0] : c.span[1]] for c in found] == [
        "I doubt it. Nobody watches it.",
        "It was ours. It will be theirs.",
    ]
    assert len({c.speaker for c in found}) == 1


def test_agreed_on_one_and_discussed_the_other_is_one_of_each() -> None:
    found = provisions("The parties agreed on a security framework and discussed deterrence.")
    assert found == {("security-framework", "agreed"), ("deterrence", "discussed")}


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Sundria has proposed a mutual defence treaty.", ("mutual-defence", "proposed")),
        ("Ardal and Sundria discussed military aid.", ("military-aid", "discussed")),
        ("They agreed to discuss a rapid response force.", ("rapid-response", "discussed")),
        ("Velmark rejected peacekeepers.", ("peacekeepers", "rejected")),
        (
            "While NATO membership remains an aspiration, it is off the table.",
            ("nato-membership", "off-the-table"),
        ),
        ("Ardal and Velmark exchanged 120 prisoners.", ("prisoner-exchange", "in-force")),
        ("Sundria suspended intelligence sharing.", ("intelligence-sharing", "suspended")),
    ],
)
def test_the_cue_in_its_clause_says_how_far_a_provision_has_come(
    sentence: str, expected: tuple[str, str]
) -> None:
    assert expected in provisions(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "The envoys will meet again after a ceasefire.",
        "If peacekeepers came, the guns would move elsewhere.",
    ],
)
def test_a_mere_mention_or_a_condition_yields_no_provision(sentence: str) -> None:
    assert provisions(sentence) == set()


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "Velmark still demands the Marrow valley and other territory.",
            ("Velmark", "territory", "demands"),
        ),
        ("Ardal rejects any cession of land.", ("Ardal", "territory", "rejects")),
        (
            "Velmark opposes foreign troops on Ardali soil.",
            ("Velmark", "foreign-troops", "opposes"),
        ),
        ("Sundria is open to a defence treaty.", ("Sundria", "security-guarantees", "open-to")),
        (
            "Ardal wants a guarantee before it signs anything.",
            ("Ardal", "sequencing", "demands"),
        ),
    ],
)
def test_a_stance_has_its_holder_and_its_issue_in_one_clause(
    sentence: str, expected: tuple[str, str, str]
) -> None:
    assert expected in positions(sentence)


def test_a_concluded_agreement_of_two_sides_is_no_position() -> None:
    assert positions("Ardal and Velmark agreed on a ceasefire.") == set()


@pytest.mark.parametrize(
    ("sentence", "about"),
    [
        ("The date has not been set.", "schedule"),
        ("It is not known how many people were killed.", "casualties-damage"),
        ("Details of the ceasefire have not been disclosed.", "ceasefire"),
        ("Who would pay for rebuilding is unclear.", "reconstruction"),
    ],
)
def test_what_is_not_known_is_filed_under_what_it_is_about(sentence: str, about: str) -> None:
    assert unknowns(sentence) == [about]


def test_a_report_on_no_conflict_yields_only_words_in_quotation_marks() -> None:
    text = (
        "United launched a late barrage, and their defence held. The club said a bid failed.\n"
        "“We held the line,” said the captain, Tom Ferris. It is unclear who will play on Monday."
    )
    parsed, names = reading(text)
    assert [c.kind for c in find_claims(parsed, names)] == ["direct"]
    assert find_positions(parsed, names) == ()
    assert find_provisions(parsed, names) == ()
    assert find_unknowns(parsed, names) == ()


PIECES = st.sampled_from(
    [
        "Velmark", "Ardal", "said", "denied", "that", "“", "”", '"', "\u2019", "\u2018",
        ",", ".", "; ", ": ",
        "\n", " ", "—", "according to", "ceasefire", "will not", "accept", "troops", "war", "it",
        "not known", "agreed on", "soldiers", "is off the table", "first", "(", ")", "?", "\u00a0",
    ]
)  # fmt: skip


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.one_of(PIECES, st.text(max_size=5)), max_size=40).map(" ".join))
def test_any_text_is_read_without_failing_and_every_span_is_sound(text: str) -> None:
    parsed, names = reading(text)
    quoted = [(q.start, q.end) for q in parsed.quotes]
    direct = find_claims(parsed, names)
    found = [
        *direct,
        *find_positions(parsed, names),
        *find_provisions(parsed, names),
        *find_unknowns(parsed, names),
    ]
    for item in found:
        start, end = item.span
        assert 0 <= start < end <= len(text)
        words = text[start:end]
        assert words == words.strip()
        assert words[0] not in MARKS
        assert words[-1] not in MARKS
    for claim in direct:
        if claim.kind == "direct":
            assert any(s <= claim.span[0] and claim.span[1] <= e for s, e in quoted)
