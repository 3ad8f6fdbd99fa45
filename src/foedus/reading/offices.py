"""Offices and forces under their own names: "Ukraine's air force" is the Ukrainian Air Force.

An office keeps the words of the report, with its state's adjective before them. Told of again
without its state ("the ministry", "the Command"), it is the one told of before; an army that was
never named is the army of the country that the report speaks of.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.reading.knowledge import Actor, adjectives, state_of_country, words
from foedus.reading.lookback import last_named, state_since
from foedus.reading.parsed import line_of

if TYPE_CHECKING:
    from foedus.reading.names import Names, Told
    from foedus.reading.tokens import Token

_NOT_OF_AN_OFFICE = frozenset(
    ["new", "own", "entire", "whole", "same", "former", "current", "local"]
)
_ARMIES = frozenset(["army", "military", "navy"])


def office_of(token: Token, side: Actor, names: Names) -> Actor | None:
    """Return an office under its own name: "Ukraine's air force" -> Ukrainian Air Force."""
    if side.kind not in {"state", "group", "organisation"}:
        return None
    own = [
        child.text
        for child in token.children
        if child.dep_ in {"compound", "amod", "nmod"}
        and child.i < token.i
        and names.naming(child) is None
        and child.text[0].isalpha()
        and child.lower_ not in _NOT_OF_AN_OFFICE
    ]
    owner = _adjective_used(token, names) or names.adjective(side.name)
    name = " ".join([owner, *(word[0].upper() + word[1:] for word in own), token.text.title()])
    kind = "force" if token.lemma_.lower() in words("force") else "ministry"
    return Actor(name=name, side=side.side or side.name, kind=kind)  # type: ignore[arg-type]


def _adjective_used(token: Token, names: Names) -> str | None:
    """Return the report's own adjective for a side that no table has one for."""
    for child in token.children:
        naming = names.naming(child)
        if naming and naming.how == "demonym" and naming.actor:
            return adjectives().get(naming.actor.name) or child.text
    return None


def office_before(token: Token, names: Names) -> tuple[Actor, ...]:
    """Return the office that a phrase without a state means: named before, or the country's."""
    own = [c.text for c in token.children if c.dep_ in {"compound", "amod"} and c.i < token.i]
    here = _seat(token, names)
    if here is not None and own and all(word[:1].isupper() for word in (*own, token.text)):
        return (Actor(name=" ".join([*own, token.text]), side=here, kind="ministry"),)
    named = last_named(token, names, " ".join([*own, token.text]))
    if named is not None:
        return (_of_whom(named, token, names),)
    if token.lemma_.lower() in _ARMIES and not own:
        state = _whose_forces(token, names) or names.home(token)
        if state is None:
            return ()
        owner = names.adjective(state)
        return (Actor(name=f"{owner} {token.text.title()}", side=state, kind="force"),)
    if own and all(word[:1].isupper() for word in (*own, token.text)):
        name = " ".join([*own, token.text, *_added(token)])
        return (Actor(name=name, side=names.home(token), kind="ministry"),)
    return ()


def _seat(office: Token, names: Names) -> str | None:
    """Return the state in whose town an office sits: "the General Staff in Osthaven"."""
    for child in office.children:
        if child.dep_ == "prep" and child.lower_ == "in":
            for inner in child.children:
                place, naming = names.place(inner), names.naming(inner)
                if naming is not None and naming.actor is not None:
                    return naming.actor.side
                if place is not None and place.country is not None:
                    return state_of_country(place.country)
    return None


def _whose_forces(token: Token, names: Names) -> str | None:
    """Return the state whose soldiers or guns the sentence has told of: "the military" is theirs."""
    here = line_of(token)
    for told in names.told:
        before = told.line == here and token.sent.start <= told.at < token.i
        if before and told.noun in words("force") and told.actor.side:
            return told.actor.side
    return None


def _of_whom(named: Told, token: Token, names: Names) -> Actor:
    """Return an office told of before, or its like in a state that has been the subject since.

    "Ardal's ministry said ... Velmark denied it. The ministry said": Velmark's ministry said so.
    """
    actor = named.actor
    since = state_since(named, token, names)
    was = names.adjective(actor.side or "")
    if since is None or since == actor.side or not actor.name.startswith(f"{was} "):
        return actor
    name = f"{names.adjective(since)} {actor.name.removeprefix(was).strip()}"
    return Actor(name=name, side=since, kind=actor.kind)


def _added(office: Token) -> list[str]:
    """Return the words behind an office that belong to its name: "for Prisoners of War"."""
    for child in office.children:
        if child.dep_ == "prep" and child.lower_ in {"for", "of", "on"} and child.i == office.i + 1:
            words_ = [t for t in child.subtree if t.i <= child.right_edge.i]
            if any(t.text[:1].isupper() for t in words_) and not any(t.text == "," for t in words_):
                return [t.text for t in words_]
    return []
