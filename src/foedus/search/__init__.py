"""Futures drawn, deals swept, outcomes in arrays: D deals, F futures, K guarantors.

`foedus.search.to_parquet` has the same sweep into a file, told of every deal; it is imported from
there, as the library for such files is slow to load.
"""

from foedus.search.sweeping import sweep
from foedus.search.values import (
    ENDS,
    Deal,
    Futures,
    Outcomes,
    Reduction,
    Sweep,
    SweepSettings,
    Swept,
    Tally,
)

__all__ = [
    "ENDS",
    "Deal",
    "Futures",
    "Outcomes",
    "Reduction",
    "Sweep",
    "SweepSettings",
    "Swept",
    "Tally",
    "sweep",
]
