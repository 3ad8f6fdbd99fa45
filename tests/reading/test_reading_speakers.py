"""Who said what: sentences of our own, on states and people that do not exist."""

from __future__ import annotations

import pytest

from foedus.reading.claims import find_claims
from ours import SETTING, reading


def claims(told: str) -> list[tuple[str, str, str]]:
    """Return speaker, kind and content of each claim behind the setting."""
    text = f"{SETTING}\n{told}"
    return [
        (c.speaker.replace("\u2019", "'"), c.kind, text[c.span[0] : c.span[1]])
        for c in find_claims(*reading(text))
        if c.span[0] > len(SETTING)
    ]


def sides(told: str) -> dict[str, str | None]:
    text = f"{SETTING}\n{told}"
    found = find_claims(*reading(text))
    return {c.speaker: c.side for c in found if c.span[0] > len(SETTING)}


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (
            (
                "The Ardali defence ministry said four drones had been shot down. It added that "
                "nobody was hurt."
            ),
            ["Ardali Defence Ministry", "Ardali Defence Ministry"],
        ),
        (
            "Foreign Minister Ana Orsov of Velmark flew home. The talks would go on, Orsov said.",
            ["Ana Orsov"],
        ),
        (
            (
                "Velmark\u2019s defence minister, Ilse Brandt, spoke to the council for an hour. "
                "Brandt warned that any crossing of the river would be met with fire."
            ),
            ["Ilse Brandt"],
        ),
        (
            "Ardal\u2019s spokeswoman Mira Tolle wrote on social media that the port was open.",
            ["Mira Tolle"],
        ),
        (
            (
                "A Sundrian official, who would not be named, said the text was nearly done. He "
                "said it had eight pages."
            ),
            ["Sundrian official", "Sundrian official"],
        ),
        (
            "I met a former Ardali captain in the harbour. He said the line had broken twice.",
            ["former Ardali captain"],
        ),
        (
            "The General Staff of Ardal denies the losses. The Staff says that every post is held.",
            ["Ardali General Staff", "Ardali General Staff"],
        ),
        (
            (
                "The governor of Merrow said nine people had died. The governor added that the "
                "search was over."
            ),
            ["governor of Merrow", "governor of Merrow"],
        ),
        (
            (
                "The Ardali Defence Ministry said a house had burnt. Velmark denied it. The "
                "ministry said its guns had been silent all day."
            ),
            ["Ardali Defence Ministry", "Velmark Defence Ministry"],
        ),
        (
            "Ardal bombed a village, killing 17 people, residents and a local aid group said.",
            ["residents and a local aid group"],
        ),
        ("Nine people died, the mayor, Pell Haro, told the radio.", ["Pell Haro"]),
        (
            "The bridge was mined, according to two people briefed on the plan.",
            ["two people briefed on the plan"],
        ),
    ],
)
def test_a_speaker_is_found_by_name_by_office_and_by_what_stood_before(
    told: str, expected: list[str]
) -> None:
    found = [speaker for speaker, _, _ in claims(told)]
    assert found == expected


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (
            (
                "“Nobody asked us,” an aide to the Ardali president told the Courier. “We read it "
                "in the papers.”"
            ),
            [
                ("aide to the Ardali president", "direct", "Nobody asked us"),
                ("aide to the Ardali president", "direct", "We read it in the papers."),
            ],
        ),
        (
            "“The road is cut”, Mira Tolle, a teacher, said, “and the school is gone.”",
            [
                ("Mira Tolle", "direct", "The road is cut"),
                ("Mira Tolle", "direct", "and the school is gone."),
            ],
        ),
        (
            "« The bridge must stay open », insisted Ardali Prime Minister Tomas Wrede.",
            [("Tomas Wrede", "direct", "The bridge must stay open")],
        ),
        (
            "Prime Minister Tomas Wrede came late. As Wrede put it, “the ink is not dry”.",
            [("Tomas Wrede", "direct", "the ink is not dry")],
        ),
        (
            "The envoy, Pell Haro, stood by the gate.\nHaro: “We will be back on Monday.”",
            [("Pell Haro", "direct", "We will be back on Monday.")],
        ),
        (
            (
                "“We were asleep when the roof came down.\n“My sister carried the child out,” said "
                "Lena Orth, a baker.\n“Nobody came until noon.”"
            ),
            [
                ("Lena Orth", "direct", "We were asleep when the roof came down."),
                ("Lena Orth", "direct", "My sister carried the child out"),
                ("Lena Orth", "direct", "Nobody came until noon."),
            ],
        ),
        (
            "Tomas Wrede, the prime minister, dismissed the report as “pure invention”.",
            [("Tomas Wrede", "direct", "pure invention")],
        ),
        (
            "The call had been “useful”, the Sundrian envoy, Pell Haro, said.",
            [("Pell Haro", "indirect", "The call had been “useful”")],
        ),
    ],
)
def test_quotations_end_at_their_marks_and_go_on_over_cues_and_paragraphs(
    told: str, expected: list[tuple[str, str, str]]
) -> None:
    plain = [(s, k, t.rstrip(".")) for s, k, t in claims(told)]
    assert plain == [(s, k, t.rstrip(".")) for s, k, t in expected]


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (
            "A claim by Velmark that its guns were silent was not believed.",
            [("Velmark", "indirect", "its guns were silent")],
        ),
        (
            "Ardal\u2019s warning that the dam might break went unheard.",
            [("Ardal", "indirect", "the dam might break")],
        ),
        (
            "Velmark put the number of dead soldiers shown on the square at 40.",
            [("Velmark", "indirect", "the number of dead soldiers shown on the square at 40")],
        ),
        (
            "The Red Crescent counted between 40 and 60 people on the road by noon.",
            [("Red Crescent", "indirect", "between 40 and 60 people on the road by noon")],
        ),
        (
            "Velmark said on Thursday its troops had crossed the river.",
            [("Velmark", "indirect", "its troops had crossed the river")],
        ),
        (
            "OSTHAVEN, 3 May \u2013 The port was closed, Velmark\u2019s navy said.",
            [("Velmark Navy", "indirect", "The port was closed")],
        ),
    ],
)
def test_speech_told_by_nouns_numbers_and_beside_days_is_read_to_its_edges(
    told: str, expected: list[tuple[str, str, str]]
) -> None:
    assert claims(told) == expected


@pytest.mark.parametrize(
    "told",
    [
        "Velmark did not say when its troops would leave.",
        "The paper says that each side keeps its weapons.",
        "The Osthaven Courier reported that the talks had failed.",
        "Ardal insists that Velmark leave the valley first.",
        "Asked whether Ardal would sign, nobody answered.",
        "When an envoy says that all is well, nobody listens.",
        "The explosion suggested that the depot had been full.",
        "Velmark rejects the word “corridor”.",
    ],
)
def test_silence_papers_outlets_demands_and_things_make_no_claims(told: str) -> None:
    assert claims(told) == []


def test_a_transcript_gives_each_line_to_its_label_and_questions_to_nobody() -> None:
    told = (
        "The envoy, Halvar Reis, spoke to us by telephone.\n"
        "Q: What did Velmark promise?\nReis: It promised to pull back its guns.\n"
        "Q: And did it?\nReis: Not one of them has moved."
    )
    assert claims(told) == [
        ("Halvar Reis", "indirect", "It promised to pull back its guns."),
        ("Halvar Reis", "indirect", "Not one of them has moved."),
    ]


@pytest.mark.parametrize(
    ("told", "speaker", "side"),
    [
        (
            "Pell Haro, who leads Velmark\u2019s team, said the rain had stopped.",
            "Pell Haro",
            "Velmark",
        ),
        ("Haro Pell, a baker in Merrow, said the bread was gone.", "Haro Pell", None),
        (
            "A former Velmark minister said the war was lost.",
            "former Velmark minister",
            None,
        ),
        (
            "The Free Hill Front (FHF) took a village. The FHF said that it held the pass.",
            "Free Hill Front",
            "Free Hill Front",
        ),
    ],
)
def test_a_side_is_what_the_text_says_or_nothing(told: str, speaker: str, side: str | None) -> None:
    assert sides(told)[speaker] == side


def test_a_line_without_its_full_stop_is_read_to_its_end() -> None:
    told = "The port where the last of the grain ships had waited for all of the month was shut"
    assert claims(f"{told}, said Danil Orsov") == [("Danil Orsov", "indirect", told)]
