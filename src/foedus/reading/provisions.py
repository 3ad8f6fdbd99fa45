"""What a deal may contain, and how far each part has come.

A provision counts when its own clause, or a verb that governs it, says how far it has come:
proposed, discussed, agreed, in force, rejected, off the table, suspended (`foedus.reading.statuses`).
A list of points that states no cue takes the status of the paper it is from
(`foedus.reading.papers`). A mere mention yields nothing. Each provision is told once a giver
(`foedus.reading.givers`), with its last status.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, cast

from foedus.reading.clauses import agent, clause, governors, is_passive, is_verbal, subject
from foedus.reading.givers import givers, sides
from foedus.reading.papers import next_paper, titled
from foedus.reading.parsed import end_of, start_of
from foedus.reading.quoting import trimmed
from foedus.reading.relevance import is_about_conflict
from foedus.reading.statuses import is_refusal, status_of
from foedus.reading.things import is_a
from foedus.reading.topics import topics_in
from foedus.reading.values import ProvisionMention

if TYPE_CHECKING:
    from foedus.reading.names import Names
    from foedus.reading.papers import Paper
    from foedus.reading.parsed import Parsed, Sentence
    from foedus.reading.tokens import Token
    from foedus.reading.topics import Topic
    from foedus.reading.values import ProvisionKind, ProvisionStatus, Span

_OFFERS = frozenset(
    {"offer", "proposal", "request", "idea", "suggestion", "demand", "plan", "call"}
)
_Found = dict[tuple[str, str | None], ProvisionMention]


def find_provisions(parsed: Parsed, names: Names) -> tuple[ProvisionMention, ...]:
    """Return each provision of a report once a giver, with the last status that it is given."""
    if not is_about_conflict(parsed):
        return ()
    last: _Found = {}
    paper: Paper | None = None
    for sentence in parsed.sentences:
        if sentence.line.kind in {"headline", "heading"}:
            paper = titled(paper, sentence, names)
            continue
        paper = next_paper(paper, sentence, names)
        _turn_down(sentence, names, last)
        for topic in topics_in(sentence.line.doc):
            inside = sentence.words.start <= topic.head.i < sentence.words.end
            if inside and topic.provision and not _is_a_name(topic, names):
                here = paper if paper is not None and paper.is_fresh else None
                _note(topic, here, (parsed, names), last)
    kept = [m for m in last.values() if m.by is not None or not _is_named(m, last)]
    return tuple(sorted(kept, key=lambda m: (m.span, m.provision, m.by or "")))


def _note(topic: Topic, paper: Paper | None, report: tuple[Parsed, Names], last: _Found) -> None:
    """Add one topic to ``last``, once a giver, when its sentence says how far it has come."""
    parsed, names = report
    status, cue = status_of(topic, paper.kind if paper is not None else None)
    if status is None:
        return
    abroad = topic.provision != "multinational-force" or _is_abroad(topic, names)
    if status in {"agreed", "in-force"} and not abroad:
        return
    kind = cast("ProvisionKind", topic.provision)
    span = _span(topic, cue, parsed)
    for giver in givers(topic, cue, status, names, paper) or _only_giver(topic, last):
        before = last.get((kind, giver))
        if before is None or not _is_step_back(before.status, status):
            last[kind, giver] = ProvisionMention(provision=kind, by=giver, status=status, span=span)


def _is_abroad(topic: Topic, names: Names) -> bool:
    """Say whether soldiers who are sent are foreign where they go: an army at home is no force."""
    if any(t.lemma_ in {"garrison", "base"} for t in topic.tokens):
        return any(names.modifiers(t) for t in topic.tokens)
    verb = next((a for a in governors(topic.head) if is_verbal(a)), topic.head)
    if verb.lemma_ in {"promise", "pledge", "offer"}:
        return True
    if verb not in topic.tokens or not any(is_a(t, "soldier") for t in topic.tokens):
        return True
    found = sides(subject(verb), names) or sides(agent(verb), names)
    there = {
        place.name
        for token in verb.subtree
        if (place := names.place(token)) is not None and names.is_place_here(token)
    }
    return bool(there) and (not found or any(side not in there for side in found))


def _is_a_name(topic: Topic, names: Names) -> bool:
    """Say whether a topic is only somebody's name: the Joint Force, the Forces of Freedom."""
    naming = names.naming(topic.head)
    return naming is not None and naming.actor is not None and naming.actor.kind != "state"


def _turn_down(sentence: Sentence, names: Names, last: _Found) -> None:
    """Note that what was put forward last is turned down: "Velmark turned the offer down"."""
    for verb in sentence.words:
        if not is_verbal(verb) or not is_refusal(verb):
            continue
        thing = next((c for c in verb.children if c.dep_ in {"dobj", "nsubjpass"}), None)
        if (
            thing is None
            or thing.lemma_.lower() not in _OFFERS
            or any(t.provision and t.head in verb.subtree for t in topics_in(sentence.line.doc))
        ):
            continue
        offered = [
            m
            for m in last.values()
            if m.status in {"proposed", "discussed"}
            and sentence.line.start <= m.span[0] < start_of(verb)
        ]
        doers = sides(agent(verb) if is_passive(verb) else subject(verb), names)
        for mention in sorted(offered, key=lambda m: m.span)[-1:]:
            for side in doers[:2]:
                kind = mention.provision
                span = (start_of(verb), end_of(thing) if thing.i > verb.i else end_of(verb))
                last[kind, side] = replace(mention, by=side, status="rejected", span=span)


def _is_step_back(before: ProvisionStatus, now: ProvisionStatus) -> bool:
    """Say whether talk of a thing comes after it was agreed, which does not unmake it."""
    return before == "agreed" and now in {"discussed", "proposed"}


def _only_giver(topic: Topic, found: _Found) -> tuple[str | None, ...]:
    """Return the one giver of a provision so far: "further withdrawal" is still his; else None."""
    known = {by for kind, by in found if kind == topic.provision and by is not None}
    further = any(c.lower_ in {"further", "the", "this"} for c in topic.head.children)
    return (next(iter(known)),) if len(known) == 1 and further else (None,)


def _is_named(mention: ProvisionMention, found: _Found) -> bool:
    """Say whether a provision without a giver is known with one, as far come or farther."""
    return any(
        other.by is not None
        and (other.status == mention.status or _is_step_back(other.status, mention.status))
        for (kind, _), other in found.items()
        if kind == mention.provision
    )


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
