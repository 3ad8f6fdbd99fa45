"""What is done with a case file: made, shown, checked, compared, changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from foedus import record
from foedus.case.comparing import compare
from foedus.case.edit import set_value
from foedus.case.lint_parts import of_parts
from foedus.case.lint_record import of_record
from foedus.case.schema import json_schema
from foedus.case.starting import GUARANTOR, starting_text
from foedus.case.yaml_in import case_text, load_case, read_case

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence
    from pathlib import Path

    from foedus.case.comparing import CaseDifference
    from foedus.case.edit import Judgement
    from foedus.case.lint import CaseFinding
    from foedus.case.values import Case


@dataclass(frozen=True, slots=True, kw_only=True)
class Linted:
    """What there is to look at in a case file: each finding with its line, the heaviest first."""

    file: str
    case: Case
    found: tuple[tuple[int, CaseFinding], ...]


def case_schema() -> dict[str, object]:
    """Return the JSON Schema of case files."""
    return json_schema()


def new_case(challenger: str, protected: str, guarantors: Sequence[str]) -> str:
    """Return the text of a case to begin with; a made-up guarantor stands in where none is named.

    Raises
    ------
    FoedusError
        When a name is given twice or is none.
    """
    return starting_text(challenger, protected, tuple(guarantors) or (GUARANTOR,))


def compare_cases(before: Path, after: Path) -> tuple[CaseDifference, ...]:
    """Return what changed from one case file to another.

    Raises
    ------
    FoedusError
        When one of them is at fault.
    """
    return compare(load_case(before), load_case(after))


def set_in_case(file: Path, changes: Sequence[tuple[str, str]], judgement: Judgement | None) -> str:
    """Return the text of a case file with values changed, each a path and what it is to say.

    Raises
    ------
    FoedusError
        When one cannot be changed so.
    """
    whole = case_text(file)
    for path, value in changes:
        whole = set_value((whole, str(file)), path, value, judgement)
    return whole


def lint_case(file: Path, where: str | None = None, as_of: dt.date | None = None) -> Linted:
    """Return what a careful reader of a case file would look at.

    Parameters
    ----------
    file
        The case.
    where
        File name or address of a record to hold its sources against, if any.
    as_of
        The day as of which the record speaks; None for all it holds.

    Raises
    ------
    FoedusError
        When the case is at fault, or the record cannot be opened.
    """
    written = read_case(case_text(file), str(file))
    found = list(of_parts(written.case))
    if where is not None:
        with record.open_store(where, make=False) as store:
            found += of_record(written.case, store.record(as_of), store.changes())
    placed = [(written.line(finding.path), finding) for finding in found]
    placed.sort(key=lambda pair: (-pair[1].weight, pair[1].rule, pair[0]))
    return Linted(file=str(file), case=written.case, found=tuple(placed))
