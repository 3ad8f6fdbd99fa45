"""Fights of two sides, and attacks that somebody claims."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.reading.events.act import make
from foedus.reading.events.grammar import doer_of, preps, thing_of
from foedus.reading.events.nouns import participants
from foedus.reading.events.voices import parties, sides_at_war
from foedus.reading.parsed import line_of
from foedus.reading.phrases import words

if TYPE_CHECKING:
    from foedus.reading.events.act import Act, Scene
    from foedus.reading.tokens import Token

_RAGES = words("rages")
_FIGHTS = frozenset(["clash", "fight", "battle", "skirmish"])
_FIRE = frozenset(["fire", "shelling", "gunfire", "strike", "shot", "blow"])


def by_fight(scene: Scene, verb: Token) -> Act | None:
    """Return a fight of two sides: "clashed near Arn", "exchanged fire", "fighting raged on Friday"."""
    lemma, doer, thing = verb.lemma_.lower(), doer_of(verb), thing_of(verb)
    if verb.dep_ == "advcl":  # "since the war began" only dates what is told
        return None
    noun = doer
    if lemma in _FIGHTS and thing is None:
        found = parties(scene, doer)
        other = preps(verb).get("with") or preps(verb).get("against")
        pair = (*found, *parties(scene, other))
    elif lemma in {"exchange", "trade"} and thing is not None and thing.lemma_ in _FIRE:
        pair = parties(scene, doer)
    elif lemma in _RAGES and noun is not None and noun.lemma_.lower() in words("fighting"):
        pair = participants(scene, noun)
    else:
        return None
    if not pair and not _are_others(doer):
        pair = sides_at_war(scene)
    act = make(scene, verb, ("ASSAULT", "other"), pair)
    if act is None or act.days is None or not act.actors:
        return None
    act.recipients = act.actors if len(act.actors) > 1 else ()
    return act


def _are_others(doer: Token | None) -> bool:
    """Say whether some other fighters are named: "Tuareg rebels", not "the two armies"."""
    if doer is None or doer.lemma_.lower() in words("fighting"):
        return False
    return any(c.dep_ in {"amod", "compound"} and c.text[0].isupper() for c in doer.children)


def heed_claims(scene: Scene, acts: list[Act]) -> None:
    """Let whoever claims responsibility for an attack have made it."""
    for sentence in scene.parsed.sentences:
        root = sentence.words.root
        thing = thing_of(root)
        if root.lemma_ not in {"claim", "admit"} or thing is None:
            continue
        if thing.lemma_ not in {"responsibility", "attack", "strike", "bombing"}:
            continue
        by = parties(scene, doer_of(root))
        for act in reversed(acts):
            near = 0 <= sentence.line.number - line_of(act.trigger) <= 1
            if act.type == "ASSAULT" and near and not act.actors and act.status == "happened":
                act.actors = by
                break
