"""Words put into the text of a YAML file in the place of others, where the parser found these."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ruamel.yaml.nodes import MappingNode, ScalarNode, SequenceNode

from foedus.case.yaml_text import text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ruamel.yaml.nodes import Node


def children(node: Node) -> dict[str, Node]:
    """Return the parts of a mapping by their keys, of a list by their numbers from 1."""
    if isinstance(node, MappingNode):
        return {str(key.value): value for key, value in node.value if isinstance(key, ScalarNode)}
    if isinstance(node, SequenceNode):
        return {str(number): item for number, item in enumerate(node.value, start=1)}
    return {}


def walk(node: Node, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Node]]:
    """Yield a node and all within it, each with its path."""
    yield path, node
    for key, inner in children(node).items():
        yield from walk(inner, (*path, key))


class Splices:
    """Changes to a text, gathered first and made together."""

    def __init__(self, whole: str) -> None:
        self._whole = whole
        self._newline = "\r\n" if "\r\n" in whole else "\n"
        self._cuts: list[tuple[int, int, str]] = []

    def applied(self) -> str:
        """Return the text with all changes made."""
        changed = self._whole
        for _, (start, end, words) in sorted(
            enumerate(self._cuts), key=lambda cut: (cut[1][0], cut[0]), reverse=True
        ):
            changed = changed[:start] + words + changed[end:]
        return changed

    def replace(self, node: Node, words: str) -> None:
        """Put ``words`` in the place of an item of a list."""
        self._cuts.append((node.start_mark.index, self._end(node), words))

    def put(self, mapping: MappingNode, key: str, words: str) -> None:
        """Put ``words`` in the place of the value of ``key``, or add both at the end."""
        found = next((pair for pair in mapping.value if pair[0].value == key), None)
        if found is None:
            self._add(mapping, f"{text(key)}: {words}")
            return
        name, value = found
        start, end = value.start_mark.index, self._end(value)
        if mapping.flow_style or value.start_mark.line == name.start_mark.line:
            blank = "" if self._whole[start - 1 : start].isspace() else " "  # a value left empty
            self._cuts.append((start, max(start, end), blank + words))
            return
        colon = self._whole.index(":", name.end_mark.index) + 1
        self._cuts.append((colon, colon, f" {words}"))
        self._cuts.append((self._line_start(start), self._line_end(end), ""))

    def drop(self, mapping: MappingNode, key: str) -> None:
        """Leave out ``key`` and its value, with the lines that they take; another key stays."""
        keys = [name.value for name, _ in mapping.value]
        if key not in keys:
            return
        place = keys.index(key)
        name, value = mapping.value[place]
        start, end = name.start_mark.index, self._end(value)
        line = self._line_start(start)
        if mapping.flow_style and place == 0:
            self._cuts.append((start, mapping.value[1][0].start_mark.index, ""))
        elif mapping.flow_style:
            self._cuts.append((self._end(mapping.value[place - 1][1]), end, ""))
        elif self._whole[line:start].isspace() or line == start:
            self._cuts.append((line, self._line_end(end), ""))
        else:  # behind the dash of an item
            self._cuts.append((start, mapping.value[place + 1][0].start_mark.index, ""))

    def column(self, mapping: MappingNode, key: str) -> int | None:
        """Return the column at which a long value of ``key`` may go on; None if on one line."""
        if mapping.flow_style:
            return None
        return int(mapping.value[0][0].start_mark.column) + len(key) + 2

    def _add(self, mapping: MappingNode, entry: str) -> None:
        """Add an entry at the end of a mapping, which is not empty unless in braces."""
        if mapping.flow_style:
            end = mapping.end_mark.index - 1
            self._cuts.append((end, end, f"{', ' if mapping.value else ''}{entry}"))
            return
        indent = " " * int(mapping.value[0][0].start_mark.column)
        end = self._line_end(self._end(mapping))
        if self._whole[end - 1 : end] == "\n":
            self._cuts.append((end, end, f"{indent}{entry}{self._newline}"))
        else:  # the file ends without a line end
            self._cuts.append((end, end, f"{self._newline}{indent}{entry}"))

    def _end(self, node: Node) -> int:
        """Return where the last thing in a node ends; comments behind it are not of it."""
        if isinstance(node, ScalarNode) and node.style in ("|", ">"):
            # the parser has it end where the next thing begins
            lines = self._whole[node.start_mark.index : node.end_mark.index]
            return int(node.start_mark.index) + len(lines.rstrip())
        if isinstance(node, MappingNode) and node.value and not node.flow_style:
            return self._end(node.value[-1][1])
        if isinstance(node, SequenceNode) and node.value and not node.flow_style:
            return self._end(node.value[-1])
        return int(node.end_mark.index)

    def _line_start(self, index: int) -> int:
        return self._whole.rfind("\n", 0, index) + 1

    def _line_end(self, index: int) -> int:
        """Return where the next line begins."""
        found = self._whole.find("\n", index)
        return len(self._whole) if found < 0 else found + 1
