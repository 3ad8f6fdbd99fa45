"""Interviews: who answers, and the lines that a label gives to somebody ("Reis: We waited.").

Two forms are common. In one, questions stand between paragraphs that are all quotation, and whoever
the first lines name first is the one who answers. In the other, each line begins with the name or
the initial of whoever speaks.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from foedus.reading.knowledge import key
from foedus.reading.speakers import Speaker

if TYPE_CHECKING:
    from foedus.reading.knowledge import Actor
    from foedus.reading.names import Names
    from foedus.reading.parsed import Line, Parsed, Quote

_LABEL = re.compile(r"\s*(?P<label>[A-Z][\w.'-]*(?: [A-Z][\w.'-]*){0,3}) ?: +(?=\S)")
_ASKS = frozenset(["q", "question", "interviewer", "reporter", "journalist", "host"])
_ANSWERS = frozenset(["a", "answer"])
_LEAST = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A line that its label gives to somebody; ``start`` is where the words begin in the text."""

    line: Line
    start: int
    speaker: Speaker


def is_whole(quote: Quote, line: Line) -> bool:
    """Say whether a stretch in quotation marks is all of its line."""
    before = line.text[: quote.start - line.start].strip('" ')
    return not before and not line.text[quote.end - line.start :].strip('" .')


def interviewee(parsed: Parsed, names: Names) -> Speaker | None:
    """Return who answers in an interview of quoted paragraphs; None when the report is none."""
    whole = {
        line.number
        for line in parsed.lines
        for quote in parsed.quotes
        if line.start <= quote.start < line.end and is_whole(quote, line)
    }
    questions = [line for line in parsed.lines if line.text.rstrip('" ').endswith("?")]
    if len(whole) < _LEAST or len(questions) < _LEAST:
        return None
    return _first_person(names, min(whole))


def answers(parsed: Parsed, names: Names) -> list[Answer]:
    """Return the labelled lines of a transcript; none where fewer than two lines have a label."""
    labelled = [(line, match) for line in parsed.lines if (match := _LABEL.match(line.text))]
    if len(labelled) < _LEAST:
        return []
    found = []
    for line, match in labelled:
        person = _labelled(match["label"], names, labelled[0][0].number)
        if person is not None:
            found.append(Answer(line=line, start=line.start + match.end(), speaker=person))
    return found


def _labelled(label: str, names: Names, first: int) -> Speaker | None:
    """Return whom a label means: a person whom the report names, or whoever is interviewed."""
    known = key(label)
    if known in _ASKS:
        return None
    if known in _ANSWERS:
        return _first_person(names, first)
    for naming in names.namings:
        actor = naming.actor
        if actor is None or actor.kind != "person":
            continue
        name = key(actor.name)
        if known == name or name.endswith(f" {known}"):
            return _speaker(actor)
    return None


def _first_person(names: Names, before: int) -> Speaker | None:
    for naming in names.namings:
        if naming.line < before and naming.actor is not None and naming.actor.kind == "person":
            return _speaker(naming.actor)
    return None


def _speaker(actor: Actor) -> Speaker:
    return Speaker(name=actor.name, side=actor.side)
