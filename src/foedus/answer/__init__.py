"""Which deals hold, for whom, how sure, and what it hinges on; each figure traced to its source."""

from foedus.answer.beside import wanted
from foedus.answer.compared import Asked, Target
from foedus.answer.trace import FIGURES, trace
from foedus.answer.whole import answer

__all__ = ["FIGURES", "Asked", "Target", "answer", "trace", "wanted"]
