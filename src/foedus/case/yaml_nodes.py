"""The tree of nodes that a YAML file is: values taken from it, faults with their line and column.

A tree of nodes and not of Python values, as a node knows where it stands: so that a key given
twice, a number in quotes or a word out of place is told apart from what was meant.
"""

from __future__ import annotations

import datetime as dt
import difflib
import math
import re
from typing import TYPE_CHECKING, cast

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, ScalarNode, SequenceNode

from foedus.errors import CaseError, Fault

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ruamel.yaml.nodes import Node

    from foedus.case.flaws import Path as Where

Place = tuple[int, int]
"""A line and a column, both counted from 1."""

_TAG = "tag:yaml.org,2002:"
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_WITH_UNIT = re.compile(r"[-+]?\d[\d_.]*\s*[^\d\s].*")


def compose(text: str, name: str) -> Node | None:
    """Return the root of the tree of nodes; None for an empty text.

    Raises
    ------
    CaseError
        When it is no YAML, with where that shows.
    """
    try:
        return cast("Node | None", YAML(typ="safe", pure=True).compose(text))
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        at = f"line {mark.line + 1}, column {mark.column + 1}" if mark else ""
        found = error.problem or error.context or "something else"
        fault = Fault(at=at, found=f"no YAML: {found}", must="be YAML")
    except (YAMLError, ValueError) as error:  # a character that YAML does not allow
        fault = Fault(at="", found=" ".join(str(error).split()), must="be YAML")
    except RecursionError:
        fault = Fault(at="", found="nested without end", must="be nested as a case is")
    raise CaseError(name, (fault,)) from None


def meant(found: str, known: Iterable[str]) -> str:
    """Return what to do about a word that is not known: a question, if another is much like it.

    Examples
    --------
    >>> meant("survive_most", ["alpha_least", "survive_least"]), meant("x", ["alpha_least"])
    ('Was survive_least meant?', '')
    """
    near = difflib.get_close_matches(found, list(known), n=1, cutoff=0.7)
    return f"Was {near[0]} meant?" if near else ""


def shown(node: Node) -> str:
    """Say what a node is, as a reader of the file would."""
    if isinstance(node, MappingNode):
        return "a mapping"
    if isinstance(node, SequenceNode):
        return "a list"
    text = node.value if len(node.value) <= 40 else f"{node.value[:39]}…"
    kind = str(node.tag).removeprefix(_TAG)
    return {"null": "empty", "str": f"the text {text!r}"}.get(kind, str(text))


def is_null(node: Node) -> bool:
    """Say whether a node is there and empty."""
    return isinstance(node, ScalarNode) and node.tag == f"{_TAG}null"


class Nodes:
    """One pass over a tree of nodes: gathers the faults, and the places of what it has seen.

    Where something is missing or wrong a stand-in is returned, so that the rest can be read.
    """

    def __init__(self) -> None:
        self.faults: dict[Where, Fault] = {}
        self.places: dict[Where, Place] = {(): (1, 1)}

    def place(self, where: Where) -> Place:
        """Return the place of a part, or of the nearest part around it that the file has."""
        while where not in self.places:
            where = where[:-1]
        return self.places[where]

    def seen(self, where: Where, node: Node) -> None:
        """Keep the place of a part."""
        self.places[where] = (node.start_mark.line + 1, node.start_mark.column + 1)

    def at(self, where: Where, path: str) -> str:
        """Return where a fault is, for its message."""
        line, column = self.place(where)
        return f"line {line}, column {column}" + (f", {path}" if path else "")

    def fault(self, where: Where, found: str, must: str, do: str = "") -> None:
        """Keep the first fault of each part."""
        at = self.at(where, ".".join(where))
        self.faults.setdefault(where, Fault(at=at, found=found, must=must, do=do))

    def mapping(self, node: Node | None, where: Where) -> dict[str, Node]:
        """Return the values of a mapping by their keys; faults for keys given twice."""
        if node is None:
            return {}
        if not isinstance(node, MappingNode):
            self.fault(where, shown(node), "be a mapping of names to values")
            return {}
        values: dict[str, Node] = {}
        for key, value in node.value:
            if not isinstance(key, ScalarNode):
                self.fault((*where, "?"), shown(key), "be a name")
                continue
            inner = (*where, str(key.value))
            if key.value in values:
                must = f"be given once: line {key.start_mark.line + 1} gives it again"
                at = self.at(inner, ".".join(inner))
                self.faults[inner] = Fault(at=at, found="given twice", must=must)
                continue
            self.seen(inner, key)
            values[str(key.value)] = value
        return values

    def fields(
        self, node: Node | None, where: Where, keys: tuple[str, ...], optional: set[str]
    ) -> dict[str, Node]:
        """Return the values of a mapping that has ``keys`` and no others."""
        values = self.mapping(node, where)
        for key in values:
            if key not in keys:
                must = f"be one of {', '.join(keys)}"
                self.fault((*where, key), "not known here", must, meant(key, keys))
        if node is not None and where not in self.faults:
            for key in keys:
                if key not in values and key not in optional:
                    self.fault((*where, key), "missing", "be given")
        return values

    def items(self, node: Node | None, where: Where) -> list[Node]:
        """Return the items of a list."""
        if node is None:
            return []
        if not isinstance(node, SequenceNode):
            self.fault(where, shown(node), "be a list", "Put it in [ ]." if node.value else "")
            return []
        return list(node.value)

    def text(self, node: Node | None, where: Where) -> str:
        """Return a text; a number or a date that stands for a text must be in quotes."""
        if node is None:
            return "?"
        if isinstance(node, ScalarNode) and node.tag == f"{_TAG}str":
            return str(node.value)
        do = "Put it in quotes." if isinstance(node, ScalarNode) and node.value else ""
        self.fault(where, shown(node), "be text", do)
        return "?"

    def texts(self, node: Node | None, where: Where) -> tuple[str, ...]:
        """Return a list of texts."""
        return tuple(self.text(item, where) for item in self.items(node, where))

    def number(self, node: Node | None, where: Where) -> float:
        """Return a finite number."""
        if node is None:
            return math.nan
        if isinstance(node, ScalarNode) and node.tag in (f"{_TAG}int", f"{_TAG}float"):
            try:
                value = float(node.value.replace("_", ""))
            except ValueError:  # .nan, .inf, 0x1F
                value = math.nan
            if math.isfinite(value):
                return value
            self.fault(where, str(node.value), "be a finite number in decimal digits")
            return math.nan
        with_unit = isinstance(node, ScalarNode) and _WITH_UNIT.fullmatch(node.value)
        do = "Write the number alone, in the model's unit." if with_unit else ""
        self.fault(where, shown(node), "be a number", do)
        return math.nan

    def flag(self, node: Node | None, where: Where, *, usual: bool) -> bool:
        """Return true or false; ``usual`` where nothing is said."""
        if node is None:
            return usual
        if isinstance(node, ScalarNode) and node.tag == f"{_TAG}bool":
            return str(node.value).lower() == "true"
        self.fault(where, shown(node), "be true or false")
        return usual

    def day(self, node: Node | None, where: Where) -> dt.date | None:
        """Return a day, in quotes or not; None where nothing is said."""
        if node is None:
            return None
        if isinstance(node, ScalarNode) and _DAY.fullmatch(str(node.value)):
            try:
                return dt.date.fromisoformat(str(node.value))
            except ValueError:
                pass
        self.fault(where, shown(node), "be a day as YYYY-MM-DD")
        return None
