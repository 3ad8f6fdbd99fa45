"""Reports of our own on states that do not exist, and the one pipeline that reads them."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from foedus.ids import ReportId
from foedus.reading.names import Names
from foedus.reading.parsed import Parsed, parse
from foedus.reading.pipeline import Pipeline, load_pipeline
from foedus.report.values import Report

if TYPE_CHECKING:
    import datetime as dt

SETTING = (
    "The war between Ardal and Velmark is in its third year. The Ardali army has lost soldiers, "
    "and Velmark\u2019s government and the Sundrian government have sent envoys to Osthaven."
)
"""What the reader has to know for a sentence about them to be one about a war between states."""


@cache
def pipeline() -> Pipeline:
    """Return the pipeline, loaded once a run."""
    return load_pipeline()


def report(text: str, *, title: str | None = None, published: dt.date | None = None) -> Report:
    """Return a report; its day counts as given by hand."""
    return Report(
        id=ReportId("0" * 12),
        source="ours.txt",
        title=title,
        outlet=None,
        author=None,
        published=published,
        published_from="argument" if published else "unknown",
        language="en",
        text=text,
    )


def reading(
    text: str, *, title: str | None = None, published: dt.date | None = None
) -> tuple[Parsed, Names]:
    """Return what each family of mentions is found in."""
    parsed = parse(report(text, title=title, published=published), pipeline())
    return parsed, Names(parsed)
