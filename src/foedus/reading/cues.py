"""The cues of speech: their vocabularies, and the words of a sentence that a cue takes up.

The verbs lie in ``data/speech_cues.csv`` by frame: what kind of content a cue takes. The nouns lie
in ``data/speech_nouns.csv`` by kind: what is uttered, what measures, what only passes on.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from foedus.reading.clauses import own_subject
from foedus.reading.phrases import rows

if TYPE_CHECKING:
    from foedus.reading.tokens import Token


_BEGINS_A_NAME = frozenset(["NNP", "NNPS", "DT", "PRP$", "JJ", "NN", "NNS", "CD"])
_NEEDS_A_HEARER = frozenset(["tell", "inform", "remind", "assure", "warn"])


@cache
def frames() -> dict[str, str]:
    """Return the frame of each verb of speech by its lemma."""
    return {row["cue"]: row["frame"] for row in rows("speech_cues.csv")}


@cache
def nouns(kind: str) -> frozenset[str]:
    """Return the nouns of one kind: utterance, measure, outlet, outlet-name, document."""
    return frozenset(row["cue"] for row in rows("speech_nouns.csv") if row["kind"] == kind)


def cue_clause(verb: Token) -> tuple[int, int]:
    """Return the first and last token index of "X said on Friday": the cue without its content."""
    behind = inverted(verb)
    if behind is not None:
        return verb.i, _end_of_name(verb)
    inside = [verb]
    for child in verb.children:
        if child.dep_ in {"ccomp", "conj", "cc", "parataxis", "advcl", "punct", "dep"}:
            continue
        if child.dep_ in {"prep", "npadvmod", "advmod"} and abs(child.i - verb.i) > 4:
            continue
        inside.extend(child.subtree)
    run = sorted(token.i for token in inside)
    first = last = verb.i
    while first - 1 in run:
        first -= 1
    while last + 1 in run or (last + 2 in run and verb.doc[last + 1].text == ","):
        last += 1
    return first, last


def inverted(verb: Token) -> Token | None:
    """Return the head of the speaker that stands behind its cue: "..., said X, the envoy"."""
    doc = verb.doc
    if verb.i + 1 >= verb.sent.end or verb.i <= verb.sent.start:
        return None
    if verb.nbor(-1).text not in {",", '"'} or verb.nbor(1).tag_ not in _BEGINS_A_NAME:
        return None
    ahead = own_subject(verb)
    told_by = (
        ahead is not None
        and ahead.i < verb.i
        and ("," in {t.text for t in ahead.subtree} or ahead.right_edge.i + 2 < verb.i)
    )
    if verb.lemma_ in _NEEDS_A_HEARER or told_by:
        return (
            None  # "the envoy, Ana Orsov, said the army had left", but "Any plan, said Orsov, ..."
        )
    inside = [t for t in doc[verb.i + 1 : _end_of_name(verb) + 1] if t.text != ","]
    commas = (k for k, t in enumerate(inside) if t.i + 1 < len(doc) and doc[t.i + 1].text == ",")
    stop = next(commas, len(inside) - 1)
    name = inside[: stop + 1]
    places = {t.i for t in name}
    return next((t for t in name if t.head.i not in places), None)


def _end_of_name(verb: Token) -> int:
    """Return where the speaker behind a cue ends, with what is added between commas."""
    doc, end = verb.doc, verb.sent.end
    commas = [k for k in range(verb.i + 1, end) if doc[k].text in {",", ".", ";", ":"}]
    if not commas:
        return end - 1
    added = len(commas) > 1 and doc[commas[0]].text == "," and commas[0] + 1 < end
    if added and doc[commas[0] + 1].tag_ in {"DT", "NNP", "PRP$", "WP"}:
        return commas[1] - 1
    return commas[0] - 1
