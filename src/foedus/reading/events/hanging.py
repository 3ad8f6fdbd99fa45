"""The report's numbers, each hung on the act it belongs to; and the act made an event."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from foedus.reading.clauses import governors
from foedus.reading.parsed import line_of
from foedus.reading.quantities import told
from foedus.reading.sources import at
from foedus.reading.values import Event

if TYPE_CHECKING:
    from foedus.reading.events.act import Act, Scene
    from foedus.reading.quantities import Count
    from foedus.reading.values import Quantity

_HARM = frozenset(
    {"launched", "destroyed", "hit", "killed", "wounded", "missing", "captured", "displaced"}
)
_BEARERS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(_HARM, ("ASSAULT",)),
    "released": ("RETREAT", "AGREE", "AID", "COOPERATE"),
    "deployed": ("MOBILIZE", "AID", "COOPERATE", "AGREE"),
    "demanded": ("REQUEST", "REJECT", "AGREE"),
    "pledged": ("AID", "AGREE", "SUPPORT", "COOPERATE"),
    "delivered": ("AID", "AGREE", "SUPPORT", "COOPERATE"),
    "other": ("RETREAT", "AGREE"),
}
"""The types of event that a number can belong to, by what became of what it counts."""
_LOOK_BACK: dict[str, tuple[str, ...]] = {
    "released": ("RETREAT",),
    "other": ("RETREAT",),
    "deployed": ("MOBILIZE", "AID", "COOPERATE"),
    "pledged": ("AID",),
    "delivered": ("AID",),
}
"""Those that a sentence without an event of its own may still be about."""
_LINES_BACK = 4
_LEAVES = frozenset({"withdraw", "pull", "retreat", "leave", "withdrawal", "pullout", "pullback"})
"""Words for armies that go: those freed later are not of it."""
_MISSILES = frozenset({"missile", "ballistic-missile", "cruise-missile", "rocket"})


def hang_counts(scene: Scene, acts: list[Act]) -> None:
    """Hang each number on the act it belongs to: the same clause, sentence, or the last before."""
    for count in told(scene.parsed.lines):
        bearer = _in_sentence(count, acts) or _of_own_dead(scene, count, acts)
        if bearer is not None:
            bearer.counts.append(count)


def _in_sentence(count: Count, acts: list[Act]) -> Act | None:
    """Return the act of a number's own sentence, that of its own clause first."""
    here = line_of(count.word)
    above = [count.act, *governors(count.act)]
    best: tuple[int, int, Act] | None = None
    for act in acts:
        if act.type not in _BEARERS[count.quantity.role]:
            continue
        for word in (act.trigger, *act.others):
            if line_of(word) != here or word.sent != count.word.sent:
                continue
            depth = above.index(word) if word in above else len(above)
            rank = (depth, abs(word.i - count.word.i), act)
            if best is None or rank[:2] < best[:2]:
                best = rank
    return best[2] if best is not None else None


def _of_own_dead(scene: Scene, count: Count, acts: list[Act]) -> Act | None:
    """Return the act told last; a ministry that counts its dead speaks of what its side suffered."""
    found = _before(count, acts)
    source = at(scene.sources, count.word)
    if found is None or source is None or source.side is None:
        return found
    side = source.side
    if count.quantity.role not in {"killed", "wounded"}:
        return found
    if side not in found.actors or side in found.recipients or "health" not in source.name.lower():
        return found
    suffered = [act for act in acts if act.type == "ASSAULT" and side in act.recipients]
    return _before(count, suffered) if suffered else None


def _before(count: Count, acts: list[Act]) -> Act | None:
    """Return the act that the report told of last, as long as the number may still be about it."""
    role = count.quantity.role
    here = (line_of(count.word), count.word.i)
    if role in _HARM:
        fitting = [a for a in acts if a.type == "ASSAULT"]
        before = [a for a in fitting if (line_of(a.trigger), a.trigger.i) <= here]
        return next(iter(before[-1:] or fitting[:1]), None)
    near = [
        a
        for a in acts
        if a.type in _LOOK_BACK.get(role, ())
        and (line_of(a.trigger), a.trigger.i) <= here
        and here[0] - line_of(a.trigger) <= _LINES_BACK
        and not (role == "released" and a.trigger.lemma_.lower() in _LEAVES)
    ]
    return near[-1] if near else None


def _source(scene: Scene, count: Count) -> str | None:
    source = at(scene.sources, count.word)
    return source.name if source else None


def _source_of_weapons(scene: Scene, act: Act) -> str | None:
    """Return who counted the weapons of an attack that the report tells in its own words."""
    told = {_source(scene, c) for c in act.counts if c.quantity.role in {"launched", "destroyed"}}
    return next(iter(told)) if len(told) == 1 else None


def as_event(scene: Scene, act: Act) -> Event:
    """Return an act as the event that the report yields."""
    found: dict[tuple[str, str, float, str | None], Quantity] = {}
    speaker = act.speaker or _source_of_weapons(scene, act)
    for count in act.counts:
        source = _source(scene, count)
        quantity = replace(count.quantity, according_to=source if source != speaker else None)
        kind = "missile" if quantity.value == 1 and quantity.item in _MISSILES else quantity.item
        found.setdefault((kind, quantity.role, quantity.value, None), quantity)
    return Event(
        type=act.type,
        mode=act.mode,
        status=act.status,
        date=act.days,
        place=act.place.name if act.place else None,
        country=act.place.country if act.place else None,
        actors=act.actors,
        recipients=act.recipients,
        quantities=tuple(found.values()),
        according_to=speaker,
        span=act.span,
    )
