"""Mentions from many reports in one file: sourced, merged without loss, asked as of any day.

A `Store` is a record on disk; `Record` what it says as of a day, one frozen value. What people
change goes through the store as dated entries (`Change`), each by a name and each to be undone.
Questions are pure functions of a record: `ask`, `timeline`, `positions_over_time`, `findings`,
`differences`, `draft_differences`, `as_arrow`. `import_file` takes in a dataset, `export_record`
gives a record out, `point_of` says where an event was.
"""

from foedus.record.arrow import as_arrow
from foedus.record.asking import (
    Moment,
    PositionStep,
    Question,
    ask,
    positions_over_time,
    timeline,
)
from foedus.record.changes import Change, Signature, Target
from foedus.record.comparing import (
    Difference,
    DraftDifference,
    differences,
    draft_differences,
)
from foedus.record.counting import Counts
from foedus.record.exchange import Point, Town, export_record, import_file, locate, point_of
from foedus.record.findings import Finding, findings
from foedus.record.joins import Join, joins
from foedus.record.listing import Mention
from foedus.record.lookup import Found, Index
from foedus.record.sayings import says
from foedus.record.searching import Hit
from foedus.record.snapshot import Drawn
from foedus.record.store import Store, open_store
from foedus.record.values import Record

__all__ = [
    "Change",
    "Counts",
    "Difference",
    "DraftDifference",
    "Drawn",
    "Finding",
    "Found",
    "Hit",
    "Index",
    "Join",
    "Mention",
    "Moment",
    "Point",
    "PositionStep",
    "Question",
    "Record",
    "Signature",
    "Store",
    "Target",
    "Town",
    "as_arrow",
    "ask",
    "differences",
    "draft_differences",
    "export_record",
    "findings",
    "import_file",
    "joins",
    "locate",
    "open_store",
    "point_of",
    "positions_over_time",
    "says",
    "timeline",
]
