"""Days carried on from what was told just before.

A report names the day once and tells the rest of the occasion in the sentences that follow: what
was agreed or refused at a dated meeting, what somebody went on to say. In a live report the entry's
own clock places what has just been done.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from foedus.reading.clauses import own_subject
from foedus.reading.events.when import days_of
from foedus.reading.moods import SAYS
from foedus.reading.parsed import line_of

if TYPE_CHECKING:
    from foedus.reading.events.act import Act, Scene
    from foedus.reading.tokens import Token
    from foedus.reading.values import Days

_AT_TALKS = frozenset(["AGREE", "RETREAT", "REJECT"])
_THERE = frozenset(["AID", "MOBILIZE", "RETREAT"])
_SPOKEN = frozenset(["REJECT", "ACCUSE", "THREATEN", "REQUEST", "SUPPORT"])
_BY_THE_CLOCK = frozenset(["ASSAULT", "CONSULT", "MOBILIZE"])
_OPENING_LINES = 4
_CLOCK = re.compile(r"\s*\d{1,2}[:.]\d{2}\b")


def carry_days(scene: Scene, acts: list[Act]) -> None:
    """Give undated acts the day of the occasion that they belong to."""
    for k, act in enumerate(acts):
        broken_off = (
            act.status == "called-off" and act.trigger.tag_ == "VBN" and _is_live(scene, act)
        )
        if act.days is not None or not (act.status == "happened" or broken_off):
            continue
        if k and act.type in _THERE and any(w.lower_ == "there" for w in act.trigger.children):
            act.days = acts[k - 1].days
        elif scene.issuer and act.type == "ASSAULT":
            act.days = _of_period(scene)
        elif _is_plain_past(act.trigger):
            act.days = _of_talks(act, acts[:k]) or _of_speech(scene, act)
        elif act.type in _BY_THE_CLOCK and act.trigger.tag_ == "VBN" and _is_live(scene, act):
            published = scene.parsed.report.published
            act.days = (published, published) if published else None


def _of_period(scene: Scene) -> Days | None:
    """Return the day and night that a communiqué reports on, where its first lines name it."""
    spans = (t.past for t in scene.times if t.line < _OPENING_LINES and t.past is not None)
    return next((days for days in spans if (days[1] - days[0]).days == 1), None)


def _is_plain_past(verb: Token) -> bool:
    """Say whether a verb tells the story on: simple past, in nobody's words."""
    helped = any(c.dep_ == "aux" for c in verb.children)
    return verb.tag_ == "VBD" and not helped and verb.dep_ in {"ROOT", "conj"}


def _of_talks(act: Act, before: list[Act]) -> Days | None:
    """Return the day of the talks, told just before in the paragraph, at which an act was done."""
    if act.type not in _AT_TALKS:
        return None
    for earlier in reversed(before):
        if line_of(earlier.trigger) != line_of(act.trigger):
            return None
        if earlier.type == "CONSULT" and earlier.days and earlier.status == "happened":
            return earlier.days if set(earlier.actors) & set(act.actors) else None
    return None


def _of_speech(scene: Scene, act: Act) -> Days | None:
    """Return the day of a speech that goes on: "Brandt said on Friday ... She ruled out a visit."."""
    top = own_subject(act.trigger)
    if act.type not in _SPOKEN or top is None or top.pos_ != "PRON":
        return None
    here = act.trigger.sent
    earlier = next((s for s in reversed(list(here.doc.sents)) if s.end == here.start), None)
    if earlier is None or earlier.root.lemma_.lower() not in SAYS:
        return None
    published = scene.parsed.report.published
    return days_of(scene.times, earlier.root, ahead=False, published=published)


def _is_live(scene: Scene, act: Act) -> bool:
    """Say whether an act stands in an entry of a live report, under the time of day."""
    for line in reversed(scene.parsed.lines[: line_of(act.trigger) + 1]):
        if line.kind == "heading":
            return bool(_CLOCK.match(line.text))
    return False
