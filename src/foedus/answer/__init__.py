"""Which deals hold, for whom, how sure, and what it hinges on; each figure traced to its source."""

from foedus.answer.trace import FIGURES, trace
from foedus.answer.whole import answer

__all__ = ["FIGURES", "answer", "trace"]
