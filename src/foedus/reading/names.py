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
- A person keeps the full name; surname and title lead back to it.
- "It", "he", "they", "the group", "the ministry", "both sides" lead back to what was named before.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.reading.knowledge import Actor, adjectives, states
from foedus.reading.mentions import ROLES, find_namings
from foedus.reading.parsed import line_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from spacy.tokens import Token

    from foedus.reading.knowledge import Place
    from foedus.reading.mentions import Naming
    from foedus.reading.parsed import Parsed

LOCATIVE = frozenset(
    [
        "in",
        "at",
        "near",
        "to",
        "into",
        "inside",
        "outside",
        "across",
        "over",
        "around",
        "within",
        "throughout",
        "towards",
        "toward",
        "on",
        "off",
        "through",
        "along",
        "above",
        "via",
    ]
)
GOVERNING = frozenset(
    [
        "government",
        "administration",
        "authority",
        "regime",
        "official",
        "delegation",
        "negotiator",
        "team",
        "side",
        "envoy",
        "leader",
        "leadership",
        "president",
        "minister",
        "diplomat",
        "cabinet",
        "representative",
        "emissary",
        "counterpart",
        "mediator",
        "party",
        "foreign-minister",
        "premier",
        "chancellor",
        "state",
        "nation",
        "country",
        "republic",
        "capital",
        "people",
        "presidency",
        "secretary",
        "ambassador",
        "commander",
        "delegate",
        "statesman",
        "host",
        "guarantor",
        "chief",
        "parliament",
        "director",
        "king",
        "emir",
        "head",
        "rebel",
        "movement",
        "group",
        "organisation",
        "organization",
        "militia",
        "fighter",
        "faction",
        "insurgent",
        "lawmaker",
        "council",
        "adviser",
        "advisor",
    ]
)
FORCES = frozenset(
    [
        "army",
        "military",
        "force",
        "troop",
        "soldier",
        "navy",
        "fleet",
        "aviation",
        "marine",
        "paratrooper",
        "aircraft",
        "jet",
        "warplane",
        "plane",
        "bomber",
        "helicopter",
        "tank",
        "artillery",
        "drone",
        "missile",
        "rocket",
        "battery",
        "gunner",
        "brigade",
        "battalion",
        "unit",
        "armour",
        "armor",
        "fighter",
        "ship",
        "warship",
        "vessel",
        "boat",
        "bulldozer",
        "commando",
        "gunboat",
        "submarine",
        "guard",
        "police",
        "intelligence",
        "defence",
        "defense",
        "infantry",
        "column",
        "convoy",
        "shell",
        "mortar",
        "pilot",
    ]
)
OFFICES = frozenset(
    [
        "army",
        "military",
        "navy",
        "ministry",
        "department",
        "command",
        "air-force",
        "office",
        "agency",
        "force",
        "staff",
        "police",
        "administration",
        "department",
        "guard",
        "service",
        "intelligence",
        "directorate",
        "headquarters",
        "council",
        "committee",
        "authority",
        "authorities",
        "parliament",
        "court",
        "commission",
        "bureau",
    ]
)
_BOTH = frozenset(
    [
        "side",
        "party",
        "delegation",
        "country",
        "state",
        "army",
        "leader",
        "team",
        "capital",
        "government",
        "neighbour",
        "neighbor",
    ]
)
_GROUP_NOUNS = frozenset(
    [
        "group",
        "movement",
        "militia",
        "front",
        "rebel",
        "organisation",
        "organization",
        "faction",
        "insurgent",
        "paramilitary",
        "bloc",
        "alliance",
        "union",
    ]
)
_PERSON_PRONOUNS = frozenset(
    ["he", "she", "him", "her", "his", "hers", "himself", "herself", "who"]
)
_THING_PRONOUNS = frozenset(["it", "its", "itself"])
_MANY_PRONOUNS = frozenset(["they", "them", "their", "theirs", "themselves"])
_LINES_BACK = 3


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
        return self._at.get((line_of(token), token.i))

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
        head = _outermost(token, naming)
        while head.dep_ in {"conj", "appos"} and head.head.i < head.i:
            head = head.head
        return head.dep_ == "pobj" and head.head.lower_ in LOCATIVE

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
        sides = self._modifiers(token)
        if sides:
            return self._by_modifiers(token, lemma, sides)
        return self._by_what_came_before(token, lemma)

    def _by_modifiers(
        self, token: Token, lemma: str, sides: tuple[Actor, ...]
    ) -> tuple[Actor, ...]:
        if lemma in OFFICES and len(sides) == 1:
            office = self._office(token, sides[0])
            if office:
                return (office,)
        if lemma in GOVERNING | FORCES | ROLES | OFFICES:
            return tuple(_side_of(side) for side in sides)
        return ()

    def modifiers(self, token: Token) -> tuple[Actor, ...]:
        """Return the actors named inside a phrase before or behind its head.

        "American and Ukrainian delegations" -> United States, Ukraine; "the foreign ministers of
        Armenia and Azerbaijan" -> Armenia, Azerbaijan; "its spokesman" -> what "its" means.
        """
        return self._modifiers(token)

    def _modifiers(self, token: Token) -> tuple[Actor, ...]:
        found: list[Actor] = []
        for child in token.children:
            if child.dep_ in {"amod", "compound", "poss", "nmod"}:
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
                if child.dep_ in {"amod", "compound", "poss", "nmod"}:
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

    def _office(self, token: Token, side: Actor) -> Actor | None:
        """Return an office under its own name: "Ukraine's air force" -> Ukrainian Air Force."""
        if side.kind not in {"state", "group", "organisation"}:
            return None
        words = [
            child.text
            for child in token.children
            if child.dep_ in {"compound", "amod", "nmod"}
            and child.i < token.i
            and self.naming(child) is None
            and child.text[0].isalpha()
        ]
        words = [
            word for word in words if word.lower() not in {"new", "own", "entire", "whole", "same"}
        ]
        owner = adjectives().get(side.name) or self._adjective_used(token) or side.name
        name = " ".join(
            [owner, *(word[0].upper() + word[1:] for word in words), token.text.title()]
        )
        kind = "force" if token.lemma_.lower() in FORCES else "ministry"
        return Actor(name=name, side=side.side or side.name, kind=kind)  # type: ignore[arg-type]

    def _adjective_used(self, token: Token) -> str | None:
        for child in token.children:
            naming = self.naming(child)
            if naming and naming.how == "demonym":
                return child.text
        return None

    # --- leading back ---

    def antecedents(self, pronoun: Token) -> tuple[Actor, ...]:
        """Return whom a pronoun means: the last fitting subject before it, or () when none fits."""
        word = pronoun.lower_
        if word in {"who", "which", "that"}:
            return self._relative(pronoun)
        if word in _PERSON_PRONOUNS:
            return self._last(pronoun, frozenset({"person"}))
        if word in _THING_PRONOUNS:
            return self._last(
                pronoun, frozenset({"state", "organisation", "group", "force", "ministry"})
            )
        if word in _MANY_PRONOUNS:
            return self._last_many(pronoun)
        return ()

    def _relative(self, pronoun: Token) -> tuple[Actor, ...]:
        clause = pronoun.head
        while clause.dep_ not in {"relcl", "ROOT"} and clause.head.i != clause.i:
            clause = clause.head
        return self._phrase(clause.head) if clause.dep_ == "relcl" else ()

    def _candidates(self, token: Token, kinds: frozenset[str]) -> list[tuple[int, int, Actor]]:
        """Return earlier actors of given kinds, best first: near sentences, subjects before others."""
        ranked = []
        sentence_start = token.sent.start
        for naming in self.namings:
            here = line_of(token)
            before = naming.line < here or (naming.line == here and naming.last < token.i)
            if not before or here - naming.line > _LINES_BACK:
                continue
            actor = naming.actor
            doc = self.parsed.lines[naming.line].doc
            head = _outermost(doc[naming.first], naming)
            if actor is None or self.is_place_here(head):
                continue
            owner = self._owner(head, naming)
            if owner is None or owner.kind not in kinds:
                continue
            if naming.line == here and naming.first >= sentence_start:
                distance = 0
            else:
                distance = self._sentences_between(naming, token)
            subject = 0 if _is_subject(head) else 1
            ranked.append((distance * 2 + subject, -(naming.line * 10_000 + naming.first), owner))
        return sorted(ranked, key=lambda item: item[:2])

    def _owner(self, head: Token, naming: Naming) -> Actor | None:
        """Return whom the phrase around a naming means: an army rather than its country."""
        if naming.how == "demonym" and head.dep_ in {"amod", "compound", "poss", "nmod"}:
            noun = head.head
            found = (
                self._by_modifiers(noun, noun.lemma_.lower(), (naming.actor,))
                if naming.actor
                else ()
            )
            return found[0] if found else None
        return naming.actor

    def _sentences_between(self, naming: Naming, token: Token) -> int:
        start = self.parsed.lines[naming.line].doc[naming.first].sent
        lines = line_of(token) - naming.line
        if lines == 0:
            return sum(
                1 for sent in token.doc.sents if start.start < sent.start <= token.sent.start
            )
        rest = sum(1 for sent in start.doc.sents if sent.start > start.start)
        ahead = sum(1 for sent in token.doc.sents if sent.start < token.sent.start)
        return rest + ahead + 1 + (lines - 1)

    def _last(self, token: Token, kinds: frozenset[str]) -> tuple[Actor, ...]:
        ranked = self._candidates(token, kinds)
        return (ranked[0][2],) if ranked else ()

    def _last_many(self, token: Token) -> tuple[Actor, ...]:
        """Return the last phrase before ``token`` that names several, else the last that can be many."""
        here = line_of(token)
        best: tuple[Actor, ...] = ()
        for sentence in reversed(self.parsed.sentences):
            number = sentence.line.number
            if (
                number > here
                or (number == here and sentence.words.start > token.i)
                or here - number > 2
            ):
                continue
            for word in sentence.words:
                if number == here and word.i >= token.i:
                    break
                if word.dep_ in {"nsubj", "nsubjpass", "pobj"} and word.pos_ in {"NOUN", "PROPN"}:
                    several = self._several(word)
                    if len(several) > 1:
                        return several
            if best:
                return best
        single = self._last(token, frozenset({"group", "force"}))
        return single or best

    def _several(self, token: Token) -> tuple[Actor, ...]:
        naming = self.naming(token)
        conj = any(child.dep_ == "conj" for child in token.children)
        if conj or (naming is None and token.tag_ == "NNS"):
            return _distinct([*self._phrase_named(token)])
        return ()

    def _phrase_named(self, token: Token) -> Iterable[Actor]:
        naming = self.naming(token)
        if naming is None and token.lemma_.lower() not in GOVERNING | FORCES | ROLES:
            return ()
        return self.actors(token)

    def _by_what_came_before(self, token: Token, lemma: str) -> tuple[Actor, ...]:
        """Return whom a phrase without a name means: "both sides", "the group", "the ministry"."""
        determiners = {
            child.lower_
            for child in token.children
            if child.dep_ in {"det", "nummod", "predet", "amod"}
        }
        if lemma in _BOTH and determiners & {"both", "two", "either", "neither", "each"}:
            pair = self.sides_before(token)
            return pair if len(pair) == 2 else ()
        if not determiners & {"the", "this", "that"}:
            return ()
        if lemma in _GROUP_NOUNS:
            return self._last(token, frozenset({"group"}))
        if lemma == "ministry":
            return self._last(token, frozenset({"ministry"}))
        if lemma in {"army", "military", "navy", "force"}:
            return self._last(token, frozenset({"force"}))
        return ()

    def sides_before(self, token: Token) -> tuple[Actor, ...]:
        """Return the two states or groups that the report has named most up to ``token``.

        "Both sides" means the two sides of the conflict. Falls back to the whole report when fewer
        than two have been named yet.
        """
        here = (line_of(token), token.i)
        for whole in (False, True):
            counts: dict[str, int] = {}
            for naming in self.namings:
                if not whole and (naming.line, naming.first) >= here:
                    break
                actor = naming.actor
                if actor and actor.side and actor.kind in {"state", "group", "force", "person"}:
                    counts[actor.side] = counts.get(actor.side, 0) + 1
            if len(counts) >= 2:
                top = sorted(counts, key=lambda side: -counts[side])[:2]
                return tuple(self.by_name(side) for side in top)
        return ()

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
    if actor.kind in {"force", "ministry"} and actor.side:
        return states().get(
            actor.side, Actor(name=actor.side, side=actor.side, kind="organisation")
        )
    return actor


def _distinct(actors: Iterable[Actor]) -> tuple[Actor, ...]:
    return tuple({actor.name: actor for actor in actors}.values())


def _outermost(token: Token, naming: Naming) -> Token:
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
