"""Who is said to have said each part of a report, for whatever else is read in it.

`sources` maps every word that somebody is said to have said to the innermost who: indirect speech,
"according to X", "by X's count", and words in quotation marks. Outlets count here, though they are
no speakers of claims: what a newspaper reported has that newspaper as its source.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from foedus.reading.cues import nouns
from foedus.reading.interviews import answers
from foedus.reading.parsed import end_of, line_of, start_of
from foedus.reading.quoting import direct_speech
from foedus.reading.speakers import phrase_of, speaker_of
from foedus.reading.speech import utterances

if TYPE_CHECKING:
    from foedus.reading.names import Names
    from foedus.reading.parsed import Parsed
    from foedus.reading.tokens import Doc, Token


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Whoever is said to have said so, by name, and the side spoken for; None when not known."""

    name: str
    side: str | None


Sources = dict[tuple[int, int], Source]
"""By line and token."""


def sources(parsed: Parsed, names: Names) -> Sources:
    """Return the source of each word that has one."""
    found: Sources = {}
    for direct in direct_speech(parsed, names):
        source = Source(name=direct.speaker.name, side=direct.speaker.side)
        line = next(k for k in parsed.lines if k.start <= direct.span[0] < k.end)
        for token in line.doc:
            if direct.span[0] <= start_of(token) and end_of(token) <= direct.span[1]:
                found[line.number, token.i] = source
    for answer in answers(parsed, names):
        told = Source(name=answer.speaker.name, side=answer.speaker.side)
        for token in answer.line.doc:
            if start_of(token) >= answer.start:
                found[answer.line.number, token.i] = told
    for line in parsed.lines:
        found.update(_reported(line.doc, names))
    return found


def _reported(doc: Doc, names: Names) -> Sources:
    """Return the sources of what one line reports, the innermost of each word."""
    found: Sources = {}
    parts = [
        (part, told)
        for said in utterances(doc)
        if (told := source_of(said.speaker, names)) is not None
        for part in said.parts
    ]
    for part, told in sorted(parts, key=lambda pair: -len(pair[0])):
        for token in part:
            found[line_of(token), token.i] = told
    return found


def source_of(head: Token | None, names: Names) -> Source | None:
    """Return the source that a phrase names: a speaker, or else an outlet by its own words."""
    if head is None:
        return None
    speaker = speaker_of(head, names)
    if speaker is not None:
        return Source(name=speaker.name, side=speaker.side)
    outlet = head.lemma_.lower() in nouns("outlet") or head.lower_ in nouns("outlet-name")
    name = phrase_of(head, names) if outlet and head.pos_ in {"NOUN", "PROPN"} else None
    return Source(name=name, side=None) if name else None


def at(found: Sources, token: Token) -> Source | None:
    """Return the source of a word, None when the report itself tells it."""
    return found.get((line_of(token), token.i))
