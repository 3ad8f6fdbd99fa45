"""Persons as one report introduces them: by the model, by a title, by an apposition.

A full name is learnt once, and its surname leads back to it; a surname behind a title stands for
itself when the report never gives more ("President Orsov").
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from foedus.reading.knowledge import Actor, Entry, cities, entries, key, surnames, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from foedus.reading.parsed import Parsed
    from foedus.reading.tokens import Doc, Token

NOT_NAMES = frozenset([
    "the", "a", "an", "this", "that", "these", "those", "it", "he", "she", "they", "we", "i", "his",
    "her", "its", "their", "our", "my", "on", "in", "at", "by", "for", "monday", "tuesday",
    "wednesday", "thursday", "friday", "saturday", "sunday", "january", "february", "march",
    "april", "may", "june", "july", "august", "september", "october", "november", "december", "new",
    "south", "north", "east", "west", "southern", "northern", "eastern", "western", "central",
    "former", "foreign", "prime", "joint", "summary", "bulletin", "statement", "talks", "nobody",
    "parliament", "army", "government", "president", "minister", "both", "all", "some", "many",
    "most", "each", "either", "neither", "but", "and", "if", "when", "while", "after", "before",
    "since", "until", "because", "as", "no", "yes", "not", "who", "what", "where", "why", "how",
    "there", "here", "under", "with", "without", "from", "to", "of", "state", "federal", "national",
    "security", "supreme", "civil", "royal", "interior", "defence", "defense", "health", "senior",
    "local", "regional", "provincial", "military", "naval", "air", "border", "enemy", "rebel",
    "opposition", "transitional", "exiled", "allied", "acting", "deputy", "special", "other",
    "two", "three", "four", "five", "six", "several", "later", "earlier", "then", "now", "its",
])  # fmt: skip
_PARTICLES = frozenset(
    ["al", "-", "bin", "ibn", "van", "von", "de", "der", "el", "da", "dos", "di"]
)
_TITLE_WORDS_MOST = 4
_SHOUTED_LEAST = 3


@dataclass(slots=True)
class Local:
    """What this report alone teaches, filled while it is read and not touched afterwards."""

    known: dict[str, Entry] = field(default_factory=dict)
    persons: dict[str, Actor] = field(default_factory=dict)
    """Persons of the report by their key."""
    surnames: dict[str, Actor] = field(default_factory=dict)
    countries: dict[str, int] = field(default_factory=dict)
    """How often each country is named, by its alpha-3 code: tells apart places of one name."""
    sides: set[str] = field(default_factory=set)
    """The states, groups and organisations that the report names or whose people it names."""


Stretch = tuple["Doc", int, int]
"""A line's parse, and the first and last token of a name in it."""


def stretches(parsed: Parsed) -> list[Stretch]:
    """Return where the report names persons, in order of its lines."""
    return [
        (line.doc, first, last)
        for line in parsed.lines
        for first, last in person_stretches(line.doc)
    ]


def learn_persons(found: list[Stretch], local: Local, *, alone: bool) -> None:
    """Take persons with full names or, once those are known, those with a surname ``alone``."""
    for doc, first, last in found:
        _learn_person(doc, first, last, local, alone=alone)


def _learn_person(doc: Doc, first: int, last: int, local: Local, *, alone: bool) -> None:
    """Take a person under the full name; under the surname when the report gives no more."""
    parts = [
        token.text for token in doc[first : last + 1] if not token.is_punct or "-" in token.text
    ]
    name = doc[first : last + 1].text.strip()
    if (len(parts) < 2) != alone or key(name) in entries() or key(name) in local.known:
        return
    surname = key(parts[-1])
    if alone:
        if surname in local.surnames or surname in surnames() or not _after_title(doc, first):
            return
        actor = Actor(name=name, side=None, kind="person")
    elif surname in surnames() and _is_short_for(parts[0], surnames()[surname].name):
        actor = surnames()[surname]
    else:
        actor = Actor(name=name, side=None, kind="person")
    local.persons.setdefault(key(name), actor)
    local.surnames.setdefault(surname, actor)


def _is_short_for(first: str, known: str) -> bool:
    """Say whether a first name is that of a known person, or its initial.

    Examples
    --------
    >>> _is_short_for("V.", "Viktor Orlan"), _is_short_for("Vera", "Viktor Orlan")
    (True, False)
    """
    start = key(known).split()[0]
    given = key(first)
    return given == start or (len(given) == 1 and start.startswith(given))


def _after_title(doc: Doc, first: int) -> bool:
    return first > 0 and doc[first - 1].lower_.strip(".") in words("title")


def person_stretches(doc: Doc) -> Iterator[tuple[int, int]]:
    """Yield first and last token of each person's name, titles and possessives left out."""
    for ent in doc.ents:
        if ent.label_ != "PERSON":
            continue
        first, last = _trimmed(doc, ent.start, ent.end - 1)
        if doc[last].lower_ in _bodies():
            continue
        if doc[first].text[:1].isupper() and not any(
            t.is_digit or t.text in {":", "(", ")", '"'} for t in doc[first : last + 1]
        ):
            yield first, last
    titles = words("title")
    for token in doc:
        if token.lower_.strip(".") in titles and token.i + 1 < len(doc):
            last = token.i
            while (
                last + 1 < len(doc)
                and last - token.i < _TITLE_WORDS_MOST
                and is_name_word(doc[last + 1])
            ):
                last += 1
            if last > token.i and (last - token.i > 1 or token.text[:1].isupper()):
                yield token.i + 1, last
    yield from _introduced(doc)


def _trimmed(doc: Doc, first: int, last: int) -> tuple[int, int]:
    """Return a stretch without titles before it and marks at its ends."""
    while last > first and (doc[last].tag_ == "POS" or doc[last].is_punct or doc[last].is_space):
        last -= 1
    while first < last and (
        doc[first].lower_.strip(".") in words("title")
        or doc[first].is_punct
        or _known_alone(doc[first].text)
    ):
        first += 1
    return first, last


def _introduced(doc: Doc) -> Iterator[tuple[int, int]]:
    """Yield names that an apposition or a verb of speech shows to be persons'.

    "Ana Orsov, the foreign minister", "the foreign minister, Ana Orsov", "said Ana Orsov".
    """
    k, tokens = 0, doc.words
    while k < len(tokens):
        last = k
        while last < len(tokens) and last - k < _TITLE_WORDS_MOST and is_name_word(tokens[last]):
            last += 1
        last -= 1
        if (
            last - k >= 1
            and tokens[k].text != "-"
            and _ends_as_a_person(doc, k, last)
            and _is_introduced(doc, k, last)
        ):
            yield k, last
        k = max(last, k) + 1


def _ends_as_a_person(doc: Doc, first: int, last: int) -> bool:
    """Refuse names that end or begin as those of bodies and places do."""
    for token in doc[first : last + 1]:
        word = token.lower_
        if word in _bodies() or token.ent_type_ in {"NORP", "FAC"}:
            return False
    known = key(doc[first : last + 1].text)
    return doc[last].text not in _PARTICLES and known not in cities() and known not in entries()


def _is_introduced(doc: Doc, first: int, last: int) -> bool:
    behind = doc[last + 1 : last + 9]
    if len(behind) > 1 and behind[0].text == ",":
        stop = next((k for k, t in enumerate(behind) if k and t.text in {",", "."}), len(behind))
        if any(t.lemma_.lower() in words("role") for t in behind[1:stop]):
            return True
    ahead = doc[max(0, first - 7) : first]
    if len(ahead) < 2 or ahead[-1].text != ",":
        return False
    for token in reversed(list(ahead[:-1])):
        if token.lemma_.lower() in words("role"):
            return True
        if token.pos_ in {"VERB", "AUX", "PUNCT"}:
            return False
    return False


def is_name_word(token: Token) -> bool:
    """Say whether a token can be part of a person's name."""
    text = token.text
    if text in _PARTICLES:
        return True
    if not text[0].isupper() or not text.replace("-", "").replace("'", "").isalpha():
        return False
    if text.isupper() and len(text) >= _SHOUTED_LEAST:
        return False  # a heading in capitals
    lower = token.lower_
    named = lower in words("title") or lower in NOT_NAMES or lower in _bodies()
    return not named and not _known_alone(text)


@cache
def _bodies() -> frozenset[str]:
    """Return the nouns that name bodies and no persons."""
    kinds = ("org-name", "group-name", "office", "institution")
    return frozenset().union(*(words(kind) for kind in kinds))


def _known_alone(word: str) -> bool:
    entry = entries().get(key(word))
    return entry is not None and entry.actor is not None and entry.actor.kind != "person"
