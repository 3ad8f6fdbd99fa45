"""Whom a person or an office acts for, when the name itself does not tell.

The words beside a name come first: its title ("Ardali Foreign Minister Ana Orsov"), an apposition
("Ana Orsov, the envoy of Ardal"), a clause ("who leads Ardal's team"). An official without any such
word belongs to the country that the sentences before speak of: `home`.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from foedus.reading.knowledge import state_of_country, states, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from foedus.reading.mentions import Naming
    from foedus.reading.parsed import Parsed
    from foedus.reading.tokens import Doc, Token

_STATEMENT = re.compile(
    r"\b(?:statement|communiqu[eé]|press release|bulletin|declaration) (?:by|of|from)\b",
    re.IGNORECASE,
)
_TITLE_WORDS_MOST = 9
_APPOSITION_WORDS_MOST = 16
_LINES_BACK = 4
_ACTS_FOR = frozenset([
    "lead", "head", "represent", "chair", "command", "speak", "negotiate", "govern", "mediate", "serve",
    "run", "advise", "lead", "work", "direct",
])  # fmt: skip
_PAST = frozenset(["former", "late", "ousted", "retired", "exiled", "deposed"])
_PLACES = frozenset(["place", "capital"])


def with_sides(parsed: Parsed, found: Sequence[Naming]) -> Iterator[Naming]:
    """Give each person without a side the one that the text states, or that the office implies."""
    sides = _stated(parsed, found)
    for naming in found:
        actor = naming.actor
        if actor and actor.side is None and actor.name in sides:
            yield replace(naming, actor=replace(actor, side=sides[actor.name]))
        else:
            yield naming


def _stated(parsed: Parsed, found: Sequence[Naming]) -> dict[str, str]:
    """Return the side of each person without one, by name."""
    by_line: dict[int, list[Naming]] = {}
    for naming in found:
        by_line.setdefault(naming.line, []).append(naming)
    sides: dict[str, str] = {}
    officials: dict[str, Naming] = {}
    for naming in found:
        actor = naming.actor
        if actor is None or actor.kind != "person" or actor.side or actor.name in sides:
            continue
        doc = parsed.lines[naming.line].doc
        others = by_line[naming.line]
        side = (
            _beside(doc, naming, others)
            or _led(parsed, naming, others)
            or _possessed(parsed, found, naming)
        )
        if side:
            sides[actor.name] = side
        elif _is_official(doc, naming):
            officials.setdefault(actor.name, naming)
    for name, naming in officials.items():
        implied = home(parsed, found, naming.line, naming.first)
        if implied:
            sides.setdefault(name, implied)
    return sides


def home(parsed: Parsed, namings: Sequence[Naming], line: int, at: int) -> str | None:
    """Return the state that the words before a place of the text speak of; None when none does.

    Nearest sentence first: the one country of the towns it names, else the state of its subject.
    """
    issuer = _issuer(parsed, namings)
    if issuer is not None:
        return issuer
    doc = parsed.lines[line].doc
    here = doc[at].sent
    named = frozenset(
        n.actor.side for n in namings if n.how != "capital" and n.actor and n.actor.side
    )
    for number in range(line, max(-1, line - _LINES_BACK - 1), -1):
        inside = [n for n in namings if n.line == number]
        for sent in reversed(list(parsed.lines[number].doc.sents)):
            if number == line and sent.start > here.start:
                continue
            told = [n for n in inside if sent.start <= n.first < sent.end]
            if number == line and sent.start == here.start:  # who is spoken of is not who speaks
                told = [n for n in told if n.last < at or (n.first > at and n.how in _PLACES)]
            state = _state_told(parsed.lines[number].doc, told, named)
            if state:
                return state
    return _most_named(namings)


def _issuer(parsed: Parsed, namings: Sequence[Naming]) -> str | None:
    """Return the one side that a statement's heading names: its officials are that side's."""
    if not parsed.lines or not _STATEMENT.search(parsed.lines[0].text):
        return None
    if parsed.lines[0].kind == "paragraph":
        return None
    sides = {n.actor.side for n in namings if n.line == 0 and n.actor and n.actor.side}
    return next(iter(sides)) if len(sides) == 1 else None


def _state_told(doc: Doc, told: Sequence[Naming], named: frozenset[str]) -> str | None:
    countries = {n.place.country for n in told if n.how in _PLACES and n.place and n.place.country}
    state = state_of_country(next(iter(countries))) if len(countries) == 1 else None
    if state is not None and (state in named or not named):  # else a mere venue
        return state
    for naming in told:
        side = naming.actor.side if naming.actor else None
        head = doc[naming.first]
        while head.dep_ in {"compound", "amod", "poss", "nmod"} and head.head is not head:
            head = head.head
        if side in states() and head.dep_ in {"nsubj", "nsubjpass"}:
            return side
        if side and side not in states() and naming.actor and naming.actor.kind == "state":
            return side  # a state that only this report knows
    return None


def _most_named(namings: Sequence[Naming]) -> str | None:
    counts: dict[str, int] = {}
    for naming in namings:
        if (
            naming.actor
            and naming.actor.kind in {"state", "force", "ministry"}
            and naming.actor.side
        ):
            counts[naming.actor.side] = counts.get(naming.actor.side, 0) + 1
    return max(counts, key=lambda side: counts[side]) if counts else None


def _beside(doc: Doc, naming: Naming, others: Sequence[Naming]) -> str | None:
    """Read the words that lead up to a name, then the apposition or clause behind it."""
    before = _title_start(doc, naming)
    roles = words("role") | words("title")
    inside = [doc[k].lower_.strip(".") for k in range(before, naming.first)]
    if any(word in roles for word in inside) and not _PAST & set(inside):
        side = _first_side(others, before, naming.first - 1)
        if side:
            return side
    end = _apposition_end(doc, naming.last)
    if end is None:
        return None
    start = naming.last + 2
    behind = [doc[k] for k in range(start, end)]
    who = next((k for k, t in enumerate(behind) if t.lower_ in {"who", "which"}), None)
    if who is not None and any(t.lemma_ in _ACTS_FOR for t in behind[who:]):
        return _first_side(others, start + who, end - 1)
    if not behind or _PAST & {t.lower_ for t in behind}:
        return None
    if any(t.lemma_.lower() in words("official") for t in behind):
        return _first_side(others, start, end - 1)
    return None


def _led(parsed: Parsed, naming: Naming, others: Sequence[Naming]) -> str | None:
    """Return whom somebody leads by the sentence itself: "Voss led the Ardali observers"."""
    doc = parsed.lines[naming.line].doc
    verb = doc[naming.last].head
    if doc[naming.last].dep_ != "nsubj" or verb.lemma_ not in _ACTS_FOR or verb.i < naming.last:
        return None
    for child in verb.children:
        if child.dep_ == "dobj":
            return _first_side(others, child.left_edge.i, child.right_edge.i)
    return None


def _possessed(parsed: Parsed, found: Sequence[Naming], naming: Naming) -> str | None:
    """Return whose somebody is by "its", "their" or "the group's": the subject before, or the group."""
    doc = parsed.lines[naming.line].doc
    title = [doc[k] for k in range(_title_start(doc, naming), naming.first)]
    if not any(t.lower_ in words("role") | words("title") for t in title):
        return None
    own = any(t.lower_ in {"its", "their"} for t in title)
    group = any(t.lemma_.lower() in words("group") and t.dep_ == "poss" for t in title)
    if not own and not group:
        return None
    kinds = {"group"} if group else {"state", "group", "organisation"}
    here = (naming.line, naming.first)
    before = [n for n in found if (n.line, n.first) < here and n.actor and n.actor.kind in kinds]
    near = [n for n in before if here[0] - n.line <= 1]
    subjects = [n for n in near if parsed.lines[n.line].doc[n.last].dep_ in {"nsubj", "nsubjpass"}]
    chosen = (subjects or near)[-1:]
    return chosen[0].actor.side if chosen and chosen[0].actor else None


def _title_start(doc: Doc, naming: Naming) -> int:
    before = naming.first - 1
    steps = 0
    while (
        before >= 0 and steps < _TITLE_WORDS_MOST and _belongs_to_a_title(doc[before], naming.first)
    ):
        before -= 1
        steps += 1
    return before + 1


def _apposition_end(doc: Doc, last: int) -> int | None:
    """Return where the words added behind a name end; None when nothing is added."""
    if last + 2 >= len(doc) or doc[last + 1].text not in {",", "(", "-"}:
        return None
    clause = False
    end = last + 2
    while end < len(doc) and end - last < _APPOSITION_WORDS_MOST:
        token = doc[end]
        clause = clause or token.lower_ in {"who", "which"}
        if token.text in {",", ".", ";", ")", '"'}:
            break
        if not clause and token.pos_ in {"VERB", "AUX"} and token.tag_ != "VBG":
            break
        end += 1
    return end


def _is_official(doc: Doc, naming: Naming) -> bool:
    """Say whether a name carries an office of state in its title or apposition."""
    official = words("official")
    before = [doc[k].lower_ for k in range(_title_start(doc, naming), naming.first)]
    if _PAST & set(before):
        return False
    if any(word.strip(".") in official for word in before):
        return not _of_a_body(doc, _title_start(doc, naming), naming.first)
    end = _apposition_end(doc, naming.last)
    behind = [doc[k] for k in range(naming.last + 2, end)] if end is not None else []
    if not behind or _PAST & {t.lower_ for t in behind}:
        return False
    held = any(t.lemma_.lower() in official for t in behind)
    return held and not _of_a_body(doc, behind[0].i, behind[-1].i + 1)


def _of_a_body(doc: Doc, first: int, end: int) -> bool:
    """Say whether an office is that of a body that is no state's: "the head of the mission"."""
    return any(doc[k].lemma_.lower() in words("own-body") for k in range(first, end))


def _belongs_to_a_title(token: Token, name_at: int) -> bool:
    if token.text == ",":
        return token.i == name_at - 1
    return (
        token.pos_ in {"PROPN", "ADJ", "NOUN", "DET", "PART"}
        or token.text in {"'s", "'", "-", "of", "for"}
    ) and token.sent == token.doc[name_at].sent


def _first_side(others: Sequence[Naming], first: int, last: int) -> str | None:
    """Return the side that words between two places of a line name, else the state of a town there."""
    inside = [n for n in others if first <= n.first and n.last <= last]
    for other in inside:
        if other.actor and other.actor.kind != "person":
            return other.actor.side
    for other in inside:
        if other.place and other.place.country:
            return state_of_country(other.place.country)
    return None
