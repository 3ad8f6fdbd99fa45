"""Where a party stands on an issue: actor, issue and stance in one clause.

A stance is found by `foedus.reading.stances`. Its holder is the side of whoever is its subject, owns
it, or says it; its issue is the nearest that its object names, with those joined to it. A demand that
one thing come before another is a stance on sequencing as well, and what somebody waits for he
demands ("only when", "not until"). Where holder or issue is not clear, nothing is yielded.

The issues lie in ``data/topics.csv``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from foedus.reading.clauses import agent, governors, is_passive, is_verbal, own_subject, subject
from foedus.reading.cues import frames
from foedus.reading.issues import (
    awaited_by,
    is_ordered,
    nearest,
    points_back,
    spoken_of,
    supposed,
    without_holder,
)
from foedus.reading.papers import side_of
from foedus.reading.parsed import end_of, start_of
from foedus.reading.quoting import direct_speech, trimmed
from foedus.reading.relevance import is_about_conflict
from foedus.reading.speakers import speaker_of
from foedus.reading.stance_words import speech_above
from foedus.reading.stances import take_of, turned
from foedus.reading.things import is_a
from foedus.reading.topics import topics_in
from foedus.reading.values import Position

if TYPE_CHECKING:
    from foedus.reading.names import Names
    from foedus.reading.parsed import Line, Parsed
    from foedus.reading.quoting import Direct
    from foedus.reading.stance_words import Take
    from foedus.reading.tokens import Token
    from foedus.reading.topics import Topic
    from foedus.reading.values import Issue, Span, Stance

_OURS = frozenset({"we", "i", "our", "us", "my"})
_VAGUE = frozenset({"neither", "both", "either", "each"})
_WATCHES = frozenset({"monitor", "watch", "verify", "oversee", "supervise", "observe"})
_TAKES_PART = frozenset({"take", "participate", "contribute", "join", "help", "lead"})
_MISSIONS = frozenset({"mission", "peacekeeper", "observer", "contingent", "unifil", "force"})
_ISSUES = frozenset({"issue", "publish", "release", "adopt"})
_TEXTS = frozenset({"statement", "communique", "communiqué", "declaration", "summary", "text"})
_AUTHORS_WITHIN = 5
_SIGNED_WITHIN = 14
_RESOLVES = frozenset({"demand", "call", "urge", "request", "require"})
_SIGNERS = frozenset(
    {"command", "spokesman", "spokeswoman", "spokesperson", "staff", "ministry", "office",
     "council", "forces", "headquarters", "commander", "secretariat", "government"}
)  # fmt: skip


def find_positions(parsed: Parsed, names: Names) -> tuple[Position, ...]:
    """Return every position of a report once, in order of the text."""
    if not is_about_conflict(parsed):
        return ()
    finder = _Finder(parsed, names)
    found: dict[tuple[str, str, str], Position] = {}
    for line in parsed.lines:
        if line.kind in {"headline", "heading"}:
            continue
        for position in finder.in_line(line):
            found.setdefault((position.actor, position.issue, position.stance), position)
    return tuple(sorted(found.values(), key=lambda p: (p.span, p.issue, p.actor)))


class _Finder:
    """Finds the positions of one report; holds what was read beforehand and changes none of it."""

    def __init__(self, parsed: Parsed, names: Names) -> None:
        self.parsed = parsed
        self.names = names
        self.direct: list[Direct] = direct_speech(parsed, names)
        self.authors = _authors(parsed, names)

    def in_line(self, line: Line) -> list[Position]:
        """Return the positions of one line."""
        topics = [topic for topic in topics_in(line.doc) if topic.issue]
        found: list[Position] = []
        for token in line.doc:
            take = take_of(token)
            if take is None:
                continue
            holders = self._holders(take)
            wanted = self._wanted(take, topics, found) if holders else []
            if holders and not wanted and self._names_soldiers(take, holders):
                wanted = [("foreign-troops", take.stance)]
            span = self._span(take)
            if span is None:
                continue
            found += [
                Position(actor=holder, issue=cast("Issue", issue), stance=stance, span=span)
                for holder in holders
                for issue, stance in wanted
            ]
        return found

    def _wanted(
        self, take: Take, topics: list[Topic], before: list[Position]
    ) -> list[tuple[str, Stance]]:
        """Return the issues and stances that a take is of."""
        waits = awaited_by(take)
        aside = waits | supposed(take)
        main = [t for t in take.reach if t not in aside and t != take.word]
        main = without_holder(take, main)
        if take.issue is not None:
            return [(take.issue, take.stance)]
        if take.holder == "agent" and _asks_to_leave(take):
            return [("foreign-troops", "opposes")]
        told_of = [t for t in nearest(take, topics, main) if not _is_own_part(take, t)]
        issues = [t.issue for t in told_of]
        looks = take.stance == "open-to" and is_verbal(take.word) and take.word.pos_ == "VERB"
        if not issues and not looks and any(points_back(t) for t in main):
            told = [p.issue for p in before if p.issue != "sequencing"]
            issues = spoken_of(take, topics) or list(told[-1:])
        if not issues and take.stance == "open-to" and any(t.lemma_ in _TAKES_PART for t in main):
            issues = ["foreign-troops"] if self._speaks_of_troops(take) else []
        wanted = [(issue, turned(take.stance, issue, main)) for issue in dict.fromkeys(issues)]
        awaited = [t.issue for t in topics if any(t.head == w for w in waits)]
        if wanted or awaited:
            until = any(w.lower_ in {"until", "without"} for w in waits)
            wanted += [(issue, "demands") for issue in dict.fromkeys(awaited)]
            if not until and is_ordered(take, main, waits):
                wanted.append(("sequencing", "demands"))
        elif is_ordered(take, main, waits):
            wanted.append(("sequencing", "demands"))
        return wanted

    def _names_soldiers(self, take: Take, holders: list[str]) -> bool:
        """Say whether a stance is on another state's soldiers: "would not tolerate Sundrian troops"."""
        return take.stance in {"rejects", "opposes", "open-to", "accepts", "supports"} and any(
            (is_a(token, "soldier") or token.lemma_ in {"base", "force", "garrison"})
            and any(a.side and a.side not in holders for a in self.names.modifiers(token))
            for token in take.reach
        )

    def _speaks_of_troops(self, take: Take) -> bool:
        """Say whether a readiness to take part comes after talk of foreign soldiers."""
        number = take.word.doc.line
        earlier = [
            topic
            for line in self.parsed.lines[max(0, number - 2) : number + 1]
            for topic in topics_in(line.doc)
            if topic.issue and (line.number < number or topic.head.i < take.word.i)
        ]
        return bool(earlier) and any(t.issue == "foreign-troops" for t in earlier[-3:])

    # --- who holds it ---

    def _holders(  # noqa: PLR0911  # one return a place where the holder stands
        self, take: Take
    ) -> list[str]:
        """Return the sides that hold a stance."""
        word = take.word
        if take.holder == "owner":
            owner = next((c for c in word.children if c.dep_ == "poss"), None)
            ours = owner is not None and owner.lower_ in _OURS
            return self._own_words(word) if ours else self._sides(owner)
        if take.holder == "agent":
            return self._sides(agent(word))
        if take.holder in {"speaker", "for"}:
            whom = self._for_whom(take) if take.holder == "for" else []
            return whom or self._said_by(word)
        doer = subject(word if is_verbal(word) and word.pos_ != "ADJ" else word.head)
        if doer is None:
            return []
        if doer.lemma_.lower() == "resolution" and word.lemma_ in _RESOLVES:
            return ["United Nations"]
        ours = doer.lower_ in _OURS or any(c.lower_ in _OURS for c in doer.children)
        if ours:
            return self._own_words(word)
        if doer.lower_ in _VAGUE or any(c.lower_ in _VAGUE for c in doer.children):
            return []
        own = self._same_as_speaker(word, doer) or self._sides(doer)
        if own or not any(c.dep_ == "poss" for c in doer.children):
            return own
        return self._sides(next(c for c in doer.children if c.dep_ == "poss"))

    def _same_as_speaker(self, word: Token, doer: Token) -> list[str]:
        """Return the side of whoever says what "it" wants: "Ardal's delegation said it wanted"."""
        if doer.lower_ not in {"it", "they", "he", "she"} or not is_verbal(word):
            return []
        said = word.head if word.dep_ == "ccomp" and word.head.lemma_.lower() in frames() else None
        own = own_subject(said) if said is not None else None
        if own is None or own.pos_ == "PRON" or own.i > doer.i:
            return []
        speaker = speaker_of(own, self.names)
        return [speaker.side] if speaker is not None and speaker.side else []

    def _for_whom(self, take: Take) -> list[str]:
        """Return for whom a line is red: "a red line for Ardal", or who must not cross it."""
        for token in take.reach:
            if token.dep_ == "prep" and token.lower_ == "for":
                found = [s for c in token.children if (s := side_of(c, self.names))]
                if found:
                    return found
        return []

    def _said_by(self, word: Token) -> list[str]:
        """Return the side of whoever says a clause, in reported or in direct speech."""
        verb = next((a for a in governors(word) if is_verbal(a)), word)
        said = speech_above(verb)
        own = own_subject(said) if said is not None else None
        if own is not None:
            speaker = speaker_of(own, self.names)
            if speaker is not None and speaker.side:
                return [speaker.side]
            return self._sides(own) if own.lower_ not in _OURS else self._own_words(word)
        return self._own_words(word)

    def _own_words(self, token: Token) -> list[str]:
        """Return the side of whoever says "we" in quotation marks; else whose statement it is."""
        at = start_of(token)
        said = [d.speaker.side for d in self.direct if d.span[0] <= at < d.span[1]]
        if said:
            return [side for side in said if side]
        return [] if self.parsed.quoted(at) else list(self.authors)

    def _sides(self, doer: Token | None) -> list[str]:
        if doer is None:
            return []
        found = self.names.actors(doer)
        if not found and doer.pos_ in {"NOUN", "PROPN"}:
            found = self.names.modifiers(doer)
        return list(dict.fromkeys(actor.side for actor in found if actor.side))

    def _span(self, take: Take) -> Span | None:
        words = sorted({*take.reach, take.word}, key=lambda t: t.i)
        return trimmed(self.parsed.report.text, start_of(words[0]), end_of(words[-1]))


def _authors(parsed: Parsed, names: Names) -> tuple[str, ...]:
    """Return whose statement a report is, when it opens by saying so or is signed."""
    for sentence in parsed.sentences[:_AUTHORS_WITHIN]:
        for verb in sentence.words:
            if not is_verbal(verb) or verb.lemma_ not in _ISSUES:
                continue
            if not any(t.lemma_.lower() in _TEXTS for t in verb.subtree):
                continue
            doer = agent(verb) if is_passive(verb) else own_subject(verb)
            if doer is not None:
                named = [n.actor for t in doer.subtree if (n := names.naming(t)) and n.actor]
                return tuple(dict.fromkeys(a.side for a in named if a.side))
    return _signed_by(parsed, names)


def _signed_by(parsed: Parsed, names: Names) -> tuple[str, ...]:
    """Return whose name a statement bears above or below: "Ardali Armed Forces, Command"."""
    for line in (*parsed.lines[:1], *parsed.lines[-1:]):
        words = [t.lower_ for t in line.doc]
        if len(words) > _SIGNED_WITHIN or not _SIGNERS.intersection(words):
            continue
        if any(t.tag_ in {"VBD", "VBZ", "VBP"} for t in line.doc):
            continue
        named = [n.actor for t in line.doc if (n := names.naming(t)) and n.actor]
        sides = tuple(dict.fromkeys(a.side for a in named if a.side))
        if len(sides) == 1:
            return sides
    return ()


def _is_own_part(take: Take, topic: Topic) -> bool:
    """Say whether somebody would only watch: readiness to monitor a truce is no stance on it."""
    if topic.provision != "monitoring":
        return False
    does = {take.word, *(a for a in governors(topic.head) if a in take.reach)}
    return any(is_verbal(a) and a.lemma_ in _TAKES_PART | _WATCHES for a in does)


def _asks_to_leave(take: Take) -> bool:
    """Say whether foreign soldiers or a mission are asked to go."""
    asked = next((c for c in take.word.children if c.dep_ == "nsubjpass"), None)
    goes = any(t.lemma_ in {"leave", "withdraw", "go", "evacuate", "vacate"} for t in take.reach)
    return goes and asked is not None and asked.lemma_.lower() in _MISSIONS
