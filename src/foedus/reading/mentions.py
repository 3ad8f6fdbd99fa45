"""Where a report names somebody or some place: knowledge first, the model's opinion second.

`find_namings` first learns what this report alone can teach (`foedus.reading.learning`), then marks
every stretch that names something, the longest first, and last gives each new person the side that
the text states beside the name (`foedus.reading.sides`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from foedus.reading.knowledge import (
    Actor,
    Entry,
    Place,
    adjectives,
    cities,
    entries,
    key,
    namesakes,
    place_aliases,
    surnames,
    words,
)
from foedus.reading.learning import COMPASS, learn
from foedus.reading.persons import NOT_NAMES
from foedus.reading.sides import with_sides

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from foedus.reading.knowledge import How
    from foedus.reading.parsed import Line, Parsed
    from foedus.reading.persons import Local
    from foedus.reading.tokens import Doc, Token, Words

_WORD = re.compile(r"[^\W_]+(?:[.'’][^\W_]+)*\.?")
_PARTICLES = ("al-", "von ", "bin ")
_MARKS = frozenset(',;:!?()"/\n')  # of which no name holds one
_NAME_WORDS_MOST = 10
_LOCATIVE = frozenset([
    "in", "at", "near", "from", "to", "outside", "around", "over", "into", "across", "inside",
    "towards", "toward", "of", "on", "between", "through", "beyond", "off", "above",
])  # fmt: skip
_NAME_TAGS = frozenset([
    "PROPN", "ADJ", "NOUN", "X", "VERB", "ADP", "DET", "PRON", "INTJ", "ADV", "NUM", "PUNCT",
])  # fmt: skip


_MISTAKEN = frozenset(["NOUN", "ADJ", "VERB"])
"""What the model takes the name of a region for, at times."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Naming:
    """One stretch that names something.

    ``line`` is the line's number; ``first`` and ``last`` are token indices in the line's parse, both
    included; ``how`` says whether the name stands for itself, or is a demonym, a capital or a metonym.
    A capital names an actor and a place; which of them is for the sentence to say.
    """

    line: int
    first: int
    last: int
    how: How
    actor: Actor | None
    place: Place | None


def find_namings(parsed: Parsed) -> tuple[Naming, ...]:
    """Return every naming of the report in order of the text; none overlaps another."""
    local = learn(parsed)
    marker = _Marker(local)
    found = [
        naming for line in parsed.lines for naming in _owned(line.doc, list(marker.namings(line)))
    ]
    return tuple(with_sides(parsed, found))


def _owned(doc: Doc, found: list[Naming]) -> Iterator[Naming]:
    """Give an office to the state that stands before it: "Sundria's Joint Chiefs" are Sundria's."""
    for k, naming in enumerate(found):
        before, actor = found[k - 1] if k else None, naming.actor
        owner = before.actor if before is not None else None
        if (
            before is None
            or owner is None
            or owner.kind != "state"
            or actor is None
            or actor.kind not in {"force", "ministry"}
            or actor.side == owner.name
            or doc[before.last + 1 : naming.first].text not in {"", "'s", "'"}
        ):
            yield naming
            continue
        name = (
            f"{adjectives().get(owner.name, owner.name)} {doc[naming.first : naming.last + 1].text}"
        )
        yield replace(naming, actor=Actor(name=name, side=owner.name, kind=actor.kind))


class _Marker:
    """Marks line after line; remembers who bore a surname last, for two may share one."""

    def __init__(self, local: Local) -> None:
        self.local = local
        self.bearers: dict[str, Actor] = {}
        self.starts = _starts() | _first_words(local.known) | _first_words(local.persons)

    def namings(self, line: Line) -> Iterator[Naming]:
        """Yield the namings of one line, the longest first at each place, left to right."""
        doc, text = line.doc, line.text
        found = [match.span() for match in _WORD.finditer(text)]
        begins = set(doc.places)
        at, last = 0, None
        while at < len(found):
            start = found[at][0]
            particle = text.startswith(_PARTICLES, start)
            if start not in begins or not (particle or text[start].isupper()):
                at += 1
                continue
            for length in range(self._reach(text, found, at), 1 if particle else 0, -1):
                end = found[at + length - 1][1]
                surface = text[start:end]
                entry = self._lookup(surface, alone=length == 1)
                span = doc.covering(start, end) if entry else None
                if entry is None or span is None:
                    continue
                if self._is_known_here(entry, span, last) and _fits(
                    entry, span, surface, self.local.countries
                ):
                    last = self._naming(line, entry, span.start, _last(doc, span.start, span.end))
                    yield last
                    at += length
                    break
            else:
                at += 1

    def _is_known_here(self, entry: Entry, span: Words, last: Naming | None) -> bool:
        """Say whether a name that many states have is told with its own, or behind another's."""
        if entry.needs is None or entry.needs in self.local.countries:
            return True
        owner = last.actor if last is not None else None
        beside = last is not None and span.doc[last.last + 1 : span.start].text in {"", "'s", "'"}
        office = entry.actor is not None and entry.actor.kind in {"force", "ministry"}
        return office and beside and owner is not None and owner.kind == "state"

    def _naming(self, line: Line, entry: Entry, first: int, last: int) -> Naming:
        actor = entry.actor
        if actor is not None and actor.kind == "person" and last > first:
            self.bearers[key(line.doc[last].text)] = actor
        return Naming(
            line=line.number, first=first, last=last, how=entry.how, actor=actor, place=entry.place
        )

    def _reach(self, text: str, found: list[tuple[int, int]], at: int) -> int:
        """Return of how many words a name can be that begins at a word."""
        if at + 1 < len(found):
            first, more, _ = key(text[found[at][0] : found[at + 1][1]]).partition(" ")
            if more and first not in self.starts:
                return 1
        return _unmarked(text, found, at)

    def _lookup(self, surface: str, *, alone: bool) -> Entry | None:
        """Return what words stand for: this report's names, the tables, persons, towns."""
        local, known = self.local, key(surface)
        entry = local.known.get(known) or entries().get(known)
        if entry:
            heard = not entry.capitals or _is_shouted(surface)
            return self._of_two(entry, known) if heard else None
        person = local.persons.get(known)
        if person is None and alone and known not in NOT_NAMES:
            person = self.bearers.get(known) or local.surnames.get(known) or surnames().get(known)
        if person:
            return Entry(actor=person, place=None, how="name", capitals=False)
        towns = cities().get(known) or cities().get(place_aliases().get(known, ""))
        if towns:
            place = _nearest(towns, local.countries)
            return Entry(actor=None, place=place, how="place", capitals=False)
        return None

    def _of_two(self, entry: Entry, known: str) -> Entry:
        """Return, of two known persons of one name, the one whose side the report names."""
        here = [a for a in namesakes().get(known, ()) if a.side in self.local.sides]
        return replace(entry, actor=here[0]) if len(here) == 1 else entry


@cache
def _starts() -> frozenset[str]:
    """Return the first words of all names of several words that the tables hold."""
    return _first_words(entries()) | _first_words(cities()) | _first_words(place_aliases())


def _first_words(keys: Iterable[str]) -> frozenset[str]:
    return frozenset(name.partition(" ")[0] for name in keys if " " in name)


def _unmarked(text: str, found: list[tuple[int, int]], at: int) -> int:
    """Return how many words follow one another without a mark, which no name holds.

    Examples
    --------
    >>> text = "The Sea of Lind, Ardal"
    >>> [_unmarked(text, [match.span() for match in _WORD.finditer(text)], at) for at in range(5)]
    [4, 3, 2, 1, 1]
    """
    last = at
    while (
        last + 1 < len(found)
        and last + 1 - at < _NAME_WORDS_MOST
        and _MARKS.isdisjoint(text[found[last][1] : found[last + 1][0]])
    ):
        last += 1
    return last + 1 - at


def _is_shouted(surface: str) -> bool:
    shout = surface.replace(".", "").replace("'s", "").replace("’s", "").replace("-", "")
    return shout.isupper() or any(c.isdigit() for c in shout)


def _nearest(towns: tuple[tuple[Place, int], ...], countries: dict[str, int]) -> Place:
    """Return, of places of one name, the one in the country that the report names most.

    Where the report names none of their countries, it is the largest.

    Examples
    --------
    >>> towns = ((Place(name="Alba", country="ITA"), 30), (Place(name="Alba", country="ROU"), 20))
    >>> _nearest(towns, {"ROU": 2}).country, _nearest(towns, {}).country
    ('ROU', 'ITA')
    """
    return max(towns, key=lambda town: (countries.get(town[0].country or "", 0), town[1]))[0]


def _last(doc: Doc, first: int, end: int) -> int:
    """Return the last token of a name, without a possessive or a full stop."""
    last = end - 1
    while last > first and (doc[last].tag_ == "POS" or doc[last].text in {"'s", "'", "."}):
        last -= 1
    return last


def _fits(entry: Entry, span: Words, surface: str, countries: dict[str, int]) -> bool:
    """Refuse a town or a surname where the word is more likely something else."""
    token = span[0]
    if token.lower_ in COMPASS and len(span) == 1:  # "the North", where that is a state
        behind = token.doc[token.i + 1].pos_ if token.i + 1 < len(token.doc) else ""
        the = token.i > 0 and token.nbor(-1).lower_ == "the"
        return the and behind not in {"PROPN", "NOUN", "ADJ"}
    if entry.how == "place" and (key(surface) in entries() or key(surface) in cities()):
        return _is_place(entry, span, surface, countries)
    if entry.actor and entry.actor.kind == "person" and " " not in surface.strip():
        follows_a_name = (
            token.i > 0
            and token.nbor(-1).pos_ == "PROPN"
            and token.nbor(-1).lower_.strip(".") not in words("title")
            and (token.nbor(-1).ent_type_ == "PERSON" or key(token.nbor(-1).text) not in entries())
            and token.nbor(-1).dep_ == "compound"
        )
        return token.pos_ in {"PROPN", "NOUN", "ADJ", "VERB", "X"} and not follows_a_name
    return token.pos_ in _NAME_TAGS


def _is_place(entry: Entry, span: Words, surface: str, countries: dict[str, int]) -> bool:
    """Say whether a word is a place where it stands; the model takes many small towns for persons.

    A region's name is one anywhere, a town's where a place may stand, or where the model agrees.
    A single name that the model takes for a person's is one only in a country of the report.
    """
    token = span.root
    if token.lower_ in NOT_NAMES and " " not in surface:
        return False
    inside = not token.is_sent_start and key(surface) in entries()
    if token.pos_ not in {"PROPN", "X"} and not (inside and token.pos_ in _MISTAKEN):
        return False
    place_may_stand = token.dep_ in {"dobj", "nsubjpass", "conj", "appos"} or (
        token.dep_ == "pobj" and token.head.lower_ in _LOCATIVE
    )
    if token.ent_type_ == "PERSON":
        ent = next(e for e in token.doc.ents if e.start <= token.i < e.end)
        alone = span.start <= ent.start and ent.end <= span.end
        near = entry.place is not None and (entry.place.country or "") in countries
        return near and place_may_stand and (alone or " " in surface)
    if key(surface) in entries():
        return True
    after_locative = token.dep_ == "pobj" and token.head.lower_ in _LOCATIVE
    return after_locative or token.ent_type_ in {"GPE", "LOC", "FAC"} or _in_a_list_of_places(token)


def _in_a_list_of_places(token: Token) -> bool:
    return token.dep_ in {"conj", "appos"} and token.head.ent_type_ in {"GPE", "LOC", "FAC"}
