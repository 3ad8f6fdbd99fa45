"""Words in quotation marks: which are direct speech, and whose.

A stretch is direct speech when it is the whole of what is said: "..., said X", X said: "...", X
called it "...". Words picked out in the middle of a sentence belong to the indirect speech round
them. A stretch without a cue of its own goes on from the one before it in its paragraph; in an
interview, where whole paragraphs stand in quotation marks, it is the answer of whoever is
interviewed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from foedus.reading.clauses import is_negated, is_verbal, own_subject, subject
from foedus.reading.cues import frames
from foedus.reading.interviews import interviewee, is_whole
from foedus.reading.parsed import end_of, start_of
from foedus.reading.speakers import speaker_of

if TYPE_CHECKING:
    from foedus.reading.names import Names
    from foedus.reading.parsed import Line, Parsed, Quote
    from foedus.reading.speakers import Speaker
    from foedus.reading.tokens import Token
    from foedus.reading.values import Span

MARKS = "\"'“”„‟«»‘’‚‛`´″‹›"  # these are the marks
_GIVES_A_NAME = frozenset({"naming", "phrase"})
_NAMES_BY_ITSELF = frozenset(["call", "describe", "dub", "brand", "label", "term"])
_GIVEN_WORDS_LEAST = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Direct:
    """One stretch of direct speech: its span without marks, its speaker, its cue."""

    span: Span
    speaker: Speaker
    cue: str
    verb: Token | None


def direct_speech(parsed: Parsed, names: Names) -> list[Direct]:
    """Return all direct speech of a report, in order of the text."""
    answers = interviewee(parsed, names)
    found: list[Direct] = []
    for quote in parsed.quotes:
        line = next(line for line in parsed.lines if line.start <= quote.start < line.end)
        span = trimmed(parsed.report.text, quote.start, quote.end)
        if span is None or line.kind in {"headline", "heading"} or not _fits(found, span):
            continue
        said = _attributed(quote, line, names)
        if said is None and _goes_on(quote, line, parsed, found):
            said = (found[-1].speaker, found[-1].cue, None)
        if said is None and answers is not None and is_whole(quote, line):
            said = (answers, "said", None)
        if said is not None:
            found.append(Direct(span=span, speaker=said[0], cue=said[1], verb=said[2]))
    return _with_openings(parsed, found)


def _with_openings(parsed: Parsed, found: list[Direct]) -> list[Direct]:
    """Add the paragraphs left open before one whose speaker is told: one speech over several."""
    text = parsed.report.text
    opening: list[Direct] = []
    said = {(d.span[0], d.span[1]) for d in found}
    last: Direct | None = None
    for line in reversed(parsed.lines):
        first = next((q for q in parsed.quotes if line.start <= q.start < line.end), None)
        open_to_its_end = first is not None and first.end == line.end and is_whole(first, line)
        span = trimmed(text, first.start, first.end) if first is not None else None
        if open_to_its_end and span is not None and span not in said and last is not None:
            opening.append(Direct(span=span, speaker=last.speaker, cue=last.cue, verb=None))
            last = opening[-1]
            continue
        at_start = first is not None and not text[line.start : first.start].strip(MARKS + " ")
        last = next((d for d in found if span is not None and d.span == span and at_start), None)
    return sorted([*found, *opening], key=lambda d: d.span)


def trimmed(text: str, start: int, end: int) -> Span | None:
    """Return a span without blanks, marks and commas at its ends; None when nothing is left."""
    loose = MARKS + ",;:-\u2013\u2014 \t\u00a0\u202f\u2009\r\n"
    while end > start and (text[end - 1] in loose or text[end - 1].isspace()):
        end -= 1
    while start < end and (text[start] in loose or text[start].isspace()):
        start += 1
    return (start, end) if end > start else None


def _fits(found: list[Direct], span: Span) -> bool:
    """Say whether a stretch lies outside those already taken: marks within marks are one."""
    return not found or span[0] >= found[-1].span[1]


def _attributed(quote: Quote, line: Line, names: Names) -> tuple[Speaker, str, Token | None] | None:
    """Return who says a stretch by a cue beside it, and the cue."""
    before = [t for t in line.doc if end_of(t) <= quote.start - 1]
    after = [t for t in line.doc if start_of(t) > quote.end]
    words_inside = len(names.parsed.report.text[quote.start : quote.end].split())
    for verb, head in (
        _cue_behind(quote, line, after, names),
        _cue_ahead(before, after, words_inside, names),
    ):
        if verb is None:
            continue
        speaker = speaker_of(head, names)
        if speaker is not None:
            return speaker, verb.lower_ if verb.is_alpha else "said", verb
    return None


def _cue_behind(
    quote: Quote, line: Line, after: list[Token], names: Names
) -> tuple[Token | None, Token | None]:
    """Return the cue behind a stretch, and the head of its speaker: "...," X said."""
    text = line.text
    opened = text[: quote.start - line.start - 1].rstrip()
    if opened and opened[-1] not in '.?!:;,"-':
        return None, None
    closes = text[quote.end - line.start - 1 : quote.end - line.start + 2]
    if not any(mark in closes for mark in ",?!-"):
        return None, None
    region: list[Token] = []
    for token in after:
        if token.text in {".", "?", "!", '"', ";", ":"}:
            break
        region.append(token)
    for token in region:
        if token.lemma_.lower() in frames() and token.pos_ == "VERB" and not is_negated(token):
            return token, _speaker_beside(token, region, names)
        if is_verbal(token) and token.dep_ not in {"relcl", "acl"}:
            break
    return None, None


def _speaker_beside(verb: Token, region: list[Token], names: Names) -> Token | None:
    """Return the head of the speaker's phrase, by the parse or else by its place beside the cue."""
    found = own_subject(verb)
    if found is not None and found in region:
        return found
    for token in region:
        naming = names.naming(token)
        if token.i > verb.i and (token.text == "," or is_verbal(token)):
            break
        if naming is not None and naming.actor is not None and naming.actor.kind == "person":
            return token
    ahead = [t for t in region if t.i < verb.i and t.pos_ in {"NOUN", "PROPN", "PRON"}]
    behind = [t for t in region if t.i > verb.i and t.pos_ in {"NOUN", "PROPN", "PRON"}]
    side = ahead or behind
    if not side:
        return None
    inside = {t.i for t in side}
    return next((t for t in side if t.head.i not in inside), side[0])


def _label_ahead(region: list[Token], names: Names) -> tuple[Token | None, Token | None]:
    """Return the name that a colon gives the speech behind it: 'Orsov: "We waited."'."""
    if len(region) < 2 or region[-1].text != ":":
        return None, None
    naming = names.naming(region[-2])
    named = naming is not None and naming.actor is not None and naming.first <= region[0].i + 1
    return (region[-1], region[-2]) if named else (None, None)


def _cue_ahead(
    before: list[Token], after: list[Token], words_inside: int, names: Names
) -> tuple[Token | None, Token | None]:
    """Return the cue ahead of a stretch, and the head of its speaker: X said: "..."."""
    if not before:
        return None, None
    last = before[-1]
    region: list[Token] = []
    for token in reversed(before):
        if token.text in {".", "?", "!", ";", '"'}:
            break
        region.insert(0, token)
    verbs = [t for t in region if t.pos_ in {"VERB", "AUX"} and t.dep_ not in {"aux", "auxpass"}]
    verbs = [t for t in verbs if t.dep_ not in {"amod", "compound"}]
    if not verbs:
        return _label_ahead(region, names)
    cue = next((t for t in reversed(verbs) if t.lemma_.lower() in frames()), None)
    if last.text == ":":
        cue = cue or next((t for t in verbs if t.dep_ == "ROOT"), verbs[-1])
        return cue, subject(cue)
    if cue is None or cue != verbs[-1] or is_negated(cue):
        return None, None
    naming = frames()[cue.lemma_.lower()] in _GIVES_A_NAME
    as_this = "as" in {t.lower_ for t in region[-2:]}  # "as", "as a"
    if naming and not as_this and cue.lemma_.lower() not in _NAMES_BY_ITSELF:
        naming = words_inside >= _GIVEN_WORDS_LEAST  # 'rejects "corridor"' picks out a word
    stands_alone = not after or after[0].pos_ not in {"NOUN", "PROPN", "ADJ", "VERB", "AUX"}
    if (naming and stands_alone) or last.text == "," or last is cue:
        reported = any(
            c.dep_ in {"ccomp", "mark"} and c.i < last.i and c.lower_ != "as" for c in cue.children
        )
        return (None, None) if reported and not naming else (cue, subject(cue))
    return None, None


def _goes_on(quote: Quote, line: Line, parsed: Parsed, found: list[Direct]) -> bool:
    """Say whether a stretch goes on from the direct speech before it.

    It does in its own sentence ("...," he said, "and ..."), in its paragraph, and over paragraphs:
    where the mark before was left open, or where the paragraph is all quotation.
    """
    if not found:
        return False
    text, last = parsed.report.text, found[-1]
    if last.span[0] < line.start:
        before = next((k for k in reversed(parsed.lines) if k.start < line.start), None)
        if before is None or last.span[0] < before.start:
            return False
        rest = text[last.span[1] : before.end]
        at_start = not text[line.start : quote.start].strip(MARKS + " ")
        return at_start and (not set(rest) & set(MARKS) or is_whole(quote, line))
    between = text[last.span[1] : quote.start].strip(MARKS + " ")
    if (
        last.verb is not None
        and between.startswith(",")
        and between.endswith(",")
        and ("." not in between and text[quote.start].islower())
    ):
        return True
    ended = between.endswith((".", "?", "!")) or not between.strip(",.?! ")
    return ended and between.count(".") <= 1 and text[quote.start].isupper()
