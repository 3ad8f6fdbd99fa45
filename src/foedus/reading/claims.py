"""What somebody is said to have said: claims, each with its speaker and the words of its content.

Direct claims are in quotation marks as a whole; all else that a cue reports is indirect. One claim
is one unbroken stretch, and its span is the content without the cue and the marks.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from foedus.reading.interviews import answers
from foedus.reading.parsed import end_of, start_of
from foedus.reading.quoting import direct_speech, trimmed
from foedus.reading.relevance import is_about_conflict
from foedus.reading.speakers import speaker_of
from foedus.reading.speech import utterances
from foedus.reading.values import Claim

if TYPE_CHECKING:
    from foedus.reading.interviews import Answer
    from foedus.reading.names import Names
    from foedus.reading.parsed import Parsed
    from foedus.reading.quoting import Direct
    from foedus.reading.speech import Utterance
    from foedus.reading.values import Span

_DATELINE = re.compile(
    r"(?:[A-ZÀ-Þ][A-ZÀ-Þ .'/-]{2,30}(?:,[^-:]{1,30})?(?: ?\([^)]{1,30}\))? ?[-:] )"
    r"|(?:[A-Z][\w'.-]+(?: [A-Z][\w'.-]+){0,2}(?:, [^-:]{1,20})?(?: ?\([^)]{1,30}\))? - )"
)


def find_claims(parsed: Parsed, names: Names) -> tuple[Claim, ...]:
    """Return every claim of a report, in order of the text.

    In a report that is not about a conflict only words in quotation marks are claims.
    """
    direct = direct_speech(parsed, names)
    found = [
        Claim(speaker=d.speaker.name, side=d.speaker.side, kind="direct", cue=d.cue, span=d.span)
        for d in direct
    ]
    labelled = answers(parsed, names)
    found.extend(_answered(parsed, labelled, direct))
    if is_about_conflict(parsed):
        found.extend(_indirect(parsed, names, direct))
    return tuple(sorted(_distinct(found), key=lambda claim: claim.span))


def _answered(parsed: Parsed, labelled: list[Answer], direct: list[Direct]) -> list[Claim]:
    """Return the answers of a transcript that no quotation marks have given already."""
    found = []
    for answer in labelled:
        span = trimmed(parsed.report.text, answer.start, answer.line.end)
        if span is not None and not _is_direct(span, direct, nested=False):
            said = answer.speaker
            kind = "direct" if _is_all_quoted(parsed, span) else "indirect"
            found.append(
                Claim(
                    speaker=said.name,
                    side=said.side,
                    kind="direct" if kind == "direct" else "indirect",
                    cue="said",
                    span=span,
                )
            )
    return found


def _indirect(parsed: Parsed, names: Names, direct: list[Direct]) -> list[Claim]:
    found: list[Claim] = []
    cues = {(d.verb.doc.line, d.verb.i) for d in direct if d.verb is not None}
    for line in parsed.lines:
        if line.kind in {"headline", "heading"}:
            continue
        for said in utterances(line.doc):
            nested = parsed.quoted(start_of(said.verb))
            if (line.number, said.verb.i) in cues or (nested and _is_vague(said)):
                continue
            speaker = speaker_of(said.speaker, names)
            if speaker is None:
                continue
            for part in said.parts:
                span = _span(parsed, start_of(part[0]), end_of(part[-1]))
                if span is not None and not _is_direct(span, direct, nested=nested):
                    kind = "direct" if _is_all_quoted(parsed, span) and not nested else "indirect"
                    found.append(
                        Claim(
                            speaker=speaker.name,
                            side=speaker.side,
                            kind="direct" if kind == "direct" else "indirect",
                            cue=said.cue,
                            span=span,
                        )
                    )
    return found


def _is_vague(said: Utterance) -> bool:
    """Say whether a speaker within somebody's speech is a mere pronoun: "he said so again"."""
    return said.speaker is None or said.speaker.pos_ == "PRON"


def _span(parsed: Parsed, start: int, end: int) -> Span | None:
    """Return a content's span without dateline, marks and blanks."""
    line = next(line for line in parsed.lines if line.start <= start < line.end)
    if start == line.start:
        dateline = _DATELINE.match(line.text)
        if dateline:
            start += dateline.end()
    span = trimmed(parsed.report.text, start, end)
    if span is not None and parsed.report.text[span[1] - 1] == ".":
        span = trimmed(parsed.report.text, span[0], span[1] - 1)
    return span and _closed(parsed, span)


def _closed(parsed: Parsed, span: Span) -> Span:
    """Return a span with the closing mark of a quotation that begins and ends inside it."""
    for quote in parsed.quotes:
        if span[0] < quote.start and quote.end in {span[1], span[1] + 1}:
            return span[0], min(quote.end + 1, len(parsed.report.text))
    return span


def _is_direct(span: Span, direct: list[Direct], *, nested: bool) -> bool:
    """Say whether a stretch is covered by direct speech already, or covers most of it."""
    if nested:
        return False
    for d in direct:
        shared = min(span[1], d.span[1]) - max(span[0], d.span[0])
        if shared > 0 and 2 * shared > span[1] - span[0]:
            return True
    return False


def _is_all_quoted(parsed: Parsed, span: Span) -> bool:
    return any(q.start <= span[0] and span[1] <= q.end for q in parsed.quotes)


def _distinct(found: list[Claim]) -> list[Claim]:
    """Drop a claim that lies within another one of the same speaker."""
    kept: list[Claim] = []
    for claim in sorted(found, key=lambda c: (c.span[0], -c.span[1])):
        inside = any(
            k.speaker == claim.speaker and k.span[0] <= claim.span[0] and claim.span[1] <= k.span[1]
            for k in kept
        )
        if not inside:
            kept.append(claim)
    return kept
