"""What is counted and what became of it: sentences of our own, read by hand."""

from __future__ import annotations

import math

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from foedus.reading.quantities import told
from ours import reading


def quantities(text: str) -> list[tuple[str, str, float]]:
    found = [count.quantity for count in told(reading(text)[0].lines)]
    return [(q.item, q.role, q.value) for q in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # tolls as nouns
        ("The death toll stood at 30 on Monday.", [("person", "killed", 30)]),
        ("A commander put the number killed at 2,000.", [("person", "killed", 2000)]),
        ("Fatalities rose to 45 overnight.", [("person", "killed", 45)]),
        ("The number of wounded climbed to 61.", [("person", "wounded", 61)]),
        ("The dead included 12 children.", [("child", "killed", 12)]),
        ("The raid left nine dead.", [("person", "killed", 9)]),
        ("The storming claimed 52 lives.", [("person", "killed", 52)]),
        ("Hospitals said 11 bodies had been brought in.", [("person", "killed", 11)]),
        # parts and shares
        (
            "Velmark launched 200 drones and 30 missiles, of which 150 and 20 were shot down.",
            [
                ("drone", "launched", 200),
                ("missile", "launched", 30),
                ("drone", "destroyed", 150),
                ("missile", "destroyed", 20),
            ],
        ),
        (
            "Air defences downed 43 of the 50 drones.",
            [("drone", "destroyed", 43), ("drone", "launched", 50)],
        ),
        (
            "Three people, including a child, were killed.",
            [("person", "killed", 3), ("child", "killed", 1)],
        ),
        (
            "Four people were killed, two of them children.",
            [("person", "killed", 4), ("child", "killed", 2)],
        ),
        ("Two of the wounded were children.", [("child", "wounded", 2)]),
        (
            "Ninety drones were launched; 81 were shot down and six struck an airfield.",
            [("drone", "launched", 90), ("drone", "destroyed", 81), ("drone", "hit", 6)],
        ),
        # one is a number too
        ("A guard was killed.", [("soldier", "killed", 1)]),
        (
            "The raid killed a midwife and wounded two weavers.",
            [("person", "killed", 1), ("person", "wounded", 2)],
        ),
        ("They set fire to eleven boats.", [("other", "hit", 11)]),
        ("Seven people were taken to hospital.", [("person", "wounded", 7)]),
        ("The drill was held with 900 soldiers.", [("soldier", "deployed", 900)]),
        ("A missile hit the market in Lindholm.", [("missile", "launched", 1)]),
        (
            "Troops recaptured the villages of Orlo and Tamsen.",
            [("settlement", "captured", 2)],
        ),
        # captives, soldiers, money, land
        ("The two sides exchanged 150 prisoners each.", [("prisoner", "released", 150)]),
        ("Ardal demanded the release of 300 prisoners.", [("prisoner", "demanded", 300)]),
        ("The bodies of 33 soldiers were returned.", [("soldier", "released", 33)]),
        ("Sundria will send 2,500 troops to the border.", [("soldier", "deployed", 2500)]),
        ("Some 3,000 troops were withdrawn.", [("soldier", "other", 3000)]),
        ("The bank will lend Ardal 3bn euros.", [("money-eur", "pledged", 3e9)]),
        (
            "The army retook 14 villages and 230 square kilometres.",
            [("settlement", "captured", 14), ("area-km2", "captured", 230)],
        ),
        ("The air force lost two jets.", [("aircraft", "destroyed", 2)]),
        ("The fighting has displaced 1.2 million people.", [("person", "displaced", 1.2e6)]),
    ],
)
def test_a_number_is_tied_to_a_thing_and_to_what_became_of_it(
    text: str, expected: list[tuple[str, str, float]]
) -> None:
    assert quantities(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The 72nd Brigade repelled the attack of 5 May.",
        "Resolution 1701 ended the war of 2006.",
        "The attack lasted 45 minutes and was the third in 10 days.",
        "He was 34 years old; his sister, a girl of nine, fled.",
        "The village lies 20 kilometres from the front.",
        "Support for the war fell by 12 per cent to 43%.",
        "Scores of people were killed and hundreds were hurt.",
        "No soldiers were killed, and 20 villages were not captured.",
        "The shelling could kill 500 people.",
        "The camp shelters 9,000 refugees.",
        "Troops met in 12 towns.",
    ],
)
def test_what_nothing_became_of_is_no_quantity(text: str) -> None:
    assert quantities(text) == []


def test_the_points_of_a_list_are_parts_of_the_count_that_it_began_with() -> None:
    text = (
        "The army said 48 targets had been shot down:\n"
        "- 40 drones of several types;\n- 6 cruise missiles;\n- 2 Iskander-M.\nIt rained."
    )
    assert quantities(text) == [
        ("other", "destroyed", 48),
        ("drone", "destroyed", 40),
        ("cruise-missile", "destroyed", 6),
        ("ballistic-missile", "destroyed", 2),
    ]


def test_a_table_of_losses_gives_its_numbers_behind_the_things() -> None:
    text = "Losses of the enemy in May:\n- tanks: 4\n- artillery guns: 17\n- soldiers: about 900"
    assert quantities(text) == [
        ("tank", "destroyed", 4),
        ("other", "destroyed", 17),
        ("soldier", "killed", 900),
    ]


def test_a_second_source_counts_the_same_thing_otherwise() -> None:
    text = "Ardal counts 14 civilians among its dead; Velmark reports 13."
    assert quantities(text) == [("person", "killed", 14), ("person", "killed", 13)]


PIECES = st.sampled_from(
    [
        "653", "3-5", "1,700", "two dozen", "half a million", "drones", "missiles", "soldiers",
        "prisoners", "were", "shot down", "killed", "of which", "including", "among them",
        "a child", "the toll", "stood at", "put", "at", "to", "from", "-", ":", ";", ",", ".", "\n",
        "lost", "tanks: 4", "km2", "$2bn", "each", "no", "at least", "(", ")", "exchange of",
    ]
)  # fmt: skip


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.one_of(PIECES, st.text(max_size=4)), max_size=30).map(" ".join))
def test_any_text_is_counted_without_failing(text: str) -> None:
    assert all(math.isfinite(value) and value >= 0 for _, _, value in quantities(text))
