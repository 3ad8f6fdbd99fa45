"""Futures drawn, deals swept, outcomes in arrays: D deals, F futures, K guarantors."""

from foedus.search.sweeping import sweep
from foedus.search.values import ENDS, Deal, Futures, Outcomes, Sweep, SweepSettings

__all__ = ["ENDS", "Deal", "Futures", "Outcomes", "Sweep", "SweepSettings", "sweep"]
