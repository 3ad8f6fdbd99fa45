"""Who is meant: from a word of the text to a canonical name.

`Names` answers for one report. `Names.actor` takes a token (the head of a noun phrase, a pronoun or
part of a name) and returns the `Actor`, or None when the report does not make it clear;
`Names.actors` does so for a phrase that names several ("American and Ukrainian delegations", "Witkoff
and Kushner", "both sides"); `Names.place` returns the `Place`.

How names are made canonical:

- A state's metonym or capital is the state ("the Kremlin", "Moscow said" -> Russia). A capital after
  a preposition of place ("in Moscow", "to Moscow") is a place and no actor.
- A demonym with a word for those who govern or negotiate is the state ("Ukrainian negotiators" ->
  Ukraine); with a force or a ministry it is that office under its own name, with the state as side
  ("the Ukrainian air force" -> Ukrainian Air Force, side Ukraine). An event wants the side: take
  `Names.parties`, which gives states for offices, and a person together with the side.
- An office without a state keeps the report's words and belongs to the country spoken of ("the
  Interior Ministry"); "the army" is that country's army.
- A person keeps the full name; surname and title lead back to it.
- "It", "he", "they", "the group", "the ministry", "both sides" lead back to what was named before
  (`foedus.reading.lookback`).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from foedus.reading.knowledge import Actor, adjectives, key, roles, states, words
from foedus.reading.lookback import (
    MANY_PRONOUNS,
    PERSON_PRONOUNS,
    THING_PRONOUNS,
    antecedent,
    last_many,
    last_named,
    last_of,
    relative,
    sides_before,
)
from foedus.reading.mentions import find_namings
from foedus.reading.offices import office_before, office_of
from foedus.reading.parsed import line_of
from foedus.reading.sides import home

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from foedus.reading.knowledge import Place
    from foedus.reading.mentions import Naming
    from foedus.reading.parsed import Parsed
    from foedus.reading.tokens import Token

LOCATIVE = frozenset([
    "in", "at", "near", "to", "into", "inside", "outside", "across", "over", "around", "within",
    "throughout", "towards", "toward", "on", "off", "through", "along", "above", "via", "beside",
    "beyond", "alongside", "onto", "below", "under",
])  # fmt: skip
OFFICES = words("office")
_BESIDE = frozenset(["amod", "compound", "poss", "nmod"])
_PROXIES = frozenset([
    "run", "backed", "led", "held", "controlled", "aligned", "allied", "affiliated", "appointed",
    "installed", "linked", "based", "occupied", "supported", "sponsored", "trained", "speaking",
])  # fmt: skip
_IS_THE_STATE = frozenset([
    "country", "nation", "government", "kingdom", "republic", "authorities", "junta", "regime",
])  # fmt: skip
_DEFINITE = frozenset(["the", "this", "that"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One place where the report tells of an actor.

    ``noun`` is the noun that stands for the actor there: "government" in "Ardal's government".
    """

    line: int
    at: int
    noun: str
    actor: Actor
    subject: bool


class Names:
    """Who and what the words of one report name. Build it once with ``Names(parsed)``.

    Attributes
    ----------
    namings
        Every stretch that names an actor or a place, in order of the text.
    """

    def __init__(self, parsed: Parsed) -> None:
        self.parsed = parsed
        self.namings: tuple[Naming, ...] = find_namings(parsed)
        self._at: dict[tuple[int, int], Naming] = {
            (naming.line, k): naming
            for naming in self.namings
            for k in range(naming.first, naming.last + 1)
        }

    # --- what a token names by itself ---

    def naming(self, token: Token) -> Naming | None:
        """Return the naming that covers a token, as it stands in the text; None when none does."""
        return self._at.get((token.doc.line, token.i))

    def place(self, token: Token) -> Place | None:
        """Return the place that a token names, whether or not it also names an actor."""
        naming = self.naming(token)
        return naming.place if naming else None

    def is_place_here(self, token: Token) -> bool:
        """Say whether a token that names a place is used as one: after "in", "near", "to"."""
        naming = self.naming(token)
        if naming is None or naming.place is None or naming.how == "demonym":
            return False
        if naming.how == "place":
            return True
        head = outermost(token, naming)
        while head.dep_ in {"conj", "appos"} and head.head.i < head.i:
            head = head.head
        return head.dep_ == "pobj" and head.head.lower_ in LOCATIVE

    @cached_property
    def told(self) -> tuple[Told, ...]:
        """Every place where the report tells of an actor, an office rather than its country."""
        found: dict[tuple[int, int], Told] = {}
        for naming in self.namings:
            doc = self.parsed.lines[naming.line].doc
            head = outermost(doc[naming.first], naming)
            if naming.actor is None or self.is_place_here(head):
                continue
            actor: Actor | None = naming.actor
            word = head
            if head.dep_ in _BESIDE or (head.dep_ == "pobj" and head.head.lower_ == "of"):
                word = head.head if head.dep_ in _BESIDE else head.head.head
                office = self._office_of(word, naming.actor)
                if office is not None:
                    head, actor = word, office
                elif naming.how == "demonym":
                    actor = self._governed(word, naming.actor)
            if actor is not None:
                at = (naming.line, head.i)
                noun, subject = word.lemma_.lower(), _is_subject(head)
                found.setdefault(
                    at, Told(line=at[0], at=at[1], noun=noun, actor=actor, subject=subject)
                )
        return tuple(found[at] for at in sorted(found))

    def _office_of(self, noun: Token, owner: Actor) -> Actor | None:
        return office_of(noun, owner, self) if noun.lemma_.lower() in OFFICES else None

    def _governed(self, noun: Token, owner: Actor) -> Actor | None:
        governed = words("governs") | words("force") | words("role")
        return _side_of(owner) if noun.lemma_.lower() in governed else None

    # --- whom a phrase means ---

    def actor(self, token: Token) -> Actor | None:
        """Return the one actor that the phrase headed by ``token`` means, or None.

        Knows names, pronouns, and phrases such as "the Ukrainian air force", "Kyiv's negotiators",
        "its foreign ministry", "the ministry". Of several ("Russia and Ukraine") it returns the
        first; `actors` returns all.
        """
        found = self.actors(token)
        return found[0] if found else None

    def actors(self, token: Token) -> tuple[Actor, ...]:
        """Return every actor that the phrase headed by ``token`` means, conjuncts included."""
        found = list(self._phrase(token))
        for child in token.children:
            if child.dep_ == "conj" and child.pos_ in {"NOUN", "PROPN", "PRON", "ADJ"}:
                found.extend(self.actors(child))
        return _distinct(found)

    def parties(self, token: Token) -> tuple[str, ...]:
        """Return the names an event wants: states for forces and offices; persons with their side."""
        return party_names(self.actors(token))

    def _phrase(self, token: Token) -> tuple[Actor, ...]:
        """Return whom the phrase means, its conjuncts left aside."""
        naming = self.naming(token)
        if naming is not None and naming.how != "demonym":
            if naming.actor is None or self.is_place_here(token):
                return ()
            return (naming.actor,)
        if token.pos_ == "PRON" or token.tag_ in {"PRP", "PRP$", "WP", "WDT"}:
            return self.antecedents(token)
        if naming is not None and naming.actor is not None:  # "the Ukrainians", "Russian" as a noun
            return (naming.actor,)
        lemma = token.lemma_.lower()
        sides = self.modifiers(token)
        if sides:
            return self._by_modifiers(token, lemma, sides)
        return self._by_what_came_before(token, lemma)

    def _by_modifiers(
        self, token: Token, lemma: str, sides: tuple[Actor, ...]
    ) -> tuple[Actor, ...]:
        if lemma in OFFICES and len(sides) == 1:
            if any(c.lower_ in _PROXIES for c in token.children):
                return ()  # "a Houthi-run ministry" goes by the report's own words
            office = office_of(token, sides[0], self)
            if office:
                return (office,)
        if lemma in OFFICES and all(side.kind == "person" for side in sides):
            return ()  # "Varga's office" goes by the report's own words
        if lemma in words("governs") | words("force") | words("role") | OFFICES:
            return _distinct(_side_of(side) for side in sides)
        return ()

    def modifiers(self, token: Token) -> tuple[Actor, ...]:
        """Return the actors named inside a phrase before or behind its head.

        "American and Ukrainian delegations" -> United States, Ukraine; "the foreign ministers of
        Armenia and Azerbaijan" -> Armenia, Azerbaijan; "its spokesman" -> what "its" means.
        """
        found: list[Actor] = []
        for child in token.children:
            if child.dep_ in _BESIDE:
                found.extend(self._named_in(child))
            elif child.dep_ == "prep" and child.lower_ in {"of", "from", "for"}:
                for inner in child.children:
                    if inner.dep_ == "pobj" and not self._is_mere_place(inner):
                        found.extend(self._named_in(inner))
        return _distinct(found)

    def _named_in(self, token: Token) -> list[Actor]:
        """Return the actors that a modifier names, its own modifiers and conjuncts included."""
        naming = self.naming(token)
        found: list[Actor] = []
        if naming and naming.actor:
            found.append(naming.actor)
        elif token.tag_ == "PRP$":
            found.extend(self.antecedents(token))
        else:
            for child in token.children:
                if child.dep_ in _BESIDE | {"npadvmod"}:  # "Houthi" in "Houthi-run"
                    found.extend(self._named_in(child))
            if not found and token.dep_ in {"pobj", "poss"}:
                found.extend(self._by_what_came_before(token, token.lemma_.lower()))
        for child in token.children:
            if child.dep_ == "conj":
                found.extend(self._named_in(child))
        return found

    def _is_mere_place(self, token: Token) -> bool:
        naming = self.naming(token)
        return naming is not None and naming.actor is None

    # --- leading back ---

    def antecedents(self, pronoun: Token) -> tuple[Actor, ...]:
        """Return whom a pronoun means: the last fitting subject before it, or () when none fits."""
        word = pronoun.lower_
        if word in {"who", "which", "that"}:
            noun = relative(pronoun)
            return self._phrase(noun) if noun is not None else ()
        if word in PERSON_PRONOUNS | THING_PRONOUNS:
            head = antecedent(pronoun, self)
            if head is not None:
                return self._phrase(head)
            if word in PERSON_PRONOUNS:
                return last_of(pronoun, self, frozenset({"person"}))
            kinds = frozenset({"state", "organisation", "group", "force", "ministry"})
            return last_of(pronoun, self, kinds)
        if word in MANY_PRONOUNS:
            return last_many(pronoun, self)
        return ()

    def holder(self, office: Token) -> Actor | None:
        """Return the person named before who is known to hold an office: "the Secretary-General"."""
        wanted = key(office.doc[office.left_edge.i : office.i + 1].text).removeprefix("the ")
        here = (line_of(office), office.i)
        found = None
        for naming in self.namings:
            if (naming.line, naming.first) >= here and found is not None:
                break
            actor = naming.actor
            if actor is not None and actor.kind == "person" and roles().get(actor.name) == wanted:
                found = actor
        return found

    def adjective(self, side: str) -> str:
        """Return the adjective of a state: the usual one, else the report's own, else its name."""
        if side in adjectives():
            return adjectives()[side]
        for naming in self.namings:
            if naming.how == "demonym" and naming.actor is not None and naming.actor.side == side:
                word = self.parsed.lines[naming.line].doc[naming.first]
                if word.tag_ not in {"NNS", "NNPS"}:
                    return word.text
        return side

    def home(self, token: Token) -> str | None:
        """Return the state that the report speaks of where a token stands: whose "the army" is."""
        return home(self.parsed, self.namings, line_of(token), token.i)

    def _by_what_came_before(self, token: Token, lemma: str) -> tuple[Actor, ...]:
        """Return whom a phrase without a name means: "both sides", "the group", "the ministry"."""
        beside = {c.lower_ for c in token.children if c.dep_ in {"det", "nummod", "predet", "amod"}}
        if lemma in words("pair") and beside & {"both", "two", "either", "neither", "each"}:
            pair = self.sides_before(token)
            return pair if len(pair) == 2 else ()
        if beside & _DEFINITE:
            return self._definite(token, lemma, beside - _DEFINITE)
        return ()

    def _definite(self, token: Token, lemma: str, more: set[str]) -> tuple[Actor, ...]:
        """Return whom "the group", "the ministry" or "the government" means."""
        body = last_named(token, self, token.text) if token.text[:1].isupper() else None
        if body is not None and not more:
            return (body.actor,)  # "the Brigades" are the Dawn Brigades
        if lemma in words("group"):
            kind = "organisation" if lemma in {"bloc", "union", "alliance"} else "group"
            found = last_of(token, self, frozenset({kind}))
            return found or last_of(token, self, frozenset({"organisation"}))
        if lemma in {"charity", "agency", "body", "watchdog"}:
            return last_of(token, self, frozenset({"organisation"}))
        if lemma in OFFICES:
            return office_before(token, self)
        in_a_place = any(c.dep_ == "prep" and c.lower_ in LOCATIVE for c in token.children)
        if {lemma, token.lower_} & _IS_THE_STATE and not more and not in_a_place:
            named = last_named(token, self, lemma)
            state = named.actor.side if named is not None else self.home(token)
            return (self.by_name(state),) if state else ()
        return ()

    def sides_before(self, token: Token) -> tuple[Actor, ...]:
        """Return the two states or groups that the report has named most up to ``token``."""
        return sides_before(token, self)

    def by_name(self, name: str) -> Actor:
        """Return the actor of a canonical name that the report uses."""
        if name in states():
            return states()[name]
        for naming in self.namings:
            if naming.actor and naming.actor.name == name:
                return naming.actor
        return Actor(name=name, side=name, kind="organisation")


def party_names(actors: Sequence[Actor]) -> tuple[str, ...]:
    """Return actors as an event names them.

    Examples
    --------
    >>> army = Actor(name="Ardali Army", side="Ardal", kind="force")
    >>> envoy = Actor(name="Ilse Brandt", side="Norrland", kind="person")
    >>> party_names([army, envoy])
    ('Ardal', 'Ilse Brandt', 'Norrland')
    """
    names: list[str] = []
    for actor in actors:
        if actor.kind == "person":
            names.extend([actor.name, *([actor.side] if actor.side else [])])
        elif actor.kind in {"force", "ministry"} and actor.side:
            names.append(actor.side)
        else:
            names.append(actor.name)
    return tuple(dict.fromkeys(names))


def _side_of(actor: Actor) -> Actor:
    """Return the side of an office or of a person ("Putin's envoys" are Russia's)."""
    if actor.kind in {"force", "ministry", "person"} and actor.side:
        return states().get(
            actor.side, Actor(name=actor.side, side=actor.side, kind="organisation")
        )
    return actor


def _distinct(actors: Iterable[Actor]) -> tuple[Actor, ...]:
    return tuple({actor.name: actor for actor in actors}.values())


def outermost(token: Token, naming: Naming) -> Token:
    """Return the head of a naming: the token whose own head lies outside."""
    doc = token.doc
    for k in range(naming.first, naming.last + 1):
        head = doc[k].head
        if not naming.first <= head.i <= naming.last or head.i == k:
            return doc[k]
    return doc[naming.last]


def _is_subject(token: Token) -> bool:
    while (
        token.dep_ in {"compound", "amod", "poss", "nmod", "appos", "conj"}
        and token.head is not token
    ):
        token = token.head
    return token.dep_ in {"nsubj", "nsubjpass"}
