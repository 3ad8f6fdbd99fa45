"""A case file as a tree of parts that can be merged, each with its lines in the text.

A part is a thing that a person changes as one: a parameter with its source, an effect of a level,
a red line, a note. Where a part stands is known to the letter, so that one can be replaced and
everything around it stays as it was typed, comments and all.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ruamel.yaml.nodes import MappingNode, ScalarNode, SequenceNode

from foedus.case.yaml_nodes import compose
from foedus.errors import CaseError, Fault

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ruamel.yaml.nodes import Node

Path = tuple[str, ...]
"""From the outside in: ``("provisions", "monitoring", "levels", "civilian", "title")``."""

_TAG = "tag:yaml.org,2002:"
_WHOLE = {"source", "requires", "excludes", "borne_by", "guarantors"}
_COMMENT = re.compile(r"(?:(?<=\s)|^)#[^\n]*", re.MULTILINE)
BETWEEN = " on "
"""Joins party and provision to the name of a red line."""


@dataclass(slots=True)
class Part:
    """One part: its value, or the parts that it is made of, and where it stands.

    Parameters
    ----------
    value
        What it says, to compare; None for one that is made of parts.
    parts
        Those that it is made of, by name, in their order; None for one that is changed as a whole.
    first, last
        Its lines: the first, and the one behind its last.
    key, column
        Where its key begins in the text, and in its line.
    start, end
        Where its value begins and ends in the text.
    is_flow
        Whether it is written in one piece, in brackets or as a single value.
    """

    value: object
    parts: dict[str, Part] | None
    first: int
    last: int
    key: int
    column: int
    start: int
    end: int
    is_flow: bool


@dataclass(slots=True)
class Outline:
    """A whole file: its text, its lines, its root, and its comments by where they begin."""

    text: str
    lines: list[str]
    root: Part
    comments: dict[int, str] = field(default_factory=dict)

    def find(self, path: Path) -> Part | None:
        """Return the part at ``path``, if the file has it."""
        part: Part | None = self.root
        for name in path:
            part = (part.parts or {}).get(name) if part is not None else None
        return part

    def starts(self) -> list[int]:
        """Return where each line begins."""
        found = [0]
        for line in self.lines:
            found.append(found[-1] + len(line) + 1)
        return found


def outline(text: str, name: str) -> Outline:
    """Return the parts of a case file.

    Raises
    ------
    CaseError
        If it is no YAML mapping, or uses anchors and aliases: a part of it would stand in two
        places.
    """
    node = compose(text, name)
    if not isinstance(node, MappingNode):
        fault = Fault(at="", found="no mapping", must="be a mapping, from title on")
        raise CaseError(name, (fault,))
    seen: set[int] = set()
    scalars: list[tuple[int, int]] = []
    for inner in _walk(node):
        if id(inner) in seen or inner.anchor:
            fault = Fault(
                at=f"line {inner.start_mark.line + 1}",
                found="an anchor or an alias",
                must="be written out",
                do="A merge cannot change one place of two.",
            )
            raise CaseError(name, (fault,))
        seen.add(id(inner))
        if isinstance(inner, ScalarNode):
            scalars.append((inner.start_mark.index, inner.end_mark.index))
    root = _part((), node, node)
    comments = {
        match.start(): match[0]
        for match in _COMMENT.finditer(text)
        if not any(start <= match.start() < end for start, end in scalars)
    }
    return Outline(text=text, lines=text.split("\n"), root=root, comments=comments)


def _walk(node: Node) -> Iterator[Node]:
    yield node
    if isinstance(node, MappingNode):
        for key, value in node.value:
            yield from _walk(key)
            yield from _walk(value)
    elif isinstance(node, SequenceNode):
        for item in node.value:
            yield from _walk(item)


def _part(path: Path, key: Node, node: Node) -> Part:
    """Return the part that ``node`` is, under its ``key`` (itself for an item of a list)."""
    parts = _parts(path, node)
    return Part(
        value=plain(node) if parts is None else None,
        parts=parts,
        first=key.start_mark.line,
        last=_last_line(node) + 1,
        key=key.start_mark.index,
        column=key.start_mark.column,
        start=node.start_mark.index,
        end=_end(node),
        is_flow=isinstance(node, ScalarNode) or _is_flow(node),
    )


def _parts(path: Path, node: Node) -> dict[str, Part] | None:
    """Return what a part is made of; None where it is changed as a whole."""
    if path == ("notes",) and isinstance(node, SequenceNode):
        return {str(item.value): _part((*path, ""), item, item) for item in node.value}
    if path == ("red_lines",) and isinstance(node, SequenceNode):
        return {_line_name(item): _part((*path, ""), item, item) for item in node.value}
    if not isinstance(node, MappingNode) or (path[-1:] and path[-1] in _WHOLE):
        return None
    keys = [str(key.value) for key, _ in node.value]
    if path[:1] == ("parameters",) and "value" in keys:
        return None
    if len(path) > 1 and path[-2] in ("present", "excluded"):
        return None
    return {str(key.value): _part((*path, str(key.value)), key, value) for key, value in node.value}


def whole_value(part: Part) -> object:
    """Return what a part says, with all that it is made of."""
    if part.parts is None:
        return part.value
    return tuple((name, whole_value(inner)) for name, inner in part.parts.items())


def _line_name(item: Node) -> str:
    """Return the name of a red line: its party and its provision."""
    values = plain(item)
    given = dict(values) if isinstance(values, tuple) else {}
    return f"{given.get('party')}{BETWEEN}{given.get('provision')}"


def plain(node: Node) -> object:
    """Return what a node says, in values that can be compared; a mapping in no order."""
    if isinstance(node, MappingNode):
        pairs = ((str(key.value), plain(value)) for key, value in node.value if key.value != "unit")
        return tuple(sorted(pairs, key=lambda pair: pair[0]))
    if isinstance(node, SequenceNode):
        return [plain(item) for item in node.value]
    kind = str(node.tag).removeprefix(_TAG)
    if kind in ("int", "float"):
        try:
            return float(node.value.replace("_", ""))
        except ValueError:
            return str(node.value)
    if kind == "null":
        return None
    return node.value.lower() == "true" if kind == "bool" else str(node.value)


def _is_flow(node: Node) -> bool:
    return bool(getattr(node, "flow_style", False))


def _last_line(node: Node) -> int:
    """Return the line on which the last thing in a node ends."""
    if isinstance(node, ScalarNode):
        if node.style in ("|", ">"):  # ends where the next thing begins
            return int(node.end_mark.line) - 1
        return int(node.end_mark.line)
    if _is_flow(node) or not node.value:
        return int(node.end_mark.line)
    last = node.value[-1]
    return _last_line(last[1] if isinstance(node, MappingNode) else last)


def _end(node: Node) -> int:
    """Return where the last thing in a node ends in the text."""
    if isinstance(node, ScalarNode) or _is_flow(node) or not node.value:
        return int(node.end_mark.index)
    last = node.value[-1]
    return _end(last[1] if isinstance(node, MappingNode) else last)
