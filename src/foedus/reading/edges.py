"""Where the content of speech begins and ends: what a parse joins loosely, or has torn off."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.reading.clauses import is_verbal, own_subject
from foedus.reading.cues import frames

if TYPE_CHECKING:
    from foedus.reading.tokens import Token

_PHRASE_LEAST = 3
ASKS_FOR = frozenset(["insist", "suggest", "advise", "stress", "maintain", "reiterate"])


def run(tokens: list[Token]) -> tuple[Token, ...]:
    """Return tokens without what cannot begin or end a content; () when nothing is left."""
    while tokens and (tokens[-1].is_space or tokens[-1].text in ",;:-\"'--"):
        tokens.pop()
    while tokens and (tokens[0].is_space or tokens[0].text in ",;:-\"'--."):
        tokens.pop(0)
    return tuple(tokens)


def is_mandative(content: Token) -> bool:
    """Say whether a clause asks for something: "insisted that Ardal leave first" is no claim."""
    doer = own_subject(content)
    bare = content.tag_ in {"VB", "VBP", "NN"} and not any(
        c.dep_ == "aux" for c in content.children
    )
    return (
        bare
        and content.i > 0
        and doer is not None
        and doer.tag_ in {"NN", "NNP"}
        and (doer.i < content.i and content.lemma_.lower() == content.lower_)
    )


def without_day_of_speech(kept: list[Token]) -> list[Token]:
    """Leave out when something was said, which the parser takes for when it happened.

    "said on Thursday its forces had crossed": the day stands between the verb and the subject.
    """
    k = 1 if kept and kept[0].lower_ in {"on", "late", "early", "in"} else 0
    if len(kept) > k + 1 and kept[k].ent_type_ in {"DATE", "TIME"} and kept[0].i > 0:
        end = k
        while end < len(kept) and kept[end].ent_type_ in {"DATE", "TIME"}:
            end += 1
        plain = end < len(kept) and kept[end].text != "," and kept[end].pos_ not in {"VERB", "AUX"}
        if plain and kept[0].nbor(-1).pos_ == "VERB":
            return kept[end:]
    return kept


def is_loose(joined: Token) -> bool:
    """Say whether a coordinated clause is the writer's own: ", but it did not ..."."""
    if any(c.dep_ == "mark" and c.lower_ == "that" for c in joined.children):
        return False
    if own_subject(joined) is None:
        but = any(c.dep_ == "cc" and c.lower_ == "but" for c in joined.head.children)
        if but and joined.tag_ in {"VBZ", "VBP"} and _is_set_back(joined.head):
            return True  # "said it would study the list but wants the men freed first"
        told = joined.lemma_.lower() in frames() and (but or joined.tag_ == "VBD")
        return told and joined.head.tag_ != "VBD"
    joint = joint_of(joined)
    return (
        joint.i > 0
        and joint.text in {",", "but"} | {"and"}
        and (joint.text == "," or joint.nbor(-1).text == ",")
    )


def _is_set_back(verb: Token) -> bool:
    """Say whether a verb stands as reported speech does behind "said": would leave, had left."""
    return verb.tag_ == "VBD" or any(c.lower_ in {"would", "had"} for c in verb.children)


def joint_of(joined: Token) -> Token:
    """Return where a coordinated clause is joined: its comma or its conjunction."""
    edge = joined.left_edge
    while edge.i > joined.sent.start and edge.nbor(-1).text.lower() in {",", "but", "and", "or"}:
        edge = edge.nbor(-1)
    return edge


def with_rest(kept: list[Token]) -> list[Token]:
    """Return a content with what a parse has torn off: behind a bare "and", or a verb it never saw.

    "said that talks with the other side | had begun": a clause has a verb.
    """
    if kept and kept[0].lower_ == "that":
        kept = kept[1:]
    torn = len(kept) >= _PHRASE_LEAST and not any(is_verbal(t) for t in kept)
    ends = bool(kept) and (torn or kept[-1].lower_ == "and")
    if not ends or kept[-1].i + 1 >= kept[-1].sent.end:
        return kept
    doc, end = kept[-1].doc, kept[-1].sent.end
    stop = next((k for k in range(kept[-1].i, end) if doc[k].text == ";"), end)
    while stop > kept[-1].i + 1 and doc[stop - 1].is_punct:
        stop -= 1
    return [*kept, *doc[kept[-1].i + 1 : stop]]


def with_second(verb: Token, kept: list[Token]) -> list[Token]:
    """Return a content with a second "that" clause, which the parse hangs on the verb by itself.

    "said that the road was shut, but that trucks would come".
    """
    for child in verb.children:
        later = bool(kept) and child.i > kept[-1].i and child.dep_ in {"ccomp", "conj"}
        if not later or not any(c.dep_ == "mark" and c.lower_ == "that" for c in child.children):
            continue
        gap = verb.doc[kept[-1].i + 1 : child.left_edge.i]
        if all(t.lower_ in {",", "and", "but"} for t in gap):
            return [*kept, *gap, *child.subtree]
    return kept
