"""The error tree: every fault that a person can mend, said so that they can mend it.

    FoedusError
    ├── ReportError    a file, page or address cannot be used as a report
    ├── ReadingError   the language pipeline cannot run
    ├── RecordError    the record cannot be opened, or would have to say what cannot be so
    ├── CaseError      a case says what cannot be so
    ├── GameError      the game is given values that it cannot be played with
    ├── SearchError    a sweep is asked for that cannot be run
    └── DeskError      what a team keeps beside its record cannot be opened, or does not allow this

Each error names where (a file, an address, a case) and carries all faults found there, not the
first. The classes have no constructor of their own, so each survives a trip between processes.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One thing that is wrong: where, what was found, what must hold, and what to do.

    Parameters
    ----------
    at
        The field, line or part at fault; empty when it is the whole thing.
    found
        What was found there, as it was found.
    must
        What must hold, as the end of a sentence: "lie between 0 and 1".
    do
        What to do about it; empty when ``must`` says it all.
    reason
        What faults of one cause have in common, in a word or two, for those who count them.

    Examples
    --------
    >>> print(Fault(at="hold", found=1.3, must="lie between 0 and 1"))
    hold is 1.3; it must lie between 0 and 1.
    >>> print(Fault(at="", found="an empty file", must="hold text", do="Save the page again."))
    found an empty file; it must hold text. Save the page again.
    """

    at: str
    found: object
    must: str
    do: str = ""
    reason: str = ""

    def __str__(self) -> str:
        """Say the fault in one or two sentences."""
        subject = f"{self.at} is {self.found}" if self.at else f"found {self.found}"
        sentence = f"{subject}; it must {self.must}."
        return f"{sentence} {self.do}" if self.do else sentence


class FoedusError(Exception):
    """Something that a person can mend. Carries every fault, not the first.

    Parameters
    ----------
    where
        The input at fault: a file name, an address, the name of a case.
    faults
        What is wrong there; at least one.

    Examples
    --------
    >>> print(CaseError("ardal.yaml", (Fault(at="hold", found=2, must="lie between 0 and 1"),)))
    ardal.yaml: hold is 2; it must lie between 0 and 1.
    """

    def __init__(self, where: str, faults: tuple[Fault, ...]) -> None:
        super().__init__(where, faults)  # the same arguments, so that it survives pickling
        self.where = where
        self.faults = faults

    def __str__(self) -> str:
        """Name the place; one fault follows on the line, several follow counted, one a line."""
        if len(self.faults) == 1:
            return f"{self.where}: {self.faults[0]}"
        return "\n".join([f"{self.where}: {len(self.faults)} faults", *map(str, self.faults)])


class ReportError(FoedusError):
    """A file, page or address cannot be used as a report."""


class ReadingError(FoedusError):
    """The language pipeline cannot run."""


class RecordError(FoedusError):
    """The record cannot be opened, or would have to say what cannot be so."""


class CaseError(FoedusError):
    """A case says what cannot be so."""


class GameError(FoedusError):
    """The game is given values that it cannot be played with."""


class SearchError(FoedusError):
    """A sweep is asked for that cannot be run."""


class DeskError(FoedusError):
    """What a team keeps beside its record cannot be opened, or does not allow this."""
