"""The guarantee game: frozen values, pure functions, one readable reference solution."""

from foedus.game.solve import solve
from foedus.game.values import Effects, Ends, Future, Other, Solution

__all__ = ["Effects", "Ends", "Future", "Other", "Solution", "solve"]
