"""All events of a report: its acts found line by line, joined, named, and given their numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.reading.clauses import is_verbal
from foedus.reading.dates import find_times
from foedus.reading.events.act import Scene
from foedus.reading.events.carrying import carry_days
from foedus.reading.events.denials import heed_denials, mark_claims
from foedus.reading.events.echoes import by_echo
from foedus.reading.events.fights import by_fight, heed_claims
from foedus.reading.events.grammar import doer_of, measured, thing_of
from foedus.reading.events.hanging import as_event, hang_counts
from foedus.reading.events.harm import by_harm
from foedus.reading.events.joining import joined
from foedus.reading.events.nouns import by_noun
from foedus.reading.events.patterns import by_pattern, by_swallowed
from foedus.reading.events.settling import settled
from foedus.reading.events.sides import name_attackers
from foedus.reading.events.statements import by_statement
from foedus.reading.events.talks import name_delegates
from foedus.reading.events.truces import by_truce
from foedus.reading.events.violence import violence
from foedus.reading.events.voices import issuer_of
from foedus.reading.relevance import is_about_conflict
from foedus.reading.sources import sources

if TYPE_CHECKING:
    from foedus.reading.events.act import Act
    from foedus.reading.names import Names
    from foedus.reading.parsed import Line, Parsed
    from foedus.reading.tokens import Token
    from foedus.reading.values import Event


_TITLES = frozenset(["headline", "heading"])
"""Lines whose acts count only when the body does not tell of their kind."""


def find_events(parsed: Parsed, names: Names) -> tuple[Event, ...]:
    """Return the events of a report in the order of their spans; none when it is not about a conflict."""
    if not is_about_conflict(parsed):
        return ()
    scene = Scene(
        parsed=parsed,
        names=names,
        times=find_times(parsed),
        sources=sources(parsed, names),
        issuer=issuer_of(parsed, names),
    )
    for line in parsed.lines:
        if line.kind not in _TITLES:
            _tell(scene, line)
    types = {act.type for act in scene.told}
    acts = list(scene.told)
    for line in parsed.lines:
        if line.kind in _TITLES:
            acts.extend(act for act in _tell(scene, line) if act.type not in types)
    carry_days(scene, acts)
    heed_denials(scene, acts)
    heed_claims(scene, acts)
    acts = joined(acts)
    name_attackers(scene, acts)
    acts = joined(acts)
    name_delegates(scene, acts)
    hang_counts(scene, acts)
    kept = [act for act in acts if _is_told_enough(act)]
    mark_claims(scene, kept)
    events = (settled(scene, act, as_event(scene, act), kept) for act in kept)
    return tuple(sorted(events, key=lambda event: event.span))


def _is_told_enough(act: Act) -> bool:
    if act.actors or act.recipients:
        return True
    if act.type == "ASSAULT":
        return bool(act.days and act.counts)
    placed = act.type == "AID" and act.place is not None
    return act.days is not None and (placed or act.status == "called-off")


def _tell(scene: Scene, line: Line) -> list[Act]:
    """Find the acts of one line, by verb, by noun, and by the harm that was done, in its order."""
    start = len(scene.told)
    for sentence in line.doc.sents:
        used: set[tuple[str, int]] = set()
        for token in sentence:
            if is_verbal(token) or (token.pos_ == "VERB" and token.dep_ == "amod"):
                found = _by_verb(scene, token)
                scene.told.extend(found)
                used.update((act.type, i) for act in found for i in _words_of(act))
        for token in sentence:
            if token.pos_ in {"NOUN", "PROPN"}:
                act = by_noun(scene, token)
                if act is not None and (act.type, token.i) not in used:
                    scene.told.append(act)
    violent = {act.trigger.sent.start for act in scene.told[start:] if act.type == "ASSAULT"}
    scene.told.extend(by_harm(scene, line, violent))
    scene.told[start:] = sorted(scene.told[start:], key=lambda act: act.trigger.i)
    return scene.told[start:]


def _by_verb(scene: Scene, verb: Token) -> tuple[Act, ...]:
    """Return what a verb tells, by the first family that knows it."""
    if not is_verbal(verb):
        act = by_swallowed(scene, verb)
        return (act,) if act is not None else ()
    act = by_statement(scene, verb) or by_truce(scene, verb) or by_fight(scene, verb)
    act = act or by_echo(scene, verb) or violence(scene, verb)
    return (act,) if act is not None else by_pattern(scene, verb)


def _words_of(act: Act) -> set[int]:
    """Return the nouns that an act's verb has told of already."""
    nouns = [n for n in (thing_of(act.trigger), doer_of(act.trigger)) if n is not None]
    return {i for noun in nouns for i in (noun.i, measured(noun).i)}
