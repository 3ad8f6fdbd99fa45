"""A figure of an answer walked back to what it rests on, from the JSON of a brief."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from foedus.errors import Fault, FoedusError
from foedus.show.explained import explained, explanation_lines

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Explained:
    """What was found, as plain data and as lines."""

    data: Any
    lines: tuple[str, ...]


def explain(path: Path, figure: str | None = None) -> Explained:
    """Return what a figure of a brief rests on; with no figure, the names of all.

    Raises
    ------
    FoedusError
        When the file is no JSON of a brief with an answer, or has no such figure.
    """
    brief = _brief(path)
    if figure is None:
        names = list(brief["figures"]["by_name"])
        return Explained(data=names, lines=tuple(names))
    told = explained(brief, figure)
    return Explained(data=told, lines=tuple(explanation_lines(told)))


def _brief(path: Path) -> dict[str, Any]:
    must = "be the JSON of a brief with an answer"
    do = "Write one with: foedus brief ... --json"
    try:
        held = json.loads(path.read_text("utf-8"))
    except OSError as error:
        fault = Fault(at="", found=error.strerror, must="be a file that can be read")
        raise FoedusError(str(path), (fault,)) from error
    except ValueError as error:
        raise FoedusError(str(path), (Fault(at="", found=str(error), must=must, do=do),)) from error
    if not isinstance(held, dict) or not held.get("figures", {}).get("by_name"):
        raise FoedusError(str(path), (Fault(at="", found="no figures", must=must, do=do),))
    return held
