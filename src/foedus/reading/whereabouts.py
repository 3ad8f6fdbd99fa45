"""Where something was done: the place that an act's own clause gives it.

A place counts when it hangs on the act itself ("met in Doha"), on what was struck or held ("hit a
school in Gaza City", "talks in Cairo"), or is what was struck, taken or visited. A place inside
another clause, or deep inside a phrase ("a truce with the movement in Yemen"), is that clause's or
that phrase's. "Here" is the place of the dateline; "there" and "the town" are the place told last.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from foedus.reading.clauses import is_verbal
from foedus.reading.knowledge import Place, capital_of, cities, key, states, words
from foedus.reading.names import LOCATIVE
from foedus.reading.parsed import line_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from foedus.reading.names import Names
    from foedus.reading.tokens import Token

_HOLDS_PLACES = words("place-noun")
_SIDES_OF_A_PLACE = frozenset([
    "northern", "southern", "eastern", "western", "central", "north", "south", "east", "west",
    "northeastern", "northwestern", "southeastern", "southwestern", "occupied", "upper", "lower",
])  # fmt: skip
_LAND = frozenset([
    "territory", "soil", "airspace", "city", "town", "village", "position", "water", "border",
    "province", "region", "capital", "coast", "land", "side", "target", "infrastructure", "port",
    "airfield", "airbase", "base",
])  # fmt: skip
_AGAIN = frozenset([
    "city", "town", "village", "region", "province", "area", "district", "port", "island", "camp",
    "settlement", "valley",
])  # fmt: skip
_AT_REST = frozenset(["in", "at", "near", "inside", "outside", "within"])
_DATELINE_WORDS = 8
_VENUE_REACH = 3
_AT_ANOTHER_TIME = frozenset(["after", "before", "since", "until", "amid", "despite", "following"])
_OF_THE_WAR = frozenset([
    "war", "conflict", "fighting", "ceasefire", "truce", "crisis", "situation", "offensive",
    "violence", "dispute", "hostage", "front", "troop", "force", "movement", "soldier", "attack",
])  # fmt: skip
_BODILY = frozenset(["dobj", "nsubjpass"])
_ARGUMENTS = frozenset(["nsubj", "nsubjpass", "dobj", "attr", "pobj", "appos", "conj", "oprd"])


def own_place(
    names: Names, trigger: Token, *, reach: int, bodily: bool, leaving: bool = False
) -> Place | None:
    """Return the place that a verb's or a noun's own clause gives it; None when it gives none.

    ``reach`` is how many nouns may stand between the two: 0 for words of speech, where only "in" and
    its like count, more where things are struck. ``bodily`` takes an object or a passive subject
    that is a place ("shelled Merrow", "Merrow was shelled"); ``leaving`` takes "from" as well. A
    town goes before its region, and a region before its state.
    """
    found: list[tuple[bool, int, int, Token]] = []
    for word in trigger.subtree:
        if word.i == 0 and _is_dateline(word, names):
            continue
        depth = _depth(word, trigger)
        from_it = leaving and word.dep_ == "pobj" and word.head.lower_ == "from"
        if depth is None or not (from_it or _is_used(word, reach, bodily=bodily)):
            continue
        place = named_place(word, names)
        naming = names.naming(word)
        palace = naming is not None and naming.how == "metonym"
        if place is None:
            continue
        venue = reach > 0 and (palace or (_grain(place) == 0 and not _is_of_the_war(word, trigger)))
        if depth <= (_VENUE_REACH if venue else reach):
            found.append((naming is None, _grain(place), depth, word))
    if found:
        nearest = min(found, key=lambda item: (*item[:3], abs(item[3].i - trigger.i)))
        return _with_others(nearest[3], names)
    return _relative(trigger, names) if bodily else None


def _is_of_the_war(word: Token, trigger: Token) -> bool:
    """Say whether a place belongs to what is spoken of: "talks on the war in Merrow"."""
    node = word
    while node.head.i not in {node.i, trigger.i}:
        node = node.head
        if node.lemma_.lower() in _OF_THE_WAR or node.lower_ in {"on", "about", "over"}:
            return True
    return False


def _grain(place: Place) -> int:
    """Return 0 for a town, 1 for a region, 2 for a state."""
    if place.name in states():
        return 2
    return 0 if key(place.name) in cities() else 1


def _is_used(word: Token, reach: int, *, bodily: bool) -> bool:
    """Say whether a word stands where a place of an act stands."""
    if word.dep_ not in _ARGUMENTS:
        return False
    head = word
    while head.dep_ in {"conj", "appos"} and head.head.i < head.i:
        head = head.head
    if head.dep_ == "pobj":
        fitting = LOCATIVE if reach else _AT_REST
        return head.head.lower_ in fitting or _is_of_a_place(head)
    return bodily and head.dep_ in _BODILY


def _is_of_a_place(noun: Token) -> bool:
    """Say whether a place follows its kind: "the port of Merrow"."""
    return noun.head.lower_ == "of" and noun.head.head.lemma_.lower() in _HOLDS_PLACES


def named_place(word: Token, names: Names) -> Place | None:
    """Return the place that a noun phrase names: "Merrow", "Sisaket province", "Ardali territory"."""
    naming = names.naming(word)
    if naming is not None and naming.how == "metonym":
        actor = naming.actor
        return capital_of(actor.name) if actor is not None and actor.kind == "state" else None
    if naming is not None and naming.how != "demonym":
        return _sided(word, naming.place) if naming.place is not None else None
    lemma = word.lemma_.lower()
    if lemma not in _HOLDS_PLACES | _LAND:
        return None
    beside = (c for c in word.children if c.dep_ in {"compound", "amod", "poss", "nmod"})
    return next((p for c in beside if (p := _lying_in(c, lemma, names))), None) or _of(word, names)


def _lying_in(beside: Token, lemma: str, names: Names) -> Place | None:
    """Return the place that a word beside a noun gives: "Ardali soil", "Merrow's port"."""
    naming = names.naming(beside)
    if naming is None:
        return None
    actor = naming.actor
    if naming.how == "demonym" or beside.dep_ == "poss":
        if lemma in _LAND and actor is not None and actor.kind == "state":
            return Place(name=actor.name, country=actor.country)
        return naming.place if naming.how == "place" else None
    return naming.place if lemma in _HOLDS_PLACES else None


def _of(noun: Token, names: Names) -> Place | None:
    """Return the place behind its kind: "the port of Merrow"; "the capital of X" is not X."""
    if noun.lemma_.lower() in _HOLDS_PLACES - {"capital"}:
        for child in noun.children:
            for inner in child.children if child.lower_ == "of" else ():
                if inner.dep_ == "pobj":
                    return named_place(inner, names)
    return None


def _sided(word: Token, place: Place) -> Place:
    """Return a part of a country by its side: "southern Lebanon"."""
    sides = [c.lower_ for c in word.children if c.lower_ in _SIDES_OF_A_PLACE and c.i < word.i]
    if not sides or place.name.split()[0].casefold() in _SIDES_OF_A_PLACE:
        return place
    return replace(place, name=f"{' '.join(sides)} {place.name}")


def _depth(word: Token, trigger: Token) -> int | None:
    """Return how many nouns stand between a place and its act; None when another clause does."""
    depth, node = 0, word
    while node.i != trigger.i:
        node = node.head
        if node.i == trigger.i:
            return depth
        if node.lower_ in _AT_ANOTHER_TIME:
            return None  # "fired at the port, days after talks in Doha"
        if is_verbal(node) or node.dep_ in {"relcl", "acl", "advcl"} or node.head.i == node.i:
            return None
        depth += node.pos_ in {"NOUN", "PROPN"} and node.dep_ not in {"conj", "appos"}
    return depth


def _relative(trigger: Token, names: Names) -> Place | None:
    """Return the place that a relative clause says was taken: "Merrow, which it captured"."""
    objects = {c.lower_ for c in trigger.children if c.dep_ in {"dobj", "nsubjpass"}}
    if trigger.dep_ != "relcl" or not objects & {"which", "that"}:
        return None
    return _with_others(trigger.head, names)


def _with_others(word: Token, names: Names) -> Place | None:
    """Return a place with those listed beside it in the same country: "Goma, Bukavu"."""
    head = word
    while head.dep_ == "conj" and head.head.i < head.i:
        head = head.head
    listed = (p for t in (head, *head.conjuncts) if (p := named_place(t, names)))
    places = list(dict.fromkeys(listed))
    place = places[0] if places else named_place(word, names)
    same = [p.name for p in places if place is not None and p.country == place.country]
    return replace(place, name=", ".join(same)) if place is not None and len(same) > 1 else place


def said_place(names: Names, trigger: Token) -> Place | None:
    """Return the place that "here", "there" or "the town" means in an act's sentence."""
    for word in trigger.sent:
        if word.lower_ == "here" and word.dep_ == "advmod" and _depth(word, trigger) is not None:
            return dateline_place(names)
        again = word.lower_ == "there" and word.dep_ == "advmod"
        kind = word.lemma_.lower() in _AGAIN and any(
            c.lower_ in {"the", "that", "this"} for c in word.children
        )
        bare = kind and not any(c.dep_ in {"compound", "amod", "prep"} for c in word.children)
        if (again or (bare and word.dep_ in {"pobj", "dobj"})) and _depth(
            word, trigger
        ) is not None:
            return last_place(names, word)
    return None


def last_place(names: Names, word: Token) -> Place | None:
    """Return the last town or region named before a word; states are none."""
    here = (line_of(word), word.i)
    found = None
    for naming in names.namings:
        if (naming.line, naming.first) >= here:
            break
        if naming.how in {"place", "capital"} and naming.place is not None:
            head = names.parsed.lines[naming.line].doc[naming.last]
            if naming.how == "place" or names.is_place_here(head):
                found = naming.place
    return found


def dateline_place(names: Names) -> Place | None:
    """Return the town that the first paragraph is dated from: "OSTHAVEN, 3 May (Wire) - "."""
    for naming in names.namings:
        line = names.parsed.lines[naming.line]
        if naming.first == 0 and line.kind == "paragraph" and _is_dateline(line.doc[0], names):
            return naming.place
    return None


def _is_dateline(word: Token, names: Names) -> bool:
    """Say whether a word at the head of a line is the town that the line is dated from."""
    naming = names.naming(word)
    if naming is None or naming.place is None or naming.first > 0:
        return False
    behind = word.doc[naming.last + 1 : naming.last + 1 + _DATELINE_WORDS]
    if word.doc[: naming.last + 1].text.isupper() and len(behind) and behind[0].text in {",", "."}:
        return True
    for token in behind:
        if token.text in {"-", "--"} and token.i + 1 < len(word.doc):
            spaced = word.doc[token.i - 1].whitespace_ or token.whitespace_
            return bool(spaced)
        if token.text in {":", "("}:
            return token.i == naming.last + 1 or token.text == "("
        if is_verbal(token):
            return False
    return False


def places_in(names: Names, words_: Iterator[Token]) -> list[Place]:
    """Return the towns and regions that words name as places, in their order."""
    found = []
    for word in words_:
        naming = names.naming(word)
        if naming is None or naming.how not in {"place", "capital"} or naming.last != word.i:
            continue
        if naming.place is not None and (naming.how == "place" or names.is_place_here(word)):
            found.append(naming.place)
    return list(dict.fromkeys(found))
