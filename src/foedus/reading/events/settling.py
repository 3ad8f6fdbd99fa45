"""Where each event happened and who told of it, once all tellings are joined.

Place: what the act's own clause gives; else "here", "there" or "the town"; else, for talks and
deals, the place of the talks told before in the paragraph; else, for violence, the one town of its
sentence. Words spoken (refusals, threats, appeals) have a place only when the report sets them in
one. Country: the place's; else the country of those struck, or of the state that acts at home.

Source: whoever is said to have said so. A party that tells what it did with others itself is no
source beside the report; a party that counts its own or its enemy's losses is.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from foedus.reading.clauses import subject
from foedus.reading.events.where import SPOKEN
from foedus.reading.knowledge import group_country, states
from foedus.reading.parsed import line_of
from foedus.reading.quantities import is_a
from foedus.reading.whereabouts import own_place, places_in, said_place

if TYPE_CHECKING:
    from collections.abc import Sequence

    from foedus.reading.events.act import Act, Scene
    from foedus.reading.knowledge import Place
    from foedus.reading.tokens import Token
    from foedus.reading.values import Event

_AT_TALKS = frozenset(["CONSULT", "AGREE"])
_COUNTED = frozenset(["ASSAULT", "RETREAT", "MOBILIZE"])
_LINES_NEAR = 2
_STOP_WORDS_MOST = 9
_AT_HOME = frozenset(["AGREE", "COERCE", "CONSULT"])


def settled(scene: Scene, act: Act, event: Event, acts: Sequence[Act]) -> Event:
    """Return an event with its place, country and source as the whole report tells them."""
    place = _place(scene, act) or _of_the_talks(scene, act, acts)
    country = place.country if place is not None else None
    if country is None and (place is None or place.name not in states()):
        country = _country(act)
    return replace(
        event,
        place=place.name if place is not None else None,
        country=country,
        according_to=_source(act, event.according_to),
    )


def _place(scene: Scene, act: Act) -> Place | None:
    names, trigger = scene.names, act.trigger
    if act.place is not None or act.type in SPOKEN:
        return act.place
    said = said_place(names, trigger)
    if said is not None:
        return said
    if act.type == "ASSAULT":
        near = places_in(names, iter(trigger.sent))
        struck = {_country_of(side) for side in act.recipients}
        fitting = [p for p in near if not act.recipients or p.country in struck]
        return fitting[0] if len(fitting) == 1 else None
    return None


def _of_the_talks(scene: Scene, act: Act, acts: Sequence[Act]) -> Place | None:
    """Return the place of talks told before in the paragraph, in which the same parties took part."""
    if act.type in {"REQUEST", "REJECT"}:
        return _of_one_sentence(act, acts)
    if act.type not in _AT_TALKS or act.status in {"denied", "called-off"}:
        return None
    here = (line_of(act.trigger), act.trigger.i)
    for other in reversed(acts):
        told = [(line_of(word), word.i) for word in (other.trigger, *other.others)]
        before = any(line == here[0] and at < here[1] for line, at in told)
        held = other.status not in {"denied", "called-off"} and other.type in _AT_TALKS
        if other is act or not before or not held:
            continue
        place = _place(scene, other)
        if place is not None and (set(other.actors) & set(act.actors) or not other.actors):
            return place
    return (
        _of_talks_named(scene, act)
        or _of_the_same_day(act, acts)
        or (_at_the_next_stop(scene, act) if act.type == "CONSULT" else None)
    )


def _of_one_sentence(act: Act, acts: Sequence[Act]) -> Place | None:
    """Return the place of a meeting told in the same sentence: "asked for more when they met in"."""
    for other in acts:
        here = (
            line_of(other.trigger) == line_of(act.trigger)
            and other.trigger.sent == act.trigger.sent
        )
        if other.type == "CONSULT" and here and set(other.actors) & set(act.actors):
            return other.place
    if not any(w.pos_ == "NOUN" and is_a(w, "talks") and _is_known(w) for w in act.trigger.sent):
        return None
    before = [
        other
        for other in acts
        if line_of(other.trigger) == line_of(act.trigger)
        and other.trigger.i < act.trigger.sent.start
        and other.type in _AT_TALKS
        and set(other.actors) & set(act.actors)
    ]
    return before[-1].place if before else None


def _is_known(noun: Token) -> bool:
    """Say whether a noun is told of as known: "the talks"."""
    return any(c.lower_ in {"the", "these", "those"} for c in noun.children)


def _at_the_next_stop(scene: Scene, act: Act) -> Place | None:
    """Return the town that a short sentence before leads to: "The next stop was Oslo."."""
    sentences = list(act.trigger.doc.sents)
    before = [
        s for s in sentences if s.end == act.trigger.sent.start and len(s) <= _STOP_WORDS_MOST
    ]
    words = [w for s in before for w in s if not w.is_punct]
    found = places_in(scene.names, iter(words[-1:]))
    return found[0] if found else None


def _of_the_same_day(act: Act, acts: Sequence[Act]) -> Place | None:
    """Return the place of a meeting told shortly before that was on the same day."""
    for other in reversed(acts):
        near = 0 <= line_of(act.trigger) - line_of(other.trigger) <= _LINES_NEAR
        one_day = act.days is not None and act.days[0] == act.days[1] and act.days == other.days
        if other is not act and near and one_day and other.type in _AT_TALKS and other.place:
            return other.place
    return None


def _of_talks_named(scene: Scene, act: Act) -> Place | None:
    """Return the place of talks that the paragraph only names, up to the act's own sentence."""
    found = None
    for word in act.trigger.doc:
        if word.sent.start > act.trigger.sent.start:
            break
        if word.pos_ == "NOUN" and is_a(word, "talks"):
            found = own_place(scene.names, word, reach=1, bodily=False) or found
    return found


def _country(act: Act) -> str | None:
    """Return the country of those struck, or of a state that acts at home."""
    if set(act.actors) == set(act.recipients):
        return None  # they strike each other
    if act.type == "ASSAULT":
        downed = act.trigger.lemma_ in {"shoot", "down"} and set(act.actors) - set(states())
        first = act.actors if downed else act.recipients
        found = (_country_of(side) for side in (*first, *act.recipients, *act.actors))
        return next((c for c in found if c), None)
    own = {side for side in act.actors if side in states()}
    alone = len(own) == 1 and all(_is_at_home(side, own) for side in (*act.actors, *act.recipients))
    if act.type in _AT_HOME and alone and (act.type != "CONSULT" or act.status == "called-off"):
        return states()[next(iter(own))].country
    return None


def _is_at_home(side: str, own: set[str]) -> bool:
    """Say whether a side is the state itself, one of its people, or a group within it."""
    country = group_country(side)
    return side in own or (
        side not in states() and (country is None or country == states()[next(iter(own))].country)
    )


def _country_of(side: str) -> str | None:
    state = states().get(side)
    return state.country if state is not None else group_country(side)


def _source(act: Act, speaker: str | None) -> str | None:
    if act.status == "claimed" or act.type in _COUNTED:
        return speaker
    own = speaker in act.actors or act.speaks_for in act.actors
    return None if own or _tell_of_themselves(subject(act.trigger)) else speaker


def _tell_of_themselves(doer: Token | None) -> bool:
    """Say whether the speakers tell of themselves: "the delegations said they had agreed"."""
    return doer is not None and doer.lower_ in {"they", "we"}
