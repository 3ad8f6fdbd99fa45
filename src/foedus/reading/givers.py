"""Who would give a part of a deal, as far as its clause says so.

Whoever does it himself comes first (an army that withdraws), then whom it is "by", "with", "from" or
"led by", then whose it is ("American aid"), then whoever offers, gives or refuses it. A mediator who
proposes a ceasefire does not give it, and a ceasefire has no giver unless somebody refuses it.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from foedus.reading.clauses import agent, governors, is_passive, is_verbal, own_subject, subject
from foedus.reading.cues import frames
from foedus.reading.papers import has_paper_subject, side_of
from foedus.reading.speakers import speaker_of

if TYPE_CHECKING:
    from foedus.reading.names import Names
    from foedus.reading.papers import Paper
    from foedus.reading.tokens import Token
    from foedus.reading.topics import Topic
    from foedus.reading.values import ProvisionStatus

RECIPROCAL = frozenset(
    {"prisoner-exchange", "intelligence-sharing", "monitoring", "mutual-defence",
     "defence-cooperation", "consultation"}
)  # fmt: skip
_OWN_ACT = frozenset(
    {"withdrawal", "territorial-terms", "own-force-cap", "neutrality", "multinational-force",
     "prisoner-exchange", "hostage-release", "economic-support", "military-aid", "air-defence",
     "sanctions-relief", "sanctions-snapback", "peacekeepers", "intelligence-sharing", "monitoring",
     "humanitarian-corridor", "reconstruction", "prepositioned-stocks", "rapid-response"}
)  # fmt: skip
_JOINED = {"nato-membership": "NATO", "eu-membership": "European Union"}
_ASKS_ANOTHER = frozenset(
    {"ask", "require", "demand", "urge", "request", "want", "call", "press", "oblige"}
)
_OFFERS = frozenset(
    {"promise", "pledge", "offer", "guarantee", "provide", "give", "grant", "sign", "conclude",
     "approve", "agree", "consider", "weigh", "explore", "mull", "study", "resume", "send", "supply",
     "lift", "ease", "extend", "commit", "undertake", "deliver", "share", "announce", "vow", "lend",
     "contribute", "deploy", "ratify", "initial", "begin", "start", "open", "suspend", "halt"}
)  # fmt: skip
_GIVES_TO = frozenset({"promise", "offer", "give", "grant", "pledge", "assure", "guarantee"})
_DOES = frozenset(
    {"send", "provide", "give", "supply", "deliver", "hand", "share", "station", "deploy", "donate",
     "contribute", "lend", "transfer", "ship", "lift", "ease", "impose", "withdraw", "release",
     "free", "exchange", "swap", "cede", "cap", "limit", "train", "lead", "run", "offer", "open",
     "set", "store", "return", "pull", "keep", "restore", "reimpose", "suspend", "halt", "resume"}
)  # fmt: skip
_WATCHES = frozenset(
    {"monitor", "watch", "verify", "oversee", "inspect", "patrol", "supervise", "guard"}
)
_COMES_BACK = frozenset({"return", "snap", "come"})
_SUGGESTS = frozenset({"propose", "suggest", "recommend", "advocate", "moot"})
_RECEIVES = frozenset({"receive", "get", "obtain", "gain", "win", "enjoy", "secure", "acquire"})
_FROM = frozenset({"by", "with", "from"})
_REFUSED = frozenset({"rejected", "suspended", "off-the-table"})
_MOST = 4


def givers(
    topic: Topic, cue: Token, status: ProvisionStatus, names: Names, paper: Paper | None
) -> tuple[str | None, ...]:
    """Return who would give a provision; () when nothing says so."""
    own = next((a for a in governors(topic.head) if is_verbal(a)), topic.head)
    if topic.provision in _OWN_ACT and _is_mutual(topic, own):
        return _both(names, paper) or (None,)
    found = _by_own_act(topic, own, names) if topic.provision in _OWN_ACT else []
    if not found and cue.lemma_ == "propose" and topic.provision in RECIPROCAL:
        found = _by_cue(topic, cue, status, names)
    if not found and status in _REFUSED:
        found = _by_cue(topic, cue, status, names)
    if not found and topic.provision != "ceasefire":
        given = cue.lemma_ in _GIVES_TO and sides(subject(cue), names)
        found = given or _named_with(topic, names) or _of_paper(topic, cue, names)
    if not found:
        found = _by_cue(topic, cue, status, names)
    if not found and paper is not None and status == "agreed" and topic.provision != "ceasefire":
        both = topic.provision in RECIPROCAL and len(paper.parties) > 1
        if both or len(paper.parties) == 1:
            found = list(paper.parties)
    if not found and topic.provision == "hostage-release":
        found = _only_group(names)
    if not found and topic.provision in _JOINED and status != "off-the-table":
        found = [_JOINED[topic.provision]]
    return tuple(dict.fromkeys(found))[:_MOST]


def _is_mutual(topic: Topic, own: Token) -> bool:
    """Say whether both sides are said to do it: "by each side", "the two governments"."""
    doer = subject(own)
    by = [agent(t) for t in (own, *topic.tokens)]
    return any(
        noun is not None
        and noun.lemma_ in {"side", "party", "government"}
        and any(c.lower_ in {"each", "either", "both", "two"} for c in noun.children)
        for noun in (doer, *by)
    )


def _both(names: Names, paper: Paper | None) -> tuple[str, ...]:
    """Return the two sides of a deal: those of its paper, else the two most spoken of."""
    if paper is not None and len(paper.parties) == 2:
        return paper.parties
    told = (
        naming.actor.name
        for naming in names.namings
        if naming.actor is not None
        and naming.actor.side == naming.actor.name
        and naming.actor.kind in {"state", "group"}
        and not names.is_place_here(names.parsed.lines[naming.line].doc[naming.first])
    )
    sides_told = Counter(told)
    common = tuple(side for side, _ in sides_told.most_common(2))
    return common if len(common) == 2 else ()


def _only_group(names: Names) -> list[str]:
    """Return the one armed group that a report speaks of: it is who holds the hostages."""
    groups = {
        n.actor.name for n in names.namings if n.actor is not None and n.actor.kind == "group"
    }
    return list(groups) if len(groups) == 1 else []


def _by_own_act(topic: Topic, own: Token, names: Names) -> list[str]:
    """Return those who do it themselves: the subject of "withdraw", "lift", "send"."""
    does = topic.head.head == own and own.lemma_ in _DOES
    watches = topic.provision in {"monitoring", "peacekeepers"} and own.lemma_ in _WATCHES
    inside = own in topic.tokens or does or watches
    if own.dep_ in {"ccomp", "xcomp"} and own.head.lemma_ in {"let", "allow", "permit", "enable"}:
        watcher = topic.provision in {"monitoring", "peacekeepers"} and own_subject(own)
        return sides(watcher or subject(own.head), names)
    lent = own.head if own.dep_ in {"xcomp", "pcomp", "ccomp"} else own
    if not inside and own.dep_ not in {"xcomp", "pcomp"}:
        return []
    doers = sides(agent(own), names)
    if not doers and not is_passive(own):
        doer = subject(own) or (subject(lent) if is_verbal(lent) else None)
        doers = sides(doer, names)
        if not doers and doer is not None:
            doers = _members(doer, names)
    beside = [c for c in own.children if c.dep_ == "prep" and c.lower_ in {"with", "alongside"}]
    if doers and topic.provision == "monitoring":
        doers += [s for p in beside for c in p.children for s in sides(c, names)]
    if topic.provision == "sanctions-snapback" and own.lemma_ in _COMES_BACK:
        return []
    hosts = _hosts(own, names)
    return [side for side in doers if side not in hosts] or doers


def _members(noun: Token, names: Names) -> list[str]:
    """Return those a body is led by or made up of: "a committee led by Ardal"."""
    found: list[str] = []
    for token in noun.subtree:
        if token == noun or token.dep_ not in {"pobj", "conj"}:
            continue
        words = {a.lower_ for a in governors(token) if a.i < token.i}
        if words & {"led", "headed", "chaired", "including", "of", "comprising", "with"}:
            side = side_of(token, names)
            if side is not None:
                found.append(side)
    return found


def _named_with(topic: Topic, names: Names) -> list[str]:
    """Return whom a provision is by, with, from or led by, or whose it is."""
    for noun in (topic.head, *(t for t in topic.tokens if t != topic.head)):
        for child in noun.children:
            if child.dep_ in {"prep", "agent"} and child.lower_ in _FROM:
                found = [s for c in child.children if c.dep_ == "pobj" for s in sides(c, names)]
                if found:
                    return found
            if child.dep_ == "acl" and child.lemma_ in {"lead", "head", "run", "provide", "give"}:
                found = sides(agent(child), names)
                if found:
                    return found
    for_whom = any(c.dep_ == "prep" and c.lower_ == "for" for c in topic.head.children)
    if for_whom:
        return []
    whose = [a for noun in topic.tokens for a in names.modifiers(noun)]
    return [a.side or a.name for a in whose]


def _of_paper(topic: Topic, cue: Token, names: Names) -> list[str]:
    """Return whom the paper that speaks is with: "the treaty with Sundria contains"."""
    if not is_verbal(cue) or not has_paper_subject(cue, topic):
        return []
    doer = subject(cue)
    if doer is None:
        return []
    for prep in doer.children:
        if prep.dep_ == "prep" and prep.lower_ in {"with", "between"}:
            found = [s for c in prep.children if c.dep_ == "pobj" for s in sides(c, names)]
            if found and (prep.lower_ == "with" or topic.provision in RECIPROCAL):
                return found
    return []


def _by_cue(topic: Topic, cue: Token, status: ProvisionStatus, names: Names) -> list[str]:
    """Return whoever offers, gives, asks for or refuses it."""
    doers = sides(agent(cue) if is_passive(cue) else subject(cue), names) if is_verbal(cue) else []
    if status in _REFUSED:
        return (doers or _speaker(cue, names))[:2]
    if topic.provision == "ceasefire" or cue.lemma_ in _ASKS_ANOTHER:
        return []
    if cue.lemma_ in _RECEIVES or (has_paper_subject(cue, topic) and topic.provision in _JOINED):
        return []  # who is given a guarantee gives none, and who drew up a plan admits nobody
    if len(doers) > 1:
        return doers if topic.provision in RECIPROCAL and status in {"agreed", "in-force"} else []
    if not doers and status == "proposed" and cue.lemma_ in {"stand", "be"}:
        doers = sides(subject(cue), names)
    offers = cue.lemma_ in _OFFERS or status == "proposed"
    return doers if (offers and cue.lemma_ not in _SUGGESTS) or _is_own_offer(cue, topic) else []


def _is_own_offer(cue: Token, topic: Topic) -> bool:
    """Say whether somebody proposes what he would do himself: "proposed an exchange"."""
    return cue.lemma_ == "propose" and topic.provision in RECIPROCAL | _OWN_ACT


def _hosts(verb: Token, names: Names) -> set[str]:
    """Return the states on whose soil an act takes place: soldiers in a state are not its own."""
    found: set[str] = set()
    for token in verb.subtree:
        place = names.place(token)
        if place is not None and names.is_place_here(token):
            found.add(place.name)
    return found


def _speaker(verb: Token, names: Names) -> list[str]:
    """Return the side of whoever says that something is refused."""
    said = next((a for a in governors(verb) if a != verb and a.lemma_.lower() in frames()), None)
    speaker = speaker_of(subject(said), names) if said is not None else None
    return [speaker.side] if speaker is not None and speaker.side else []


def sides(doer: Token | None, names: Names) -> list[str]:
    """Return the states, groups and organisations that a phrase names as doing something."""
    if doer is None:
        return []
    found = names.actors(doer) or names.modifiers(doer)
    told = [a.side or (None if a.kind == "person" else a.name) for a in found]
    return list(dict.fromkeys(side for side in told if side))
