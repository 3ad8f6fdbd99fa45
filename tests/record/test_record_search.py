"""Searching finds the same reports in the same order on every database."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.errors import RecordError
from foedus.record import open_store, searching
from foedus.record.wording import sketch, terms

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from foedus.reading.values import Mentions
    from foedus.record import Store

    Read = Callable[..., Mentions]

TEXTS = {
    "raid.txt": ("2031-05-03", "Drones struck the port of Velm. Two drones fell into the sea."),
    "talks.txt": ("2031-05-04", "The peace plan was discussed; ceasefire monitors may come."),
    "plan.txt": ("2031-05-05", "A plan for peace: a ceasefire first, elections later."),
    "notes.txt": (None, "Nothing about a drone, only an envoy's café in Córdoba; 1,200 guests."),
    "long.txt": ("2031-05-06", "A drone was seen. " + "Nothing else went on in the town. " * 40),
}


@pytest.fixture
def store(where: str, read: Read) -> Iterator[Store]:
    with open_store(where) as opened:
        opened.add_all([_report(read, name) for name in TEXTS], reader="1")
        yield opened


def _report(read: Read, name: str) -> Mentions:
    day, text = TEXTS[name]
    mentions = read(name, day)
    return replace(mentions, report=replace(mentions.report, text=text))


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("drones", ["raid.txt", "notes.txt", "long.txt"]),  # more, and in shorter texts, first
        ("drone Velm", ["raid.txt"]),
        ("peace plan", ["plan.txt", "talks.txt"]),
        ('"peace plan"', ["talks.txt"]),
        ("ceasef* elect*", ["plan.txt"]),
        ("CORDOBA", ["notes.txt"]),
        ("cafés", ["notes.txt"]),
        ("1,200", ["notes.txt"]),
        ("submarine", []),
    ],
)
def test_words_find_reports_by_relevance(store: Store, words: str, found: list[str]) -> None:
    assert [hit.source for hit in store.search(words)] == found


def test_scores_are_those_of_the_formula_worked_out_by_hand(store: Store) -> None:
    """BM25 with k1 = 1.2 and b = 0.75 over five reports, of which three hold the word."""
    rarity = math.log(1 + (5 - 3 + 0.5) / (3 + 0.5))
    lengths = [len(TEXTS[n][1]) for n in ("raid.txt", "notes.txt", "long.txt")]
    mean = sum(lengths) / 3
    by_hand = [
        rarity * count * 2.2 / (count + 1.2 * (0.25 + 0.75 * length / mean))
        for count, length in zip((2, 1, 1), lengths, strict=True)
    ]
    assert [hit.score for hit in store.search("drone")] == pytest.approx(by_hand, abs=1e-6)


def test_a_snippet_is_text_of_the_report_with_the_words_marked(store: Store) -> None:
    (hit,) = store.search("Cordoba cafe")
    assert TEXTS["notes.txt"][1][slice(*hit.span)] == hit.snippet
    assert [hit.snippet[start:end] for start, end in hit.marks] == ["café", "Córdoba"]


def test_only_what_was_known_on_a_day_is_found(store: Store) -> None:
    early = store.search("drone", as_of=dt.date(2031, 5, 3))
    assert [hit.source for hit in early] == ["raid.txt", "notes.txt"]
    assert [hit.source for hit in store.search("peace", as_of=dt.date(2031, 5, 4))] == ["talks.txt"]


def test_a_text_that_came_twice_is_found_once(store: Store, read: Read) -> None:
    raid = _report(read, "raid.txt")
    copy = replace(raid.report, id="0" * 12, source="copy.txt")
    store.add(replace(raid, report=copy), reader="1")
    assert [hit.source for hit in store.search("sea")] == ["copy.txt"]


def test_a_report_with_another_text_is_found_by_its_new_words_alone(
    store: Store, read: Read
) -> None:
    raid = _report(read, "raid.txt")
    changed = replace(raid.report, text="Gliders passed over Velm.")
    store.add(replace(raid, report=changed), reader="2")
    assert [hit.source for hit in store.search("gliders")] == ["raid.txt"]
    assert "raid.txt" not in [hit.source for hit in store.search("drones")]
    assert store.check() == ()


@pytest.mark.parametrize("words", ["", "  ", "...", '""', "*"])
def test_looking_for_no_word_is_refused(store: Store, words: str) -> None:
    with pytest.raises(RecordError, match="hold a letter or a figure"):
        store.search(words)


@pytest.mark.parametrize("words", ["drone' OR 1=1 --", 'drone" NOT velm', "AND", "a & b | !c", "'"])
def test_what_a_query_language_would_read_is_only_words(store: Store, words: str) -> None:
    if words == "'":
        with pytest.raises(RecordError):
            store.search(words)
    else:
        assert isinstance(store.search(words), tuple)


def test_both_databases_find_the_same(
    tmp_path: Path,
    postgres: Any,  # noqa: ANN401 - a server of the tests' own
    read: Read,
) -> None:
    spoken = [
        "drone drones Velm", "peace plän", "Çelik Çelik ceasefire", "Velm Velm Velm drone",
        "ceasefire peace drones", "plän Çelik Velm", "Київ Кирилівка мир", "北京 和平",
    ]  # fmt: skip
    told = []
    for n, text in enumerate(spoken):
        mentions = read(f"{n}.txt", f"2031-05-0{n + 1}")
        told.append(replace(mentions, report=replace(mentions.report, text=text)))
    with open_store(str(tmp_path / "r.db")) as one, open_store(postgres.database()) as two:
        one.add_all(told, reader="1")
        two.add_all(told, reader="1")
        for words in (
            "drone",
            "velm",
            "plan",
            "celik",
            "мир",
            "київ",
            "和平",
            "p*",
            "c* v*",
            "кири*",
        ):
            assert one.search(words) == two.search(words)
        assert [h.source for h in one.search("київ")] == ["6.txt"]


@given(st.text())
def test_terms_are_letters_and_figures_without_case(text: str) -> None:
    for term in terms(text):
        assert term.isalnum()
        assert terms(term)[:1] == [term] or term.endswith("s")


@given(st.text(), st.text())
def test_terms_of_two_lines_are_those_of_each(one: str, two: str) -> None:
    assert terms(f"{one}\n{two}") == terms(one) + terms(two)


def test_plurals_follow_the_published_rules() -> None:
    """The examples of Harman's S stemmer: each rule, and what each leaves alone."""
    told = terms("queries houses refugees heroes ducks glass corpus was is")
    assert told == ["query", "house", "refugee", "heroe", "duck", "glass", "corpus", "was", "is"]


def test_a_sketch_is_a_sample_that_a_longer_text_keeps() -> None:
    words = [f"word{n}" for n in range(400)]
    short, longer = " ".join(words[:300]), " ".join(words)
    assert set(sketch(short)) <= set(sketch(longer))
    assert 300 / 16 / 2 < len(sketch(short)) < 300 / 16 * 2
    assert not set(sketch(short)) & set(sketch(" ".join(f"other{n}" for n in range(400))))


def test_a_query_with_two_of_everything_is_taken_apart() -> None:
    query = searching.parse('drones "peace plan" "truce" ceasef* MONITOR*')
    assert query.terms == ("drone", "peace", "plan", "truce")
    assert (query.beginnings, query.phrases) == (("ceasef", "monitor"), (("peace", "plan"),))
