"""Looking rules up gives what the model's own matcher gives."""

from __future__ import annotations

import pytest
import spacy

from foedus.reading.pipeline import MODEL
from ours import pipeline


@pytest.fixture(scope="module")
def texts(request: pytest.FixtureRequest) -> list[str]:
    folder = request.config.rootpath / "examples"
    return [path.read_text("utf-8") for path in sorted(folder.glob("*.txt"))] + [
        "But he hasn't been to the U.N., and neither they'd nor we'll  go: \n\n that's gonna hurt.",
        "Whose dogs are those? An envoy's, which the others' had bitten; what a day it had been.",
        "",
    ]


def test_each_word_gets_what_the_matcher_would_give_it(texts: list[str]) -> None:
    own, quick = spacy.load(MODEL), pipeline().nlp
    for text in texts:
        one, two = own(text), quick(text)
        assert [(t.tag_, t.pos_, str(t.morph)) for t in one] == [
            (t.tag_, t.pos_, str(t.morph)) for t in two
        ]
        words = [
            (t.lemma_, s.lemma_) for t, s in zip(one, two, strict=True) if t.lemma_ != s.lemma_
        ]
        assert {a for a, _ in words} <= {"hop", "rag", "ready", "retake", "slat", "stag"}
