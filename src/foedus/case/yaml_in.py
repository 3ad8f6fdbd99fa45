"""A case read from YAML: everything that is wrong with the file at once, each with its line.

The file is read as a tree of YAML nodes, which know their lines, and not as Python values, so that
a key given twice, a number in quotes or a word out of place is told apart from what was meant.
"""

from __future__ import annotations

import dataclasses
import math
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar, cast

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, ScalarNode, SequenceNode

from foedus.case.check import flaws
from foedus.case.distributions import (
    FORMS,
    LAYOUTS,
    WITHIN,
    distribution_from,
    quantiles_from,
)
from foedus.case.values import (
    EFFECT_UNIT,
    GUARANTOR_PARAMETERS,
    SCALAR_PARAMETERS,
    SHAPES,
    Case,
    Criteria,
    Distribution,
    Level,
    Parameter,
    Provision,
    RedLine,
    Source,
    SourceKind,
)
from foedus.errors import CaseError, Fault

if TYPE_CHECKING:
    from collections.abc import Callable

    from ruamel.yaml.nodes import Node

    from foedus.case.check import Path as Where

T = TypeVar("T")

_TAG = "tag:yaml.org,2002:"
_KEYS = (
    "title", "challenger", "protected", "guarantors", "period_years", "horizon_years", "record",
    "notes", "parameters", "provisions", "red_lines", "criteria",
)  # fmt: skip
_OPTIONAL = {"record", "notes", "red_lines", "criteria", "guarantors"}
_NO_DISTRIBUTION = Distribution(kind="uniform", low=math.nan, high=math.nan)
_PARTIES = {("challenger",), ("protected",), ("guarantors",)}


def load_case(path: Path | str) -> Case:
    """Read a case from a file.

    Raises
    ------
    CaseError
        With every fault in it, or with why it cannot be read.
    """
    try:
        text = Path(path).read_text(encoding="utf-8")
    except OSError as error:
        fault = Fault(at="", found=error.strerror or str(error), must="be a file that can be read")
        raise CaseError(str(path), (fault,)) from error
    except UnicodeDecodeError as error:
        fault = Fault(at=f"byte {error.start}", found="not UTF-8", must="be text in UTF-8")
        raise CaseError(str(path), (fault,)) from error
    return from_yaml(text, str(path))


def from_yaml(text: str, name: str) -> Case:
    """Read a case from YAML text; ``name`` stands for it in errors.

    Parameters come back in the order of the model's tables, whatever their order in the text.

    Raises
    ------
    CaseError
        With every fault, each with its line.
    """
    reading = _Reading()
    root = _compose(text, name)
    if not isinstance(root, MappingNode):
        found = "nothing" if root is None else reading.shown(root)
        raise CaseError(name, (Fault(at="", found=found, must="be a mapping, from title on"),))
    case = reading.case(root)
    faults = [(reading.line(where), fault) for where, fault in reading.faults.items()]
    if not _PARTIES & set(reading.faults):  # else every mention of a party would be called a fault
        for where, fault in flaws(case):
            if not any(_within(where, at) or _within(at, where) for at in reading.faults):
                line = reading.line(where)
                faults.append((line, dataclasses.replace(fault, at=f"line {line}, {fault.at}")))
    if faults:
        in_order = sorted(faults, key=lambda pair: pair[0])
        raise CaseError(name, tuple(fault for _, fault in in_order))
    return case


def _within(inner: Where, outer: Where) -> bool:
    return inner[: len(outer)] == outer


def _compose(text: str, name: str) -> Node | None:
    """Return the root of the tree of nodes; None for an empty text."""
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


class _Reading:
    """One pass over a tree of nodes: gathers the faults and the lines of what it has seen.

    Where something is missing or wrong a stand-in takes its place, so that the rest can be read.
    """

    def __init__(self) -> None:
        self.faults: dict[Where, Fault] = {}
        self._lines: dict[Where, int] = {(): 1}

    def line(self, where: Where) -> int:
        """Return the line of a part, or of the nearest part around it that the file has."""
        while where not in self._lines:
            where = where[:-1]
        return self._lines[where]

    def fault(self, where: Where, found: str, must: str, do: str = "") -> None:
        """Keep the first fault of each part."""
        at = f"line {self.line(where)}, {'.'.join(where)}" if where else f"line {self.line(where)}"
        self.faults.setdefault(where, Fault(at=at, found=found, must=must, do=do))

    # -- nodes ------------------------------------------------------------------------------------

    def shown(self, node: Node) -> str:
        """Say what a node is, as a reader of the file would."""
        if isinstance(node, MappingNode):
            return "a mapping"
        if isinstance(node, SequenceNode):
            return "a list"
        text = node.value if len(node.value) <= 40 else f"{node.value[:39]}…"
        kind = str(node.tag).removeprefix(_TAG)
        return {"null": "empty", "str": f"the text {text!r}"}.get(kind, str(text))

    def mapping(self, node: Node | None, where: Where) -> dict[str, Node]:
        """Return the values of a mapping by their keys; faults for keys given twice."""
        if node is None:
            return {}
        if not isinstance(node, MappingNode):
            self.fault(where, self.shown(node), "be a mapping of names to values")
            return {}
        values: dict[str, Node] = {}
        for key, value in node.value:
            if not isinstance(key, ScalarNode):
                self.fault((*where, "?"), self.shown(key), "be a name")
                continue
            inner = (*where, str(key.value))
            if key.value in values:
                first = self.line(inner)
                must = f"be given once: line {key.start_mark.line + 1} gives it again"
                self.faults[inner] = Fault(
                    at=f"line {first}, {'.'.join(inner)}", found="given twice", must=must
                )
                continue
            self._lines[inner] = key.start_mark.line + 1
            values[str(key.value)] = value
        return values

    def fields(
        self, node: Node | None, where: Where, keys: tuple[str, ...], optional: set[str]
    ) -> dict[str, Node]:
        """Return the values of a mapping that has ``keys`` and no others."""
        values = self.mapping(node, where)
        for key in values:
            if key not in keys:
                self.fault((*where, key), "not known here", f"be one of {', '.join(keys)}")
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
            self.fault(where, self.shown(node), "be a list")
            return []
        return list(node.value)

    def text(self, node: Node | None, where: Where) -> str:
        """Return a text; a number or a date that stands for a text must be in quotes."""
        if node is None:
            return "?"
        if isinstance(node, ScalarNode) and node.tag == f"{_TAG}str":
            return str(node.value)
        do = "Put it in quotes." if isinstance(node, ScalarNode) and node.value else ""
        self.fault(where, self.shown(node), "be text", do)
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
        self.fault(where, self.shown(node), "be a number")
        return math.nan

    # -- parts of a case --------------------------------------------------------------------------

    def case(self, root: MappingNode) -> Case:
        """Read the whole."""
        top = self.fields(root, (), _KEYS, _OPTIONAL)
        guarantors = self.texts(top.get("guarantors"), ("guarantors",))
        provisions = self.named(top.get("provisions"), ("provisions",), self.provision)
        ids = tuple(provision.id for provision in provisions)
        record = top.get("record")
        no_record = isinstance(record, ScalarNode) and record.tag == f"{_TAG}null"
        return Case(
            title=self.text(top.get("title"), ("title",)),
            challenger=self.text(top.get("challenger"), ("challenger",)),
            protected=self.text(top.get("protected"), ("protected",)),
            guarantors=guarantors,
            period_years=self.number(top.get("period_years"), ("period_years",)),
            horizon_years=self.number(top.get("horizon_years"), ("horizon_years",)),
            parameters=self.parameters(top.get("parameters"), guarantors, ids),
            provisions=provisions,
            red_lines=tuple(
                self.red_line(node, ("red_lines", str(number)))
                for number, node in enumerate(self.items(top.get("red_lines"), ("red_lines",)), 1)
            ),
            criteria=self.criteria(top.get("criteria")),
            record_hash=None if no_record or not record else self.text(record, ("record",)),
            notes=self.texts(top.get("notes"), ("notes",)),
        )

    def named(
        self, node: Node | None, where: Where, read: Callable[[str, Node, Where], T]
    ) -> tuple[T, ...]:
        """Read each value of a mapping with its name."""
        return tuple(
            read(name, value, (*where, name)) for name, value in self.mapping(node, where).items()
        )

    def parameters(
        self, node: Node | None, guarantors: tuple[str, ...], ids: tuple[str, ...]
    ) -> tuple[Parameter, ...]:
        """Read all parameters, in the order of the model's tables; the unknown ones come last."""
        where: Where = ("parameters",)
        values = self.mapping(node, where)
        read: list[Parameter] = []
        for name, unit in SCALAR_PARAMETERS.items():
            if name in values:
                read.append(self.parameter(name, None, unit, values[name]))
        for name, unit in (GUARANTOR_PARAMETERS | {"effect": EFFECT_UNIT}).items():
            inner = self.mapping(values.get(name), (*where, name))
            order = ids if name == "effect" else guarantors
            names = [n for n in order if n in inner] + [n for n in inner if n not in order]
            read += [self.parameter(name, of, unit, inner[of]) for of in names]
        known = SCALAR_PARAMETERS | GUARANTOR_PARAMETERS | {"effect": EFFECT_UNIT}
        for name in values:
            if name not in known:
                self.fault((*where, name), "not known here", f"be one of {', '.join(known)}")
        return tuple(read)

    def parameter(self, name: str, of: str | None, unit: str, node: Node) -> Parameter:
        """Read one parameter: a value and its source."""
        where = ("parameters", name) if of is None else ("parameters", name, of)
        values = self.fields(node, where, ("value", "source"), set())
        return Parameter(
            name=name,
            of=of,
            distribution=self.distribution(values.get("value"), (*where, "value")),
            unit=unit,
            source=self.source(values.get("source"), (*where, "source")),
        )

    def distribution(self, node: Node | None, where: Where) -> Distribution:
        """Read one number, or a mapping such as ``{uniform: [low, high]}``."""
        if node is None or isinstance(node, ScalarNode):
            value = self.number(node, where)
            return Distribution(kind="uniform", low=value, high=value)
        values = self.mapping(node, where)
        kind = next((kind for kind in SHAPES if kind in values), None)
        may = {kind, "within"} if kind in WITHIN else {kind}
        if kind is None or not may.issuperset(values):
            found = " with ".join(values) or self.shown(node)
            self.fault(where, found, f"be {FORMS}")
            return _NO_DISTRIBUTION
        at, layout = (*where, kind), LAYOUTS[kind]
        if kind == "quantiles":
            pairs = [self.numbers(item, at, layout) for item in self.items(values[kind], at)]
            return quantiles_from(pairs) if pairs else _NO_DISTRIBUTION
        numbers = self.numbers(values[kind], at, layout)
        if "within" in values:
            ends = self.numbers(values["within"], (*where, "within"), ("low", "high"))
            return distribution_from(kind, numbers, ends)
        if kind in ("normal", "lognormal"):
            self.fault(where, f"{kind} without ends", "have within: [low, high] beside it")
        return distribution_from(kind, numbers, ())

    def numbers(self, node: Node, where: Where, names: tuple[str, ...]) -> tuple[float, ...]:
        """Return a list of numbers, one for each of ``names``."""
        items = self.items(node, where)
        if len(items) != len(names):
            if where not in self.faults:
                self.fault(where, f"a list of {len(items)}", f"be [{', '.join(names)}]")
            return (math.nan,) * len(names)
        return tuple(self.number(item, where) for item in items)

    def source(self, node: Node | None, where: Where) -> Source:
        """Read where a value comes from."""
        values = self.fields(node, where, ("kind", "refs", "why"), {"refs"})
        return Source(
            kind=cast("SourceKind", self.text(values.get("kind"), (*where, "kind"))),
            refs=self.texts(values.get("refs"), (*where, "refs")),
            why=self.text(values.get("why"), (*where, "why")),
        )

    def provision(self, name: str, node: Node, where: Where) -> Provision:
        """Read one provision with its levels."""
        values = self.fields(node, where, ("title", "levels", "excluded"), {"excluded"})
        return Provision(
            id=name,
            title=self.text(values.get("title"), (*where, "title")),
            levels=self.named(values.get("levels"), (*where, "levels"), self.level),
            excluded={
                level: self.source(value, (*where, "excluded", level))
                for level, value in self.mapping(
                    values.get("excluded"), (*where, "excluded")
                ).items()
            },
        )

    def level(self, name: str, node: Node, where: Where) -> Level:
        """Read one level with its effects: a number each, or numbers by guarantor."""
        values = self.fields(node, where, ("title", "effects", "source"), {"effects"})
        effects: dict[str | tuple[str, str], float] = {}
        at = (*where, "effects")
        for effect, size in self.mapping(values.get("effects"), at).items():
            if isinstance(size, MappingNode):
                for guarantor, number in self.mapping(size, (*at, effect)).items():
                    effects[effect, guarantor] = self.number(number, (*at, effect, guarantor))
            else:
                effects[effect] = self.number(size, (*at, effect))
        return Level(
            name=name,
            title=self.text(values.get("title"), (*where, "title")),
            effects=effects,
            source=self.source(values.get("source"), (*where, "source")),
        )

    def red_line(self, node: Node, where: Where) -> RedLine:
        """Read one red line; red lines are counted from 1."""
        self._lines[where] = node.start_mark.line + 1
        values = self.fields(node, where, ("party", "provision", "levels", "source"), set())
        return RedLine(
            party=self.text(values.get("party"), (*where, "party")),
            provision=self.text(values.get("provision"), (*where, "provision")),
            levels=self.texts(values.get("levels"), (*where, "levels")),
            source=self.source(values.get("source"), (*where, "source")),
        )

    def criteria(self, node: Node | None) -> Criteria:
        """Read the criteria; those not given have their usual values."""
        names = tuple(field.name for field in dataclasses.fields(Criteria))
        values = self.fields(node, ("criteria",), names, set(names))
        given = {n: self.number(v, ("criteria", n)) for n, v in values.items() if n in names}
        return dataclasses.replace(Criteria(), **given)
