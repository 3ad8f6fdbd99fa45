"""What a deal may contain, and how far each part has come.

A provision counts when its own clause, or a verb that governs it, says how far it has come:
proposed, discussed, agreed, in force, rejected, off the table, suspended. The nearest cue above
the words decides, so that "agreed on a framework and discussed deterrence" is one of each, and
"agreed to discuss" is discussed. A list of points that states no cue takes the status of the paper
it is from: a plan proposes, what has been signed is agreed. A mere mention yields nothing.

The cues lie in ``data/status_cues.csv``, the parts of a deal in ``data/topics.csv``.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, cast

from foedus.reading.clauses import (
    agent,
    clause,
    governors,
    is_conditional,
    is_negated,
    is_none,
    is_passive,
    is_verbal,
    modal,
    subject,
)
from foedus.reading.cues import frames
from foedus.reading.parsed import end_of, start_of
from foedus.reading.phrases import compiled, rows
from foedus.reading.quoting import trimmed
from foedus.reading.relevance import is_about_conflict
from foedus.reading.speakers import speaker_of
from foedus.reading.topics import topics_in
from foedus.reading.values import ProvisionMention

if TYPE_CHECKING:
    import re

    from spacy.tokens import Token

    from foedus.reading.names import Names
    from foedus.reading.parsed import Parsed
    from foedus.reading.topics import Topic
    from foedus.reading.values import ProvisionKind, ProvisionStatus, Span

_PLAN = compiled("(draft|peace plan|proposal|proposed|new plan|the plan|leaked plan|twenty points)")
_DEAL = compiled(
    "(signed|agreed|agreement|accord|treaty|declaration|issued a statement|deal|approved|text)"
)
_OFF = compiled("it ?('s|is|was|remains) (\\w+ ){0,2}(off the table|out of the question)")
_CLOSED = compiled("(signed|approved|adopted|initialled|ratified|issued a statement|accords?)")
_RECIPROCAL = frozenset({"prisoner-exchange", "intelligence-sharing", "monitoring"})
_OWN_ACT = frozenset(
    {"withdrawal", "territorial-terms", "own-force-cap", "neutrality", "multinational-force",
     "prisoner-exchange", "hostage-release", "economic-support", "military-aid", "air-defence"}
)  # fmt: skip
_ASKS_ANOTHER = frozenset({"ask", "require", "demand", "urge", "request", "want"})
_HOLDS = frozenset({"hold", "begin", "start", "remain", "continue", "operate", "fall", "return"})
_STANDS = frozenset(
    {"ceasefire", "peacekeepers", "monitoring", "military-aid", "intelligence-sharing"}
)
_DATES = frozenset({"after", "before", "until", "since", "during", "pending", "despite"})
_ASKED = frozenset({"who", "whose", "how", "whether", "what", "if"})
_PAPER_LASTS = 14


def find_provisions(parsed: Parsed, names: Names) -> tuple[ProvisionMention, ...]:
    """Return each provision of a report once a giver, with the last status that it is given."""
    if not is_about_conflict(parsed):
        return ()
    last: dict[tuple[str, str | None], ProvisionMention] = {}
    paper, age = _paper(parsed.report.title or ""), 0
    for sentence in parsed.sentences:
        if sentence.line.kind in {"headline", "heading"}:
            continue
        spoken_of = _paper(sentence.words.text)
        paper, age = (spoken_of, 1) if spoken_of is not None else (paper, age + 1)
        for topic in topics_in(sentence.line.doc):
            inside = sentence.words.start <= topic.head.i < sentence.words.end
            if inside and topic.provision:
                _note(topic, paper if age <= _PAPER_LASTS else None, (parsed, names), last)
    kept = [m for m in last.values() if m.by is not None or not _is_named(m, last)]
    return tuple(sorted(kept, key=lambda m: (m.span, m.provision, m.by or "")))


def _note(
    topic: Topic,
    paper: str | None,
    report: tuple[Parsed, Names],
    last: dict[tuple[str, str | None], ProvisionMention],
) -> None:
    """Add one topic to ``last``, once a giver, when its sentence says how far it has come."""
    parsed, names = report
    status, cue = _status(topic, paper)
    if status is None:
        return
    kind = cast("ProvisionKind", topic.provision)
    span = _span(topic, cue, parsed)
    for giver in _givers(topic, cue, status, names) or _only_giver(topic, last):
        before = last.get((kind, giver))
        if before is None or not _is_step_back(before.status, status):
            last[kind, giver] = ProvisionMention(provision=kind, by=giver, status=status, span=span)


def _is_step_back(before: ProvisionStatus, now: ProvisionStatus) -> bool:
    """Say whether talk of a thing comes after it was agreed, which does not unmake it."""
    return before == "agreed" and now in {"discussed", "proposed"}


def _only_giver(
    topic: Topic, found: dict[tuple[str, str | None], ProvisionMention]
) -> tuple[str | None, ...]:
    """Return the one giver of a provision so far: "further withdrawal" is still his; else None."""
    givers = {by for kind, by in found if kind == topic.provision and by is not None}
    further = any(c.lower_ in {"further", "the", "this"} for c in topic.head.children)
    return (next(iter(givers)),) if len(givers) == 1 and further else (None,)


def _is_named(
    mention: ProvisionMention, found: dict[tuple[str, str | None], ProvisionMention]
) -> bool:
    """Say whether a provision without a giver is known with one, as far come."""
    return any(
        other.by is not None and other.status == mention.status
        for (kind, _), other in found.items()
        if kind == mention.provision
    )


def _paper(text: str) -> str | None:
    """Return what kind of paper a sentence speaks of: "plan", "deal", or None for neither."""
    if _CLOSED.search(text):
        return "deal"
    deals, plans = list(_DEAL.finditer(text)), list(_PLAN.finditer(text))
    if plans and (not deals or plans[-1].start() >= deals[-1].start()):
        return "plan"
    return "deal" if deals else None


@cache
def _verbs() -> dict[str, ProvisionStatus]:
    return {
        row["cue"]: cast("ProvisionStatus", row["status"])
        for row in rows("status_cues.csv")
        if row["where"] == "verb"
    }


@cache
def _modifiers() -> dict[str, ProvisionStatus]:
    return {
        row["cue"]: cast("ProvisionStatus", row["status"])
        for row in rows("status_cues.csv")
        if row["where"] == "modifier"
    }


@cache
def _phrases() -> tuple[tuple[re.Pattern[str], ProvisionStatus], ...]:
    return tuple(
        (compiled(row["cue"]), cast("ProvisionStatus", row["status"]))
        for row in rows("status_cues.csv")
        if row["where"] == "phrase"
    )


def _status(topic: Topic, paper: str | None) -> tuple[ProvisionStatus | None, Token]:
    """Return how far a provision has come, and the verb that says so."""
    head = topic.head
    dated = head.dep_ == "pobj" and head.head.lower_ in _DATES
    placed = topic.provision == "demilitarised-zone" and head.head.lower_ in {
        "in",
        "near",
        "inside",
    }
    nearest = next((a for a in governors(head) if is_verbal(a)), head)
    asked = nearest.left_edge.lower_ in _ASKED or any(
        t.lower_ in _ASKED and t.i <= nearest.i for t in nearest.children
    )
    if _is_off_the_table(topic):
        return "off-the-table", nearest
    if dated or placed or asked:
        return None, nearest
    for child in head.children:
        if child.dep_ == "amod" and child.lower_ in _modifiers():
            return _modifiers()[child.lower_], child
    for above in governors(head):
        if not is_verbal(above):
            continue
        if is_conditional(above) or _comes_after(above):
            return None, above
        found = _said_by(above, topic)
        if found is not None:
            return found, above
    verb = next((a for a in governors(head) if is_verbal(a)), head)
    return _by_paper(verb, topic, paper), verb


def _is_off_the_table(topic: Topic) -> bool:
    """Say whether the topic is taken up by "it" in its sentence and put off the table."""
    sent = topic.head.sent
    found = _OFF.search(sent.text)
    if found is None or topic.head.idx > sent.start_char + found.start():
        return False
    between = sent.text[topic.head.idx - sent.start_char : found.start()]
    return not any(mark in between for mark in ";:")


def _comes_after(verb: Token) -> bool:
    """Say whether a clause only dates another: "once a ceasefire is in place"."""
    return any(
        c.dep_ in {"advmod", "mark"} and c.lower_ in {"once", "when", "until", "after", "before"}
        for c in verb.children
    )


def _said_by(  # noqa: C901, PLR0911  # a ladder: the first rung that holds decides
    verb: Token, topic: Topic
) -> ProvisionStatus | None:
    """Return the status that one verb gives to what it governs; None when it says nothing."""
    text = " ".join(t.text for t in clause(verb))
    name = _with_particle(verb)
    found = _verbs().get(name) or _verbs().get(verb.lemma_.lower())
    if found in {"rejected", "suspended"} and not is_negated(verb):
        return found
    for pattern, status in _phrases():
        guess = "likely" in pattern.pattern or "potentially" in pattern.pattern
        if guess and topic.head.i < verb.i:
            continue  # what a framework likely involves is discussed, not the framework
        if pattern.search(text) and _is_near(verb, topic):
            denied = is_negated(verb) and status != "off-the-table"
            return "off-the-table" if denied and status == "discussed" else status
    if verb.lemma_ == "be" and is_none(topic.head) and topic.head.dep_ == "attr":
        return "rejected" if modal(verb) else "off-the-table"
    if found is None:
        return None
    if found == "in-force" and not _has_come(verb, topic):
        return None
    if found == "agreed" and any(c.tag_ == "TO" for c in verb.children):
        return None
    if is_negated(verb):
        return "rejected" if found == "agreed" and (modal(verb) or is_none(topic.head)) else None
    if found in {"agreed", "proposed"} and modal(verb) in {"would", "could", "might", "may"}:
        return "proposed"
    return found


def _has_come(verb: Token, topic: Topic) -> bool:
    """Say whether a verb tells that a part of a deal is there: done, or holding by itself."""
    helpers = [c for c in verb.children if c.dep_ in {"aux", "auxpass"}]
    bare = verb.tag_ == "VB" or any(c.tag_ in {"VB", "TO"} for c in helpers)
    if modal(verb) is not None or bare or verb.tag_ == "VBG":
        return False
    if verb.lemma_ == "fall":
        return "guns" in verb.sent.text
    if verb.lemma_ not in _HOLDS or topic.head == verb:
        return True
    return topic.provision in _STANDS and topic.head.dep_ in {"nsubj", "nsubjpass"}


def _is_near(verb: Token, topic: Topic) -> bool:
    """Say whether a verb is the nearest above a topic, infinitives of its own left aside."""
    above = (a for a in governors(topic.head) if is_verbal(a))
    own = {"acl", "xcomp", "pcomp"}
    return next((a for a in above if a == verb or a.dep_ not in own), verb) == verb


def _with_particle(verb: Token) -> str:
    particle = next((c.lower_ for c in verb.children if c.dep_ in {"prt", "advmod", "prep"}), "")
    return f"{verb.lemma_.lower()} {particle}".strip()


def _by_paper(verb: Token, topic: Topic, paper: str | None) -> ProvisionStatus | None:
    """Return the status of a point that has no cue of its own, from the paper it is in."""
    if paper is None:
        return None
    helper = modal(verb)
    denied = is_negated(verb) or is_none(topic.head)
    if paper == "plan" and (helper == "would" or verb.lemma_ in {"follow", "include", "contain"}):
        return "rejected" if denied else "proposed"
    near = verb in (topic.head, topic.head.head, topic.head.head.head)
    if not near:
        return None
    if helper == "must" and any(a.lemma_.lower() in frames() for a in governors(verb)):
        return None
    point = helper in {"will", "shall", "must", "to"}
    if paper == "deal" and not denied and (point or (verb.lemma_ == "be" and _is_point(verb))):
        return "agreed"
    return None


def _is_point(verb: Token) -> bool:
    found = subject(verb)
    return found is not None and found.lower_ in {"first", "second", "third", "fourth", "fifth"}


def _givers(
    topic: Topic, cue: Token, status: ProvisionStatus, names: Names
) -> tuple[str | None, ...]:
    """Return who would give a provision, as far as its clause says so.

    Whoever does it himself comes first (an army that withdraws), then whom it is
    "by", "with" or "from", then whose it is ("American aid"), then whoever offers or refuses it. A
    mediator who proposes a ceasefire does not give it.
    """
    own = next((a for a in governors(topic.head) if is_verbal(a)), topic.head)
    if topic.provision in _OWN_ACT | _RECIPROCAL:
        sides = _sides(agent(own), names) or _sides(subject(own), names)
        sides = [side for side in sides if side not in _hosts(own, names)] or sides
        if sides:
            return tuple(sides)[:3]
        if cue.lemma_ in _ASKS_ANOTHER:
            return ()
    for child in topic.head.children:
        if child.dep_ in {"prep", "agent"} and child.lower_ in {"by", "with", "from"}:
            sides = [side for c in child.children if c.dep_ == "pobj" for side in _sides(c, names)]
            if sides and topic.provision != "ceasefire":
                return tuple(dict.fromkeys(sides))[:3]
    for_whom = any(c.dep_ == "prep" and c.lower_ == "for" for c in topic.head.children)
    owners = [] if for_whom else [a.side or a.name for a in names.modifiers(topic.head)]
    doers = _sides(agent(cue) if is_passive(cue) else subject(cue), names)
    if status in {"rejected", "suspended", "off-the-table"}:
        return tuple(doers or _speaker(cue, names) or owners)[:2]
    if topic.provision == "ceasefire" or len(doers) > 1 or cue.lemma_ in _ASKS_ANOTHER:
        return tuple(owners)[:2] if topic.provision != "ceasefire" else ()
    return tuple(owners or (doers if status == "proposed" else ()))[:2]


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


def _sides(doer: Token | None, names: Names) -> list[str]:
    if doer is None:
        return []
    found = names.actors(doer) or names.modifiers(doer)
    sides = [a.side or (None if a.kind == "person" else a.name) for a in found]
    return list(dict.fromkeys(side for side in sides if side))


def _span(topic: Topic, cue: Token, parsed: Parsed) -> Span:
    """Return the clause that says how far a provision has come, or the words themselves."""
    own = next((a for a in governors(topic.head) if is_verbal(a)), topic.head)
    words = sorted({*clause(own), *topic.tokens}, key=lambda t: t.i)
    if cue.i < words[0].i and words[0].i - cue.i < 12:
        words.insert(0, cue)
    span = trimmed(parsed.report.text, start_of(words[0]), end_of(words[-1]))
    if span is None:
        return start_of(topic.tokens[0]), end_of(topic.tokens[-1])
    return span
