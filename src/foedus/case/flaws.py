"""What is wrong with a part of a case: where it is, and the fault; and the parts that many have."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

from foedus.case.values import SourceKind
from foedus.errors import Fault

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from foedus.case.values import Source

Path = tuple[str, ...]
"""Where a part sits in a case, from the outside in: ``("parameters", "fight_g", "Norrland")``."""

Flaw = tuple[Path, Fault]

_NAME_LENGTH = 100  # a key of a YAML mapping must fit on a line


def flaw(path: Path, found: object, must: str, do: str = "") -> Flaw:
    """Return a flaw at ``path``."""
    return path, Fault(at=".".join(path), found=found, must=must, do=do)


def name_flaws(path: Path, name: str) -> Iterator[Flaw]:
    """Yield what is wrong with a name."""
    if not 0 < len(name) <= _NAME_LENGTH or name != name.strip():
        must = f"have 1 to {_NAME_LENGTH} characters and no blank at either end"
        yield flaw(path, repr(name), must)


def source_flaws(path: Path, source: Source) -> Iterator[Flaw]:
    """Yield what is wrong with the source at ``path``."""
    if source.kind not in get_args(SourceKind):
        yield flaw((*path, "kind"), source.kind, f"be one of {listed(get_args(SourceKind))}")
    if not source.why.strip():
        yield flaw((*path, "why"), "empty", "say in a sentence where the value comes from")
    if source.kind in ("claim", "base-rate", "published") and not source.refs:
        yield flaw((*path, "refs"), "empty", f"name what a source of kind {source.kind} rests on")
    if any(not ref.strip() for ref in source.refs):
        yield flaw((*path, "refs"), "an empty reference", "name what it rests on")
    told = {"by": source.by, "date": source.date}
    if source.kind != "judgement":
        for key, value in told.items():
            if value:
                must = f"be left out: a source of kind {source.kind} is nobody's judgement"
                yield flaw((*path, key), value, must)
    elif source.by and not source.by.strip():
        yield flaw((*path, "by"), "empty", "name whose judgement it is, or be left out")


def listed(names: Iterable[str]) -> str:
    """Return names in a row."""
    return ", ".join(names) or "there is none"
