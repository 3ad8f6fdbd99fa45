"""What must hold of mentions before they are kept."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from foedus.errors import Fault, RecordError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from foedus.reading.values import Mentions, Span


def check(mentions: Mentions) -> None:
    """Refuse mentions that have no evidence, or whose numbers are none.

    Raises
    ------
    RecordError
        With every broken span, not only the first.
    """
    faults = [*_text_faults(mentions.report.text), *_span_faults(mentions), *_numbers(mentions)]
    if faults:
        raise RecordError(mentions.report.source, tuple(faults))


def _spans(mentions: Mentions) -> Iterator[tuple[str, Span]]:
    """Yield each mention's name (its family and place in it) with its span."""
    families = {
        "events": [m.span for m in mentions.events],
        "claims": [m.span for m in mentions.claims],
        "positions": [m.span for m in mentions.positions],
        "provisions": [m.span for m in mentions.provisions],
        "unknowns": [m.span for m in mentions.unknowns],
    }
    for family, spans in families.items():
        for n, span in enumerate(spans):
            yield f"{family}[{n}].span", span


def _span_faults(mentions: Mentions) -> Iterator[Fault]:
    length = len(mentions.report.text)
    for at, (start, end) in _spans(mentions):
        if not 0 <= start < end <= length:
            must = f"start before it ends, within the {length:,} characters of the text"
            yield Fault(at=at, found=f"{start}..{end}", must=must)
        elif not mentions.report.text[start:end].strip():
            yield Fault(at=at, found=f"{start}..{end}, which is blank", must="hold words")


def _numbers(mentions: Mentions) -> Iterator[Fault]:
    for n, event in enumerate(mentions.events):
        for m, quantity in enumerate(event.quantities):
            if not 0 <= quantity.value < math.inf:  # written so that NaN fails too
                at = f"events[{n}].quantities[{m}].value"
                yield Fault(at=at, found=quantity.value, must="be a number, 0 or more")
        if event.date is not None and event.date[0] > event.date[1]:
            found = f"{event.date[0]} to {event.date[1]}"
            yield Fault(at=f"events[{n}].date", found=found, must="begin before it ends")


def _text_faults(text: str) -> Iterator[Fault]:
    if "\0" in text:
        found = f"a character of number 0 at {text.index(chr(0))}"
        yield Fault(at="text", found=found, must="hold none: PostgreSQL cannot keep it")
    try:
        text.encode()
    except UnicodeEncodeError as error:
        found = f"half a character (a surrogate) at {error.start}"
        yield Fault(at="text", found=found, must="hold whole characters only")
