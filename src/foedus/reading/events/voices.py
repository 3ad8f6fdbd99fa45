"""Who "we", "our forces" and "the enemy" are: by who is quoted, or by who issued the document."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from foedus.reading.clauses import agent, is_verbal, subject
from foedus.reading.events.grammar import above
from foedus.reading.knowledge import entries, key
from foedus.reading.moods import SAYS
from foedus.reading.parsed import start_of
from foedus.reading.phrases import rows, words
from foedus.reading.sources import at

if TYPE_CHECKING:
    from foedus.reading.events.act import Scene
    from foedus.reading.names import Names
    from foedus.reading.parsed import Parsed
    from foedus.reading.tokens import Token

_SELF = frozenset(["we", "us", "i", "ours", "me"])
_PAIRS = frozenset(["both", "each", "either", "neither", "two"])
_OF_STATE = frozenset(
    [
        "army",
        "military",
        "government",
        "council",
        "ministry",
        "presidency",
        "navy",
        "regime",
        "junta",
    ]
)
_OWN = frozenset(["our", "my"])
_PAPERS = re.compile(
    r"\b(?:statement|bulletin|communiqu[eé]|summary|declaration|press release|readout|text)\b",
    re.IGNORECASE,
)
_ISSUED = re.compile(
    r"\b(?:statement|bulletin|communiqu[eé]|declaration|release|message|address)\b(?: no\. ?\d+)?"
    r" (?:issued )?(?:of|by|from|between) (.+?)(?: (?:on|about|regarding|concerning|following) |$)",
    re.IGNORECASE,
)
_LINES_LED = 3
_NAME_WORDS = 6
_OPENING = 16
"""Words within which a communiqué names who speaks: "General Staff of the Ardali Army: ..."."""


def issuer_of(parsed: Parsed, names: Names) -> tuple[str, ...]:
    """Return who issued a statement or a communiqué; () for a report by others.

    Whoever the first lines say issued it, or the title: "Joint statement of Ardal and Velmark"; else
    the official body that the outlet, the author or the
    title names; else, where the title calls it a statement, whoever it names first.
    """
    for line in parsed.lines[:_LINES_LED]:
        for word in line.doc:
            if word.lemma_ in {"issue", "publish", "release"} and is_verbal(word):
                by = agent(word)
                found = names.parties(by) if by is not None else ()
                if found:
                    return found
    report = parsed.report
    if titled := _titled(report.title or "", names):
        return titled
    head = parsed.lines[0].doc if parsed.lines else None
    opening = head[:_OPENING].text if head is not None and ":" in head[:_OPENING].text else ""
    for text in (report.outlet, report.author, report.title, opening.split(":")[0]):
        found = _official(text or "")
        if found:
            return found
    if not _PAPERS.search(report.title or "") or not _speaks_itself(parsed):
        return ()
    sides = (n.actor.side for n in names.namings if n.actor and n.actor.kind != "person")
    return next(((side,) for side in sides if side), ())


def _titled(title: str, names: Names) -> tuple[str, ...]:
    """Return who a title says issued the paper: all of a joint one, else whoever it names first."""
    found = _ISSUED.search(title)
    if found is None:
        return ()
    of = found.group(1)
    at: dict[int, str] = {}
    actors = [n for n in names.namings if n.actor and n.actor.kind != "person"]
    for naming in sorted(actors, key=lambda n: n.first - n.last):
        words_ = names.parsed.lines[naming.line].doc[naming.first : naming.last + 1].text
        told = re.search(rf"(?<!\w){re.escape(words_)}(?!\w)", of)
        if told and naming.actor:
            at.setdefault(told.start(), naming.actor.side or naming.actor.name)
            of = of[: told.start()] + "_" * len(words_) + of[told.end() :]
    sides = tuple(dict.fromkeys(at[k] for k in sorted(at))) or _official(of, anybody=True)
    joint = re.search(r"\b(?:joint|between)\b", title, re.IGNORECASE)
    return sides if joint else sides[:1]


def _official(text: str, *, anybody: bool = False) -> tuple[str, ...]:
    """Return the side of an official body, or of anybody, that a short text names.

    Examples
    --------
    >>> _official("Sudanese Army, Press Office"), _official("Kenya Daily News")
    (('Sudan',), ())
    """
    parts = re.findall(r"[\w’'-]+", text)
    body = anybody or bool({part.lower() for part in parts} & words("bodies"))
    for length in range(min(_NAME_WORDS, len(parts)), 0, -1):
        for first in range(len(parts) - length + 1):
            entry = entries().get(key(" ".join(parts[first : first + length])))
            actor = entry.actor if entry else None
            if actor and actor.side and (body or actor.kind in {"force", "ministry"}):
                return (actor.side,)
    return ()


def _speaks_itself(parsed: Parsed) -> bool:
    return any(
        word.lower_ in _SELF | _OWN and not parsed.quoted(start_of(word))
        for line in parsed.lines
        for word in line.doc
    )


def parties(scene: Scene, noun: Token | None) -> tuple[str, ...]:
    """Return whom an event's phrase means, "we", "our forces" and "the enemy" included."""
    if noun is None:
        return ()
    if noun.lower_ in _SELF or any(c.lower_ in _OWN and c.dep_ == "poss" for c in noun.children):
        named = next((c for c in noun.children if c.dep_ == "appos"), None)
        ours = _ours(scene, noun)
        found = parties(scene, named) if len(ours) < 2 else ()
        return found or ours  # "we, the foreign ministers of Ardal and Velmark"
    beside = {c.lower_ for c in noun.children}
    if noun.lemma_.lower() in words("group-words") and beside & _PAIRS:
        pair = sides_at_war(scene) or _those_before(scene, sides=True)
        if "two" in beside:
            pair = _those_before(scene, sides=noun.lemma_.lower() in words("side-words")) or pair
        if len(pair) > 1:
            return pair
    found = _own_army(scene, noun) or scene.names.parties(noun) or _by_role(scene, noun)
    joined = any(c.dep_ == "cc" for c in noun.children)  # "the army and the paramilitary X"
    for child in noun.children:
        if child.dep_ == "appos" and child.pos_ == "PROPN" and (joined or not found):
            found += tuple(name for name in scene.names.parties(child) if name not in found)
    return found


def _own_army(scene: Scene, noun: Token) -> tuple[str, ...]:
    """Return the state meant by "the army" in a report on its rebels."""
    if [c.lower_ for c in noun.children] != ["the"]:
        return ()
    if noun.lemma_ not in {"army", "military"}:
        return ()
    kinds = {n.actor.name: n.actor.kind for n in scene.names.namings if n.actor}
    pair = sides_at_war(scene)
    own = [side for side in pair if kinds.get(side) == "state"]
    groups = [side for side in pair if kinds.get(side) == "group"]
    return tuple(own) if len(own) == 1 and groups else ()


def _by_role(scene: Scene, noun: Token) -> tuple[str, ...]:
    """Return whom a phrase without a name means: "the enemy", "the two directors", "the Command"."""
    lemma, beside = noun.lemma_.lower(), {c.lower_ for c in noun.children}
    found: tuple[str, ...] = ()
    if _is_body_of_others(scene, lemma):
        found = enemies(scene, scene.issuer[0])[:1]
    elif noun.dep_ == "compound":
        found = scene.issuer if lemma in words("bodies") else ()
    elif beside & {"federal", "government"} and lemma in words("troops"):
        named = {n.actor.name for n in scene.names.namings if n.actor and n.actor.kind == "state"}
        found = tuple(side for side in sides_at_war(scene) if side in named)[:1]
    elif _is_own_force(scene, noun):
        found = scene.issuer
    elif noun.lower_ in {"north", "south"}:
        found = _half(scene, noun)
    elif not beside & {"the", "this", "these", "both", "two", "same"}:
        return ()
    elif noun.tag_ == "NNS" and lemma in words("group-words") | {"people"}:
        found = _those_before(scene, sides=lemma in words("side-words"))
    elif lemma in words("enemy"):
        ours = _ours(scene, noun)
        found = enemies(scene, ours[0])[:1] if ours else ()
    elif lemma in words("bodies") and not list(noun.rights):
        found = scene.issuer
    return found


def _is_body_of_others(scene: Scene, lemma: str) -> bool:
    """Say whether a body of state stands in the paper of a group: "the council bombed villages"."""
    if len(scene.issuer) != 1 or lemma not in _OF_STATE:
        return False
    kinds = {n.actor.name: n.actor.kind for n in scene.names.namings if n.actor}
    name = scene.issuer[0]
    return kinds.get(name, "group") != "state" and lemma not in name.lower()


def _is_own_force(scene: Scene, noun: Token) -> bool:
    """Say whether a paper speaks of the forces of who issued it: "air units flew six sorties"."""
    if not scene.issuer or scene.parsed.quoted(start_of(noun)):
        return False
    beside = {c.lemma_.lower() for c in noun.children if c.dep_ in {"amod", "compound", "det"}}
    foreign = beside & (words("enemy") | {"hostile", "opposing", "foreign"})
    unnamed = all(c.text.islower() or c.ent_type_ == "DATE" for c in noun.children)
    forces = words("troops") | words("fighters") | {"gunner", "artillery", "aviation", "pilot"}
    plain = noun.lemma_.lower() in forces and noun.dep_ in {"nsubj", "agent", "conj"}
    return plain and unnamed and not foreign and not beside & {"a", "an"}


def _ours(scene: Scene, word: Token) -> tuple[str, ...]:
    """Return who speaks: whoever says the sentence, if it is quoted, else who issued the document."""
    if not scene.parsed.quoted(start_of(word)):
        told = None if scene.issuer else at(scene.sources, word)  # an answer in an interview
        return (told.side,) if told and told.side else scene.issuer
    for verb in above(word):
        if is_verbal(verb) and verb.lemma_.lower() in SAYS:
            said = subject(verb)
            actor = scene.names.actor(said) if said is not None else None
            if actor is not None and actor.side:
                return (actor.side,)
    return ()


def enemies(scene: Scene, side: str) -> tuple[str, ...]:
    """Return who is at war with a side, those that the report names first."""
    pair = sides_at_war(scene)
    other = [name for name in pair if side in pair and name != side]
    dyads = [(row["side_a"], row["side_b"]) for row in rows("dyads.csv")]
    known = [b if a == side else a for a, b in dyads if side in (a, b)]
    named = {n.actor.side for n in scene.names.namings if n.actor and n.actor.side}
    return tuple(dict.fromkeys([*other, *sorted(known, key=lambda enemy: enemy not in named)]))


def _those_before(scene: Scene, *, sides: bool) -> tuple[str, ...]:
    """Return who met or agreed last: "the two directors", "the same teams", "the delegations"."""
    for act in reversed(scene.told):
        if act.type in {"CONSULT", "AGREE"} and len(act.actors) > 1:
            if not sides:
                return act.actors
            kinds = {n.actor.name: n.actor.kind for n in scene.names.namings if n.actor}
            return tuple(name for name in act.actors if kinds.get(name) != "person")
    return ()


def sides_at_war(scene: Scene) -> tuple[str, ...]:
    """Return the two that are at war and that the report names most, () when it is not clear.

    Known wars are looked up; else "the war between X and Y" tells, or who has attacked whom so far.
    """
    often: dict[str, int] = {}
    for naming in scene.names.namings:
        if naming.actor and naming.actor.side:
            often[naming.actor.side] = often.get(naming.actor.side, 0) + 1
    pairs = [(row["side_a"], row["side_b"]) for row in rows("dyads.csv")]
    known = [pair for pair in pairs if pair[0] in often and pair[1] in often]
    if known:
        return max(known, key=lambda pair: often[pair[0]] + often[pair[1]])
    fought = [a for a in scene.told if a.type == "ASSAULT" and a.actors and a.recipients]
    return _war_between(scene) or next(((a.actors[0], a.recipients[0]) for a in fought), ())


def _war_between(scene: Scene) -> tuple[str, ...]:
    told = (line for line in scene.parsed.lines if "between" in line.text.lower())
    for line in told:
        for word in line.doc:
            if word.lower_ == "between" and word.head.lemma_.lower() in words("fighting"):
                found = [n for c in word.children for n in scene.names.parties(c)]
                if len(found) == 2:
                    return found[0], found[1]
    return ()


def _half(scene: Scene, noun: Token) -> tuple[str, ...]:
    """Return the state that "the North" or "the South" is, in a report that names it in full."""
    if noun.text.islower() or any(c.dep_ == "prep" for c in noun.children):
        return ()
    halves = {n.actor.name for n in scene.names.namings if n.actor and n.actor.kind == "state"}
    return tuple(sorted(name for name in halves if name.startswith(f"{noun.text} ")))[:1]
