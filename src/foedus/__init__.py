"""Which security guarantee would hold? From public reporting to a traced answer.

``foedus.load_case``, ``foedus.answer``, ``foedus.brief`` and ``foedus.open_record`` are those of
`foedus.api`, loaded when they are first used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from foedus.api import brief, load_case, open_record

__all__ = ["__version__", "brief", "load_case", "open_record"]


def __getattr__(name: str) -> Any:  # noqa: ANN401 - of whatever type it is
    """Return a function of the API."""
    import importlib  # noqa: PLC0415 - kept from the names of the package

    if name == "answer":
        return importlib.import_module("foedus.answer")  # which can be called: see there
    if name in __all__:
        return getattr(importlib.import_module("foedus.api"), name)
    raise AttributeError(f"module 'foedus' has no attribute {name!r}")
