"""Which deals hold, for whom, how sure, and what it hinges on; each figure traced to its source."""

import sys
from importlib import import_module
from types import ModuleType
from typing import Any

from foedus.answer.beside import wanted
from foedus.answer.compared import Asked, Target
from foedus.answer.trace import FIGURES, trace
from foedus.answer.whole import answer

__all__ = ["FIGURES", "Asked", "Target", "answer", "trace", "wanted"]


class _Callable(ModuleType):
    """The package itself, which can be called as ``foedus.answer(case)``.

    A package and a function cannot share a name; a module may have a class of its own (the Python
    language reference, 3.3.2.1). Type checkers know the same function as ``foedus.api.answer``.
    """

    def __call__(self, case: Any, **settings: Any) -> Any:  # noqa: ANN401 - as foedus.api.answer
        """Solve a case; see `foedus.api.answer`."""
        return import_module("foedus.api").answer(case, **settings)


sys.modules[__name__].__class__ = _Callable
