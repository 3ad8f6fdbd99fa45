"""What is denied afterwards: "It did not.", "The army denied it.", "said no truce had been agreed"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.reading.clauses import is_independent, is_negated, is_verbal, subject
from foedus.reading.events.grammar import content_of, doer_of, thing_of
from foedus.reading.events.voices import parties
from foedus.reading.moods import SAYS
from foedus.reading.parsed import line_of
from foedus.reading.quantities import is_a

if TYPE_CHECKING:
    from foedus.reading.events.act import Act, Scene
    from foedus.reading.tokens import Token

_DENY = frozenset(["deny", "dispute", "reject", "dismiss", "refute"])
_WHAT = frozenset(
    [
        "it",
        "this",
        "that",
        "claim",
        "report",
        "charge",
        "allegation",
        "accusation",
        "account",
        "story",
    ]
)
_UNTRUE = frozenset(
    ["false", "untrue", "wrong", "fake", "baseless", "unfounded", "fabricated", "lie", "invention"]
)
_SHORT = 6


def heed_denials(scene: Scene, acts: list[Act]) -> None:
    """Mark as denied the acts that the report tells only by others and then has denied."""
    for sentence in scene.parsed.sentences:
        line = sentence.line.number
        for verb in sentence.words:
            if not is_verbal(verb):
                continue
            content = content_of(verb) if verb.lemma_.lower() in SAYS else None
            untrue = content is not None and _is_short_no(content)
            if _is_denial(verb) or untrue or (verb.dep_ == "ROOT" and _is_short_no(verb)):
                told = [act for act in acts if _before(act, (line, sentence.words.start), verb)]
                if told:
                    _deny(told[-1], parties(scene, subject(verb)))
            denied = _no_deal(scene, verb)
            for act in acts:
                if act.type == "AGREE" and act.speaker and set(act.actors) & set(denied):
                    act.status = "denied"


def _before(act: Act, here: tuple[int, int], verb: Token) -> bool:
    """Say whether an act was told just before a verb: in its sentence, on its line, or one above."""
    line, place = line_of(act.trigger), act.trigger.i
    if line != here[0]:
        return line == here[0] - 1 and not _tells_between(verb, here[1])
    return place < verb.i and (place < here[1] or is_independent(act.trigger) or _splits(act, verb))


def _tells_between(verb: Token, first: int) -> bool:
    """Say whether the line has told something in somebody's words before a denial in it."""
    return any(
        word.lemma_.lower() in SAYS and content_of(word) is not None
        for word in verb.doc[:first]
        if is_verbal(word)
    )


def _splits(act: Act, verb: Token) -> bool:
    """Say whether a semicolon stands between an act and a verb behind it."""
    return any(word.text == ";" for word in verb.doc[act.trigger.i : verb.i])


def _is_denial(root: Token) -> bool:
    thing = thing_of(root)
    if root.lemma_ not in _DENY or thing is None or thing.lemma_.lower() not in _WHAT:
        return False
    return not any(c.dep_ in {"prep", "relcl", "acl"} for c in thing.children)


def _is_short_no(root: Token) -> bool:
    """Read "It did not.", "That is simply not true."."""
    top = next((c for c in root.children if c.dep_ == "nsubj"), None)
    if top is None or top.lower_ not in {"it", "that", "they", "this", "he", "she"}:
        return False
    sentence = [w for w in root.sent if not w.is_punct]
    if root.lemma_ == "do" and is_negated(root) and len(sentence) < _SHORT:
        return True
    below = {w.lower_ for w in root.subtree}
    return root.lemma_ == "be" and (
        (bool(below & _UNTRUE) and not is_negated(root)) or ("true" in below and is_negated(root))
    )


def _deny(act: Act, by: tuple[str, ...]) -> None:
    if act.speaker is None or act.status != "happened":
        return
    if not act.actors:
        act.actors = by
    elif by and not set(by) & set(act.actors):
        return
    act.status = "denied"


def _no_deal(scene: Scene, root: Token) -> tuple[str, ...]:
    """Return who says that nothing was agreed: "said no truce had been agreed"."""
    if root.lemma_.lower() not in SAYS:
        return ()
    for content in root.children:
        if content.dep_ != "ccomp" or not is_negated(content):
            continue
        thing = thing_of(content) or doer_of(content)
        made = content.lemma_ in {"agree", "sign", "reach", "be"}
        if made and thing is not None and is_a(thing, "agreement"):
            return parties(scene, subject(root))
    return ()


def mark_claims(scene: Scene, acts: list[Act]) -> None:
    """Mark as claimed what only one party of the fight tells; the report's own word outweighs it."""
    for act in acts:
        fought = act.type in {"ASSAULT", "RETREAT"} and act.status == "happened"
        if fought and act.speaks_for in (*act.actors, *act.recipients) and not scene.issuer:
            act.status = "claimed"
