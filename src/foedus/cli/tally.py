"""How many reports were read, and what was skipped and why, for the end of a run."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from foedus.errors import FoedusError

NAMED = 3  # inputs of a reason that a summary names; the rest it counts


@dataclass(slots=True)
class Tally:
    """What has been read and skipped so far.

    Examples
    --------
    >>> from foedus.errors import Fault, ReportError
    >>> tally = Tally(read=2)
    >>> fault = Fault(at="", found="nothing", must="hold text", reason="empty")
    >>> tally.skip(ReportError("a.txt", (fault,)))
    >>> print("; ".join(tally.lines()))
    2 reports read, 1 skipped; 1 empty: a.txt
    """

    read: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    names: dict[str, list[str]] = field(default_factory=dict)

    def skip(self, error: FoedusError) -> None:
        """Count one skip."""
        reason = error.faults[0].reason or "other"
        self.counts[reason] += 1
        named = self.names.setdefault(reason, [])
        if len(named) < NAMED:
            named.append(error.where)

    def lines(self) -> list[str]:
        """Return the summary: a line for the sum, and one for each reason."""
        many = "report" if self.read == 1 else "reports"
        return [f"{self.read} {many} read, {self.counts.total()} skipped", *self.reasons()]

    def reasons(self) -> list[str]:
        """Return a line for each reason, with the first inputs of each; the commonest first."""
        lines = []
        for reason, count in sorted(self.counts.items(), key=lambda item: (-item[1], item[0])):
            names = ", ".join(self.names[reason])
            more = f" and {count - NAMED} more" if count > NAMED else ""
            lines.append(f"{count} {reason}: {names}{more}")
        return lines
