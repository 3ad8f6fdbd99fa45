"""The plain objects of a line's parse say what the language pipeline's own say."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from foedus.reading.tokens import Doc, read_off
from ours import pipeline

if TYPE_CHECKING:
    from spacy.tokens import Doc as Result
    from spacy.tokens import Span, Token

    from foedus.reading.tokens import Token as Ours
    from foedus.reading.tokens import Words

LINES = (
    'ARN - Velmark\'s army said it shot down 61 of 74 drones; "nobody slept," the mayor told us.',
    "Norrland and Ardal - both of them members - agreed on Friday to lift, in part, the sanctions.",
    "They had been imposed in 2031.  Two days   later they were back.",
    "What was it, he asked, that the envoys who came to Osthaven in May had been promised?",
    "12 May: €3.5m pledged (of 10)",
    "The paper, which nobody has signed, says who pays. Who fights is left open.",
    "?",
)
WORD = (
    "i", "idx", "text", "lower_", "lemma_", "pos_", "tag_", "dep_", "ent_type_", "whitespace_",
    "is_punct", "is_space", "is_digit", "is_alpha", "like_num", "n_rights",
)  # fmt: skip
OTHERS = ("children", "subtree", "lefts", "rights", "conjuncts")


@pytest.fixture(scope="module")
def both() -> list[tuple[Result, Doc]]:
    results = list(pipeline().nlp.pipe(LINES))
    docs = read_off(iter(results), [(line, 0) for line in LINES])
    return list(zip(results, docs, strict=True))


def places(words: tuple[Ours, ...] | tuple[Token, ...]) -> list[int]:
    return [word.i for word in words]


def stretch(words: Span | Words) -> tuple[object, ...]:
    return words.start, words.end, words.text, words.root.i, words.label_


def edges(words: Span | Words | None) -> tuple[int, int] | None:
    return (words.start, words.end) if words is not None else None


def test_every_word_says_of_itself_what_the_pipeline_says(both: list[tuple[Result, Doc]]) -> None:
    for result, doc in both:
        for theirs, ours in zip(result, doc, strict=True):
            assert [getattr(ours, name) for name in WORD] == [
                getattr(theirs, name) for name in WORD
            ]
            assert ours.is_sent_start == bool(theirs.is_sent_start)


def test_every_word_stands_to_the_others_as_in_the_pipeline(
    both: list[tuple[Result, Doc]],
) -> None:
    for result, doc in both:
        for theirs, ours in zip(result, doc, strict=True):
            assert ours.head.i == theirs.head.i
            assert ours.left_edge.i == theirs.left_edge.i
            assert ours.right_edge.i == theirs.right_edge.i
            for name in OTHERS:
                assert places(getattr(ours, name)) == places(tuple(getattr(theirs, name))), name


def test_sentences_names_and_slices_are_the_pipelines(both: list[tuple[Result, Doc]]) -> None:
    for result, doc in both:
        assert [stretch(s) for s in doc.sents] == [stretch(s) for s in result.sents]
        assert [stretch(s) for s in doc.ents] == [stretch(s) for s in result.ents]
        for start in range(len(doc)):
            assert stretch(doc[start].sent) == stretch(result[start].sent)
            for end in range(start + 1, len(doc) + 1):
                assert stretch(doc[start:end]) == stretch(result[start:end])
        assert (doc[2:1].text, len(doc[2:1]), list(doc[-3:])) == ("", 0, list(doc.words[-3:]))


def test_letters_are_covered_by_the_words_that_they_touch(both: list[tuple[Result, Doc]]) -> None:
    for result, doc in both:
        for start in range(len(doc.text)):
            for end in range(start + 1, min(start + 12, len(doc.text) + 2)):
                theirs = result.char_span(start, end, alignment_mode="expand")
                ours = doc.covering(start, end)
                assert edges(ours) == edges(theirs)


def test_no_word_stands_before_the_first(both: list[tuple[Result, Doc]]) -> None:
    first, second = both[0][1][:2]
    assert second.nbor(-1) is first
    assert first.nbor() is second
    with pytest.raises(IndexError):
        first.nbor(-1)


def test_a_line_may_have_several_sentences_one_behind_the_other(
    both: list[tuple[Result, Doc]],
) -> None:
    doc = both[2][1]
    assert len(doc.sents) > 1
    assert all(a.end == b.start for a, b in pairwise(doc.sents))
