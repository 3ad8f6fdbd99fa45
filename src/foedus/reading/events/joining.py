"""Tellings of one act, joined."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.reading.parsed import line_of

if TYPE_CHECKING:
    from foedus.reading.events.act import Act


def joined(acts: list[Act]) -> list[Act]:
    """Join tellings of one act: same type, class of status, doers and days that do not clash."""
    kept: list[Act] = []
    for act in acts:
        twin = next((k for k in kept if _same(k, act)), None)
        if twin is None:
            kept.append(act)
            continue
        twin.days = twin.days or act.days
        twin.place = twin.place or act.place
        twin.actors = (
            twin.actors
            if act.type != "CONSULT" and twin.actors
            else tuple(dict.fromkeys(twin.actors + act.actors))
        )
        twin.recipients = twin.recipients or act.recipients
        if twin.speaker != act.speaker:
            twin.speaker = twin.speaks_for = None
    return kept


def _same(a: Act, b: Act) -> bool:
    if a.type != b.type or a.status != b.status:
        return False
    if a.days and b.days and not (a.days[0] <= b.days[1] and b.days[0] <= a.days[1]):
        return False
    for ours, theirs in ((a.actors, b.actors), (a.recipients, b.recipients)):
        if ours and theirs and not set(ours) & set(theirs):
            return False
    if a.type == "ASSAULT":
        return {a.mode, b.mode} != {"aerial", "ground"}
    return bool(a.days and b.days) or (
        line_of(a.trigger) == line_of(b.trigger) and a.trigger.sent == b.trigger.sent
    )
