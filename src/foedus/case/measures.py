"""Numbers of the record that bear on a case: who holds how much, how long the war has lasted.

They are found in the words of the reports by plain patterns. Each telling keeps its words, its
speaker where a claim holds them, and its day, so that the range drawn from several can say who
says what.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from foedus.case.fighting import War
    from foedus.record.values import Record, ReportEntry

_PARTS = {
    "half": 1 / 2, "third": 1 / 3, "quarter": 1 / 4, "fifth": 1 / 5, "sixth": 1 / 6,
    "seventh": 1 / 7, "eighth": 1 / 8, "ninth": 1 / 9, "tenth": 1 / 10,
}  # fmt: skip
_COUNTS = {
    "a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6,
    "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10,
}  # fmt: skip
_HEDGE = (
    r"(?:(?P<below>nearly|almost|close to|up to|at most|less than|just under|under|not quite)\s+"
    r"|(?P<above>more than|at least|just over|over)\s+)?"
)
_SHARE = re.compile(
    rf"\b{_HEDGE}(?:(?P<percent>\d{{1,2}}(?:\.\d+)?)\s?(?:%|per\s?cent)"
    r"|(?P<times>a|one|two|three|four)[\s-]"
    r"(?P<part>half|third|quarter|fifth|sixth|seventh|eighth|ninth|tenth)s?|(?P<half>half))"
    r"\s+(?:of\s+)?(?P<whole>[^,.;:]{2,60})",
    re.IGNORECASE,
)
_LAND = re.compile(
    r"(?P<own>its\s+(?:own\s+)?)?(?:the\s+|all\s+|this\s+)?(?:\S+\s+)?"
    r"(?:territory|land|soil|country|area|republic)\b",
    re.IGNORECASE,
)
_VERB = re.compile(
    r"\b(?:(?P<lost>lost|lose|loses|losing)|(?P<hold>hold|holds|held|control|controls|controlled"
    r"|occupy|occupies|occupied|occupying|seized|captured|taken|took|annexed|overran"
    r"|hands|control|occupation))\b",
    re.IGNORECASE,
)
_IS = re.compile(r"\b(?:is|are|was|were|been|remains?|lies|now)\s+(?:\w+ly\s+)?$", re.IGNORECASE)
_NOT_YET = re.compile(
    r"\b(?:would|will|could|might|may|should|to|not|never)\s+(?:\w+\s+)?$", re.IGNORECASE
)
_YEARS = re.compile(
    rf"\b{_HEDGE}(?P<years>\d{{1,2}}|one|two|three|four|five|six|seven|eight|nine|ten)"
    r"(?P<half>\s+and\s+a\s+half)?\s+years?\s+(?:of|into)\s+(?:the\s+|full-scale\s+)?"
    r"(?:war|fighting|invasion|conflict)\b"
    r"|\bwar\b[^.;]{0,60}\b(?:in|into|entered|entering|enters)\s+its\s+"
    r"(?P<nth>second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth)\s+year\b"
    r"|\b(?:war|invasion|fighting|offensive|held|occupied)\b[^.;]{0,40}"
    r"\b(?:since|began\s+in|started\s+in|broke\s+out\s+in)\s+(?:\w+\s+)?(?P<since>(?:19|20|21)\d\d)\b",
    re.IGNORECASE,
)
# what every match of the two holds, quick to look for in a long text
_SHARE_SIGN = re.compile(
    r"%|per ?cent|(?:half|third|quarter|fifth|sixth|seventh|eighth|ninth|tenth)", re.IGNORECASE
)
_YEARS_SIGN = re.compile(r"year|(?:since|in)\s+(?:\w+\s+)?(?:19|20|21)\d\d", re.IGNORECASE)
_SENTENCE = re.compile(r"(?:[^.!?\n]|[.](?=\d))+")
_STEM_LEAST = 4
_WIDTH = 0.1
"""How far off a number may be that is told as it is: a tenth of it either way."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """A number as one report tells it, between ``low`` and ``high``; ``ref`` is what to look up.

    ``source`` is whose word it is: the speaker's, else the outlet's, else the report's own.
    """

    low: float
    high: float
    speaker: str | None
    source: str
    day: dt.date | None
    quote: str
    ref: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """A share of the land of ``owner`` that ``holder`` is said to hold."""

    holder: str
    owner: str
    telling: Telling


def find_holdings(record: Record, war: War) -> tuple[Holding, ...]:
    """Return what each of the two sides is said to hold, of the other's land or of its own."""
    found = []
    stems = {name: _stem(name) for name in war.pair}
    for report, start, sentence in _sentences(record, war, _SHARE_SIGN):
        for match in _SHARE.finditer(sentence):
            parties = _parties(sentence, match, stems)
            share = _share(match)
            if parties is not None and share is not None:
                told = _telling(war, (report, start, sentence), _around(share, match))
                found.append(Holding(holder=parties[0], owner=parties[1], telling=told))
                break
    return tuple(found)


def find_years(record: Record, war: War) -> tuple[Telling, ...]:
    """Return how many years the war has lasted, as told in so many words."""
    found = []
    for report, start, sentence in _sentences(record, war, _YEARS_SIGN):
        match = _YEARS.search(sentence)
        if match is None:
            continue
        if match["since"]:
            if report.published is None:
                continue
            last = report.published.year - int(match["since"])
            low, high = max(last - 1.0, 0.0), last + 1.0
        elif match["nth"]:
            last = _COUNTS[match["nth"].lower()]
            low, high = last - 1.0, float(last)
        else:
            word = match["years"].lower()
            years = float(word) if word.isdigit() else float(_COUNTS[word])
            low, high = _around(years + (0.5 if match["half"] else 0), match)
        found.append(_telling(war, (report, start, sentence), (low, high)))
    return tuple(found)


def _sentences(
    record: Record, war: War, wanted: re.Pattern[str]
) -> Iterator[tuple[ReportEntry, int, str]]:
    """Yield each sentence of the war's reports that holds what is wanted, and where it begins."""
    for report in record.reports:
        if report.id not in war.reports:
            continue
        last = -1
        for match in wanted.finditer(report.text):
            if match.start() <= last:
                continue
            begin = report.text.rfind("\n", 0, match.start()) + 1
            for sentence in _SENTENCE.finditer(report.text, begin):
                if sentence.end() > match.start():
                    last = sentence.end()
                    yield report, sentence.start(), sentence[0]
                    break


def _parties(
    sentence: str, match: re.Match[str], stems: dict[str, re.Pattern[str]]
) -> tuple[str, str] | None:
    """Return who holds the share and whose land it is of; None where the words do not say."""
    whole = match["whole"]
    named = next((n for n, stem in stems.items() if stem.match(whole.removeprefix("the "))), None)
    land = _LAND.match(whole)
    if named is None and land is None:
        return None
    owner = named or (
        _last_named(sentence[: match.start()], stems) if land and land["own"] else None
    )
    verb = _verb(sentence, match)
    if verb is None:
        return None
    holder = _holder(sentence, verb, stems, owner)
    if holder is None:
        return None
    return holder, owner or next(name for name in stems if name != holder)


def _verb(sentence: str, match: re.Match[str]) -> re.Match[str] | None:
    """Return the word of holding that is nearest to the share."""
    verbs = [v for v in _VERB.finditer(sentence) if not _NOT_YET.search(sentence[: v.start()])]
    outside = [v for v in verbs if v.end() <= match.start() or v.start() >= match.start("whole")]
    gap = {v: max(match.start() - v.end(), v.start() - match.end("whole")) for v in outside}
    return min(outside, key=lambda v: gap[v], default=None)


def _holder(
    sentence: str, verb: re.Match[str], stems: dict[str, re.Pattern[str]], owner: str | None
) -> str | None:
    """Return who holds it: named behind "by", as whose hands it is in, or before the verb."""
    before, after = sentence[: verb.start()], sentence[verb.end() :]
    others = [name for name in stems if name != owner]
    other = others[0] if len(others) == 1 else None
    if verb["lost"]:
        loser = _last_named(before, stems)
        return next((name for name in stems if name != loser), None) if loser else other
    by = re.match(r"\s+(?:by|of)\s+(?:the\s+)?(.{0,40})", after)
    if by:
        named = [name for name, stem in stems.items() if stem.match(by[1])]
        if named:
            return named[0]
    if _IS.search(before):  # it is held, and nobody says by whom
        return other
    return _last_named(before, stems)


def _last_named(text: str, stems: dict[str, re.Pattern[str]]) -> str | None:
    """Return the side that is named last in ``text``."""
    ends = {
        name: max((m.end() for m in stem.finditer(text)), default=-1)
        for name, stem in stems.items()
    }
    last = max(ends, key=ends.__getitem__)
    return last if ends[last] >= 0 else None


def _stem(name: str) -> re.Pattern[str]:
    """Return what finds a name and the words made from it: Ardal, Ardal's, Ardali."""
    stem = name[: max(_STEM_LEAST, len(name) - 2)]
    return re.compile(rf"\b{re.escape(stem)}\w*", re.IGNORECASE)


def _share(match: re.Match[str]) -> float | None:
    if match["percent"]:
        share = float(match["percent"]) / 100
    elif match["half"]:
        share = 0.5
    else:
        share = _COUNTS[match["times"].lower()] * _PARTS[match["part"].lower()]
    return share if 0 < share < 1 else None


def _around(number: float, match: re.Match[str]) -> tuple[float, float]:
    """Return the least and the most that a number as it is told may mean."""
    low = number if match["above"] else number * (1 - _WIDTH)
    high = number if match["below"] else number * (1 + _WIDTH)
    return low, high


def _telling(war: War, where: tuple[ReportEntry, int, str], ends: tuple[float, float]) -> Telling:
    report, start, sentence = where
    end = start + len(sentence)
    claim = next(
        (
            claim
            for claim in war.claims.get(report.id, ())
            if claim.evidence.start < end and start < claim.evidence.end
        ),
        None,
    )
    ref = claim.id if claim else _entry_at(war, report, (start, end))
    return Telling(
        low=ends[0],
        high=ends[1],
        speaker=claim.speaker if claim else None,
        source=claim.speaker if claim else report.outlet or report.id,
        day=report.published,
        quote=" ".join(sentence.split()),
        ref=ref,
    )


def _entry_at(war: War, report: ReportEntry, span: tuple[int, int]) -> str:
    """Return the entry that rests on the words there, or the report where none does."""
    for start, end, name in war.spans.get(report.id, ()):
        if start < span[1] and span[0] < end:
            return name
    return report.id
