"""The words that tell an act: its own clause, without what is only joined to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.reading.clauses import clause, is_verbal
from foedus.reading.events.when import LIGHT
from foedus.reading.parsed import span_of

if TYPE_CHECKING:
    from foedus.reading.tokens import Token
    from foedus.reading.values import Span

_ASIDE = frozenset(
    ["after", "before", "because", "although", "though", "while", "until", "unless", "whereas"]
)
_RELATIVE = frozenset(["which", "who", "where", "whose", "whom"])


def evidence_of(trigger: Token) -> Span:
    """Return the span of the words that tell the act of a verb or a noun."""
    verb = _verb_of(trigger)
    told = list(trigger.subtree) if verb is None else clause(verb)
    end = _end(trigger if verb is None else verb, max(t.i for t in told) + 1)
    kept = sorted((t for t in told if t.i < end), key=lambda t: t.i) or told
    opens = len(kept) > 1 and kept[0].lower_ == "that" and kept[0].dep_ == "mark"
    return span_of(kept[1:] if opens else kept)


def _verb_of(trigger: Token) -> Token | None:
    """Return the verb whose clause tells the act: itself, or the light verb of a noun."""
    if is_verbal(trigger):
        return trigger
    head = trigger.head
    carried = trigger.dep_ in {"nsubj", "nsubjpass", "dobj"} and is_verbal(head)
    return head if carried and head.lemma_.lower() in LIGHT else None


def _end(word: Token, last: int) -> int:
    """Return the place behind a word at which another act, a remark or an aside begins."""
    ends = [last]
    for child in word.children:
        if child.i < word.i or not is_verbal(child):
            continue
        marks = {c.lower_ for c in child.children if c.dep_ in {"mark", "advmod"}}
        beside = child.dep_ in {"conj", "parataxis"}
        if beside or (child.dep_ == "advcl" and marks & _ASIDE):
            start = child.left_edge.i
            ends.append(start - (beside and word.doc[start - 1].dep_ == "cc"))
    for token in word.doc[word.i + 1 : last - 1]:
        follows = {token.nbor(1).lower_, token.nbor(2).lower_ if token.i + 2 < last else ""}
        if token.text == "," and follows & _RELATIVE:
            ends.append(token.i)
    return min(ends)
