"""Who wrote a report and when, as the lines above its text say it."""

# ruff: noqa: RUF001, RUF002, SIM905 - real typographic signs; word lists read best as words

from __future__ import annotations

import re

from foedus.report.dates import STATED

ROLES = frozenset(
    "senior staff chief news political foreign diplomatic defence defense security world war "
    "international special deputy associate managing contributing guest editor editors "
    "correspondent correspondents reporter reporters writer writers journalist columnist "
    "analyst bureau producer desk newsroom team agencies agency wire wires editorial europe "
    "asia africa middle regional national in for at with".split()
)
GROUPS = frozenset(
    "staff agencies agency desk team newsroom editors editorial bureau correspondents "
    "reporters wires office service".split()
)
POSTS = frozenset("correspondent editor reporter analyst columnist".split())
_PARTICLES = frozenset(
    "de del della di da dos van von der den bin ibn al el la le and & of und y".split()
)
_WEEKDAYS = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?"
_LABELS = (
    r"updated?|published?|posted|last|modified|on|at|dated?|first|created|edited|issued|released|"
    r"time|local|today|yesterday|from|the"
)
_ZONES = r"[A-Z]{1,4}T|UTC|GMT|Z|[+-]\d\d:?\d\d"
_TIME = r"\b\d{1,2}[:.h]\d\d(?::\d\d)?\s*(?:[ap]\.?m\.?)?|\b\d{1,2}\s?[ap]\.?m\b\.?"
_AGO = r"\b(?:\d+|an?|one|two|few)\s+(?:sec(?:ond)?|min(?:ute)?|hour|day|week|month)s?\s+ago\b"
_DATELIKE = re.compile(rf"{_TIME}|{_AGO}", re.IGNORECASE)
_COUNTERS = re.compile(
    r"\b\d+[\s-]*min(?:ute)?s?\b\.?(?:(?:\s+of)?\s+(?:read|listen|watch)(?:ing)?\b)?"
    r"|\b\d+\s+(?:comments?|views?|shares?|reads?|likes?)\b",
    re.IGNORECASE,
)
KINDS = frozenset(
    "summary bulletin briefing update statement communique communiqué assessment report digest "
    "readout overview release note".split()
)
"""What official texts call themselves; such a line is a title and no name."""
SIGNS_AT_MOST = 300  # of a byline or datestamp
_TRIMMINGS = re.compile(rf"\b(?:{_LABELS})\b|\b{_WEEKDAYS}\b\.?", re.IGNORECASE)
_BY = re.compile(
    r"^\W*(?:(?:words|story|text|written|report|analysis|opinion|posted|interview)\s+)?"
    r"by:?\s+(?=[A-ZÀ-ÞА-Я])",
    re.IGNORECASE,
)
_STAMP_BY = re.compile(r"\s+by\s+(?=\S)", re.IGNORECASE)
_NAME = r"[A-ZÀ-Þ][\w’'.-]+(?:\s+(?:[A-ZÀ-Þ][\w’'.-]*|de|van|der|von|al|bin))+"
_PLACED = rf"{_NAME}(?:\s+in\s+[A-ZÀ-Þ][\w’'-]+(?:\s+[A-ZÀ-Þ][\w’'-]+)?)?"
_SEVERAL = re.compile(rf"^(?:{_PLACED})(?:(?:,|,?\s+and|,?\s+with)\s+{_PLACED})*$")
_SPLIT = re.compile(r"\s*[|•·,(/]\s*|\s+[–—-]\s+")
_CALENDAR = re.compile(
    rf"^(?:{_WEEKDAYS}|january|february|march|april|may|june|july|august|september|october|november|december)\b",
    re.IGNORECASE,
)


def is_datestamp(text: str) -> bool:
    """Say whether a line is only a date or a time, with the words that go with one.

    Examples
    --------
    >>> is_datestamp("Updated 13 May 2025 21:05 IST"), is_datestamp("3 hours ago")
    (True, True)
    >>> is_datestamp("Summary as of 09:00 on 6 December 2025.")
    False
    """
    if len(text) > SIGNS_AT_MOST or not _stamped(text):
        return False
    return not re.search(r"\w", _without_stamp(text))


def is_byline(text: str) -> bool:
    """Say whether a line names an author, in words or as a name beside a date.

    Examples
    --------
    >>> is_byline("By Ada Lind | 23 May 2025, 18:40 | 4 comments"), is_byline("By the numbers")
    (True, False)
    >>> is_byline("Ada Lind, Northern Review – published 21 November 2025")
    True
    >>> is_byline("16 March 2031 · by Ada Lind"), is_byline("16 March 2031 by the bridge")
    (True, False)
    """
    if len(text) > SIGNS_AT_MOST or len(text.split()) > 20:
        return False
    if _BY.search(text):
        rest = _BY.sub("", text)
        return rest[:1].isupper() and not _CALENDAR.match(rest) and is_name(_name_part(rest))
    if not _stamped(text):
        return False
    after = _STAMP_BY.split(text)
    if len(after) == 2 and is_datestamp(after[0]):
        return is_name(_name_part(after[1]))
    first = _SPLIT.split(_without_stamp(text).strip(" |•·,-–—"))[0]
    official = any(word.casefold() in KINDS for word in first.split())
    return is_name(first) and not official


def is_name(text: str) -> bool:
    """Say whether a short text reads like the name of a person or of a desk.

    Examples
    --------
    >>> is_name("Ada van der Lind"), is_name("Staff and agencies"), is_name("What is held")
    (True, True, False)
    >>> is_name("Ada Lind in Osthaven and Bo Hart in Lind")
    True
    """
    words = text.split()
    if len(words) > 3 and re.search(r",|\bin\b|\bwith\b", text) and _SEVERAL.match(text):
        return True
    if not 1 <= len(words) <= 7 or re.search(r"[\d?!:;“”\"]|,$", text):
        return False
    if any(word.casefold() in GROUPS for word in words):
        return True
    names = [w for w in words if w.casefold() not in _PARTICLES]
    return len(names) >= 2 and all(w[:1].isupper() for w in names)


def is_role(text: str) -> bool:
    """Say whether a text is only what a person is at an outlet.

    Examples
    --------
    >>> is_role("Diplomatic editor"), is_role("Northern correspondent"), is_role("The editor left")
    (True, True, False)
    """
    words = text.casefold().split()
    if len(words) > 1 and all(word in ROLES for word in words):
        return True
    return 1 < len(words) <= 5 and words[-1] in POSTS and words[0] not in {"the", "a", "an"}


def author_in(text: str) -> str | None:
    """Return the author that a byline names; None when it names none.

    Examples
    --------
    >>> author_in("by Ada Lind Senior News Editor"), author_in("Ada Lind / Review / 6 May 2025")
    ('Ada Lind', 'Ada Lind')
    >>> author_in("POSTED ON MARCH 9, 2031 BY A. LIND")
    'A. LIND'
    """
    after = _STAMP_BY.split(text)
    if len(after) == 2 and _stamped(after[0]):  # "Posted on 9 March 2031 by Ada Lind"
        text = f"by {after[1]}"
    rest = _BY.sub("", text)
    name = _name_part(rest if rest != text else _without_stamp(text).strip(" |•·,-–—"))
    return name if name and is_name(name) else None


def outlet_in(text: str) -> str | None:
    """Return the outlet that a byline names after the author; None when it names none.

    Examples
    --------
    >>> outlet_in("Ada Lind, Northern Review – published 21 November 2025")
    'Northern Review'
    >>> outlet_in("By Ada Lind | 23 May 2025 | 4 comments") is None
    True
    """
    parts = [p.strip() for p in _SPLIT.split(_without_stamp(_BY.sub("", text)))]
    named = [p for p in parts[1:] if p]
    words = named[0].split() if named else []
    fits = 1 <= len(words) <= 5 and all(
        w[:1].isupper() for w in words if w.casefold() not in _PARTICLES
    )
    return named[0] if fits and words and not any(w.casefold() in ROLES for w in words) else None


def _stamped(text: str) -> bool:
    """Say whether a text holds a date with its year, or a time."""
    return bool(STATED.search(text) or _DATELIKE.search(text))


def _without_stamp(text: str) -> str:
    """Return a text without its dates and times and the words that go with them."""
    bare = _COUNTERS.sub(" ", _DATELIKE.sub(" ", STATED.sub(" ", text)))
    bare = re.sub(rf"(?<![\w-])(?:{_ZONES})(?!\w)", " ", bare)
    return _TRIMMINGS.sub(" ", bare)


def _name_part(text: str) -> str:
    """Return the beginning of a text up to a sign, a role or a lower-case word."""
    words: list[str] = []
    for word in _SPLIT.split(text)[0].split():
        low = word.casefold().strip(".")
        if words and low in ROLES and not any(w.casefold() in GROUPS for w in words):
            if low in GROUPS and word[:1].islower():
                words.append(word)
                continue
            break
        words.append(word)
    while words and words[-1].casefold() in _PARTICLES:
        words.pop()
    return " ".join(words).strip(" .,")
