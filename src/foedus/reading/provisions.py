"""What a deal may contain, and how far each part has come.

A provision counts when its own clause, or a verb that governs it, says how far it has come: proposed,
discussed, agreed, in force, rejected, off the table, suspended. The nearest cue above the words
decides, so that "agreed on a framework and discussed deterrence" is one of each, and "agreed to
discuss" is discussed. A list of points that states no cue takes the status of the paper it is from:
a plan proposes, what has been signed is agreed. A mere mention yields nothing.

The cues lie in ``data/status_cues.csv``, the parts of a deal in ``data/topics.csv``.
"""

from __future__ import annotations

import re
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
from foedus.reading.parsed import end_of, start_of
from foedus.reading.phrases import compiled, rows
from foedus.reading.quoting import trimmed
from foedus.reading.relevance import is_about_conflict
from foedus.reading.topics import topics_in
from foedus.reading.values import ProvisionMention

if TYPE_CHECKING:
    from spacy.tokens import Token

    from foedus.reading.names import Names
    from foedus.reading.parsed import Parsed
    from foedus.reading.topics import Topic
    from foedus.reading.values import ProvisionKind, ProvisionStatus, Span

_PLAN = compiled("(draft|peace plan|proposal|proposed|new plan|the plan|leaked plan|twenty points)")
_DEAL = compiled(
    "(signed|agreed|agreement|accord|treaty|declaration|issued a statement|deal|approved|text)"
)
_RECIPROCAL = frozenset({"prisoner-exchange", "intelligence-sharing", "monitoring"})
_OWN_ACT = frozenset(
    {"withdrawal", "territorial-terms", "own-force-cap", "neutrality", "multinational-force",
     "prisoner-exchange", "hostage-release", "economic-support", "military-aid", "air-defence"}
)  # fmt: skip
_ASKS_ANOTHER = frozenset({"ask", "require", "demand", "urge", "request", "want"})
_LISTS = frozenset({"be", "follow", "include", "contain", "comprise", "provide", "consist"})


def find_provisions(parsed: Parsed, names: Names) -> tuple[ProvisionMention, ...]:
    """Return each provision of a report once a giver, with the last status that it is given."""
    if not is_about_conflict(parsed):
        return ()
    last: dict[tuple[str, str | None], ProvisionMention] = {}
    paper: str | None = _paper(parsed.report.title or "")
    for line in parsed.lines:
        if line.kind == "headline":
            continue
        for sentence in (s for s in parsed.sentences if s.line.number == line.number):
            if line.kind == "heading":
                continue
            paper = _paper(sentence.words.text) or paper
            for topic in topics_in(line.doc):
                inside = sentence.words.start <= topic.head.i < sentence.words.end
                if not inside or not topic.provision:
                    continue
                status, cue = _status(topic, paper)
                if status is None:
                    continue
                span = _span(topic, cue, parsed)
                for giver in _givers(topic, cue, status, names) or (None,):
                    mention = ProvisionMention(
                        provision=cast("ProvisionKind", topic.provision),
                        by=giver,
                        status=status,
                        span=span,
                    )
                    last[topic.provision, giver] = mention
    kept = [m for m in last.values() if m.by is not None or not _is_named(m, last)]
    return tuple(sorted(kept, key=lambda m: (m.span, m.provision, m.by or "")))


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


def _comes_after(verb: Token) -> bool:
    """Say whether a clause only dates another: "once a ceasefire is in place", "when they leave"."""
    return any(
        c.dep_ in {"advmod", "mark"} and c.lower_ in {"once", "when", "until", "after", "before"}
        for c in verb.children
    )


def _said_by(verb: Token, topic: Topic) -> ProvisionStatus | None:
    """Return the status that one verb gives to what it governs; None when it says nothing."""
    text = " ".join(t.text for t in clause(verb))
    for pattern, status in _phrases():
        if pattern.search(text) and _is_near(verb, topic):
            denied = is_negated(verb) and status != "off-the-table"
            return "off-the-table" if denied and status == "discussed" else status
    name = _with_particle(verb)
    found = _verbs().get(name) or _verbs().get(verb.lemma_.lower())
    if verb.lemma_ == "be" and is_none(topic.head) and topic.head.dep_ == "attr":
        return "rejected" if modal(verb) else "off-the-table"
    if found is None:
        return None
    if found == "in-force" and (modal(verb) is not None or verb.dep_ == "xcomp"):
        return None
    if is_negated(verb):
        return "rejected" if found == "agreed" and (modal(verb) or is_none(topic.head)) else None
    if found in {"agreed", "proposed"} and modal(verb) in {"would", "could", "might", "may"}:
        return "proposed"
    return found


def _is_near(verb: Token, topic: Topic) -> bool:
    return next((a for a in governors(topic.head) if is_verbal(a)), verb) == verb


def _with_particle(verb: Token) -> str:
    particle = next((c.lower_ for c in verb.children if c.dep_ in {"prt", "advmod"}), "")
    return f"{verb.lemma_.lower()} {particle}".strip()


def _by_paper(verb: Token, topic: Topic, paper: str | None) -> ProvisionStatus | None:
    """Return the status of a point that has no cue of its own, from the paper it is in."""
    if paper is None:
        return None
    helper = modal(verb)
    denied = is_negated(verb) or is_none(topic.head)
    if paper == "plan" and (helper == "would" or verb.lemma_ in {"follow", "include", "contain"}):
        return "rejected" if denied else "proposed"
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
    """Return who would give a provision, as far as its clause says so."""
    for child in topic.head.subtree:
        if child.dep_ == "prep" and child.lower_ in {"by", "with", "from"} and topic.head != child:
            named = [n for c in child.children if c.dep_ == "pobj" for n in names.actors(c)]
            if named and topic.head.pos_ != "VERB":
                return tuple(dict.fromkeys(a.side or a.name for a in named))[:3]
    own = next((a for a in governors(topic.head) if is_verbal(a)), topic.head)
    by = agent(own) if is_passive(own) else None
    doer = by or (None if is_passive(own) else subject(own))
    sides = _sides(doer, names)
    if topic.provision in _OWN_ACT | _RECIPROCAL and own != cue and not sides:
        sides = _sides(subject(own), names)
    if not sides or (own == cue and cue.lemma_ in _ASKS_ANOTHER):
        sides = [a.side or a.name for a in names.modifiers(topic.head)] or sides
    if status in {"agreed", "discussed"} and len(sides) > 1:
        return tuple(sides) if topic.provision in _RECIPROCAL else ()
    return tuple(dict.fromkeys(sides))[:4]


def _sides(doer: Token | None, names: Names) -> list[str]:
    if doer is None:
        return []
    found = names.actors(doer) or names.modifiers(doer)
    return list(dict.fromkeys(actor.side or actor.name for actor in found))


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
