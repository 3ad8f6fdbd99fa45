"""A case read from YAML: everything that is wrong with the file at once, each with its place."""

from __future__ import annotations

import dataclasses
import math
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar, cast

from ruamel.yaml.nodes import MappingNode, ScalarNode

from foedus.case.check import flaws
from foedus.case.distributions import (
    FORMS,
    LAYOUTS,
    WITHIN,
    distribution_from,
    quantiles_from,
)
from foedus.case.meanings import KEYS, OPTIONAL
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
    Tie,
)
from foedus.case.yaml_nodes import Nodes, compose, is_null, meant, shown
from foedus.errors import CaseError, Fault

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ruamel.yaml.nodes import Node

    from foedus.case.flaws import Path as Where
    from foedus.case.yaml_nodes import Place

T = TypeVar("T")

_NO_DISTRIBUTION = Distribution(kind="uniform", low=math.nan, high=math.nan)
_PARTIES = {"challenger", "protected", "guarantors"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A case as it stands in a file: ``places`` has the line and column of each part by its path.

    A path runs from the outside in: ``("parameters", "hold", "value")``.
    """

    case: Case
    name: str
    places: Mapping[Where, Place]

    def line(self, where: Where) -> int:
        """Return the line of a part, or of the nearest part around it that the file has."""
        while where not in self.places:
            where = where[:-1]
        return self.places[where][0]


def load_case(path: Path | str) -> Case:
    """Read a case from a file.

    Raises
    ------
    CaseError
        With every fault in it, or with why it cannot be read.
    """
    return read_case(case_text(path), str(path)).case


def case_text(path: Path | str) -> str:
    """Return the text of a case file, its line ends as they are.

    Raises
    ------
    CaseError
        With why it cannot be read.
    """
    try:
        return Path(path).read_bytes().decode("utf-8")
    except OSError as error:
        fault = Fault(at="", found=error.strerror or str(error), must="be a file that can be read")
        raise CaseError(str(path), (fault,)) from error
    except UnicodeDecodeError as error:
        fault = Fault(at=f"byte {error.start}", found="not UTF-8", must="be text in UTF-8")
        raise CaseError(str(path), (fault,)) from error


def from_yaml(text: str, name: str) -> Case:
    """Read a case from YAML text; ``name`` stands for it in errors.

    Parameters come back in the order of the model's tables, whatever their order in the text.

    Raises
    ------
    CaseError
        With every fault, each with its line and column.
    """
    return read_case(text, name).case


def read_case(text: str, name: str) -> Written:
    """Read a case from YAML text, with the place of each of its parts.

    Raises
    ------
    CaseError
        With every fault, each with its line and column.
    """
    root = compose(text, name)
    if not isinstance(root, MappingNode):
        found = "nothing" if root is None else shown(root)
        raise CaseError(name, (Fault(at="", found=found, must="be a mapping, from title on"),))
    nodes = Nodes()
    case = _case(nodes, root)
    faults = [(nodes.place(where), fault) for where, fault in nodes.faults.items()]
    no_party = any(where[0] in _PARTIES for where in nodes.faults if where)
    for where, fault in flaws(case):
        known = any(_within(where, at) or _within(at, where) for at in nodes.faults)
        # else every mention of a party that could not be read would be called a fault
        if not known and not (no_party and _about_a_party(where)):
            at = nodes.at(where, fault.at)
            faults.append((nodes.place(where), dataclasses.replace(fault, at=at)))
    if faults:
        in_order = sorted(faults, key=lambda pair: pair[0])
        raise CaseError(name, tuple(fault for _, fault in in_order))
    return Written(case=case, name=name, places=nodes.places)


def _within(inner: Where, outer: Where) -> bool:
    return inner[: len(outer)] == outer


def _about_a_party(where: Where) -> bool:
    """Say whether a fault there may be no more than that a party is not known."""
    return (
        where[0] in _PARTIES
        or where[-1] in ("party", "borne_by")
        or (where[0] == "parameters" and where[1] in GUARANTOR_PARAMETERS)
        or (where[0] == "provisions" and "effects" in where)
    )


def _case(nodes: Nodes, root: MappingNode) -> Case:
    """Read the whole."""
    top = _fields(nodes, root, (), "case")
    guarantors = nodes.texts(top.get("guarantors"), ("guarantors",))
    provisions = _named(nodes, top.get("provisions"), ("provisions",), _provision)
    ids = tuple(provision.id for provision in provisions)
    record = top.get("record")
    return Case(
        title=nodes.text(top.get("title"), ("title",)),
        challenger=nodes.text(top.get("challenger"), ("challenger",)),
        protected=nodes.text(top.get("protected"), ("protected",)),
        guarantors=guarantors,
        period_years=nodes.number(top.get("period_years"), ("period_years",)),
        horizon_years=nodes.number(top.get("horizon_years"), ("horizon_years",)),
        parameters=_parameters(nodes, top.get("parameters"), guarantors, ids),
        provisions=provisions,
        red_lines=_numbered(nodes, top.get("red_lines"), ("red_lines",), _red_line),
        criteria=_criteria(nodes, top.get("criteria")),
        record_hash=None if not record or is_null(record) else nodes.text(record, ("record",)),
        notes=nodes.texts(top.get("notes"), ("notes",)),
    )


def _fields(nodes: Nodes, node: Node | None, where: Where, part: str) -> dict[str, Node]:
    """Return the values of a part of a case by their keys."""
    keys = tuple(key for key in KEYS[part] if key)
    return nodes.fields(node, where, keys, OPTIONAL[part])


def _named(
    nodes: Nodes, node: Node | None, where: Where, read: Callable[[Nodes, str, Node, Where], T]
) -> tuple[T, ...]:
    """Read each value of a mapping with its name."""
    values = nodes.mapping(node, where)
    return tuple(read(nodes, name, value, (*where, name)) for name, value in values.items())


def _numbered(
    nodes: Nodes, node: Node | None, where: Where, read: Callable[[Nodes, Node, Where], T]
) -> tuple[T, ...]:
    """Read each item of a list; they are counted from 1."""
    read_so_far: list[T] = []
    for number, item in enumerate(nodes.items(node, where), 1):
        inner = (*where, str(number))
        nodes.seen(inner, item)
        read_so_far.append(read(nodes, item, inner))
    return tuple(read_so_far)


def _parameters(
    nodes: Nodes, node: Node | None, guarantors: tuple[str, ...], ids: tuple[str, ...]
) -> tuple[Parameter, ...]:
    """Read all parameters, in the order of the model's tables; the unknown ones come last."""
    where: Where = ("parameters",)
    values = nodes.mapping(node, where)
    read: list[Parameter] = []
    for name, unit in SCALAR_PARAMETERS.items():
        if name in values:
            read.append(_parameter(nodes, (name, None), unit, values[name]))
    for name, unit in (GUARANTOR_PARAMETERS | {"effect": EFFECT_UNIT}).items():
        inner = nodes.mapping(values.get(name), (*where, name))
        order = ids if name == "effect" else guarantors
        names = [n for n in order if n in inner] + [n for n in inner if n not in order]
        read += [_parameter(nodes, (name, of), unit, inner[of]) for of in names]
    known = SCALAR_PARAMETERS | GUARANTOR_PARAMETERS | {"effect": EFFECT_UNIT}
    for name in values:
        if name not in known:
            must = f"be one of {', '.join(known)}"
            nodes.fault((*where, name), "not known here", must, meant(name, known))
    return tuple(read)


def _parameter(nodes: Nodes, key: tuple[str, str | None], unit: str, node: Node) -> Parameter:
    """Read one parameter: a value, perhaps its unit, and its source."""
    name, of = key
    where = ("parameters", name) if of is None else ("parameters", name, of)
    values = _fields(nodes, node, where, "parameter")
    return Parameter(
        name=name,
        of=of,
        distribution=_distribution(nodes, values.get("value"), (*where, "value")),
        unit=nodes.text(values["unit"], (*where, "unit")) if "unit" in values else unit,
        source=_source(nodes, values.get("source"), (*where, "source")),
    )


def _distribution(nodes: Nodes, node: Node | None, where: Where) -> Distribution:
    """Read one number, or a mapping such as ``{uniform: [low, high]}``."""
    if node is None or isinstance(node, ScalarNode):
        value = nodes.number(node, where)
        return Distribution(kind="uniform", low=value, high=value)
    values = nodes.mapping(node, where)
    kind = next((kind for kind in SHAPES if kind in values), None)
    may = {kind, "within"} if kind in WITHIN else {kind}
    if kind is None or not may.issuperset(values):
        found = " with ".join(values) or shown(node)
        nodes.fault(where, found, f"be {FORMS}", meant(found, SHAPES))
        return _NO_DISTRIBUTION
    at, layout = (*where, kind), LAYOUTS[kind]
    if kind == "quantiles":
        pairs = [_numbers(nodes, item, at, layout) for item in nodes.items(values[kind], at)]
        return quantiles_from(pairs) if pairs else _NO_DISTRIBUTION
    numbers = _numbers(nodes, values[kind], at, layout)
    if "within" in values:
        ends = _numbers(nodes, values["within"], (*where, "within"), ("low", "high"))
        return distribution_from(kind, numbers, ends)
    if kind in ("normal", "lognormal"):
        nodes.fault(where, f"{kind} without ends", "have within: [low, high] beside it")
    return distribution_from(kind, numbers, ())


def _numbers(nodes: Nodes, node: Node, where: Where, names: tuple[str, ...]) -> tuple[float, ...]:
    """Return a list of numbers, one for each of ``names``."""
    items = nodes.items(node, where)
    if len(items) != len(names):
        if where not in nodes.faults:
            nodes.fault(where, f"a list of {len(items)}", f"be [{', '.join(names)}]")
        return (math.nan,) * len(names)
    return tuple(nodes.number(item, where) for item in items)


def _source(nodes: Nodes, node: Node | None, where: Where) -> Source:
    """Read where a value comes from."""
    values = _fields(nodes, node, where, "source")
    return Source(
        kind=cast("SourceKind", nodes.text(values.get("kind"), (*where, "kind"))),
        refs=nodes.texts(values.get("refs"), (*where, "refs")),
        why=nodes.text(values.get("why"), (*where, "why")),
        by=nodes.text(values["by"], (*where, "by")) if "by" in values else "",
        date=nodes.day(values.get("date"), (*where, "date")),
    )


def _provision(nodes: Nodes, name: str, node: Node, where: Where) -> Provision:
    """Read one provision with its levels."""
    values = _fields(nodes, node, where, "provision")
    present, excluded = (
        {
            level: _source(nodes, value, (*where, key, level))
            for level, value in nodes.mapping(values.get(key), (*where, key)).items()
        }
        for key in ("present", "excluded")
    )
    return Provision(
        id=name,
        title=nodes.text(values.get("title"), (*where, "title")),
        levels=_named(nodes, values.get("levels"), (*where, "levels"), _level),
        excluded=excluded,
        present=present,
        borne_by=nodes.texts(values.get("borne_by"), (*where, "borne_by")),
    )


def _level(nodes: Nodes, name: str, node: Node, where: Where) -> Level:
    """Read one level with its effects: a number each, or numbers by guarantor."""
    values = _fields(nodes, node, where, "level")
    effects: dict[str | tuple[str, str], float] = {}
    at = (*where, "effects")
    for effect, size in nodes.mapping(values.get("effects"), at).items():
        if isinstance(size, MappingNode):
            for guarantor, number in nodes.mapping(size, (*at, effect)).items():
                effects[effect, guarantor] = nodes.number(number, (*at, effect, guarantor))
        else:
            effects[effect] = nodes.number(size, (*at, effect))
    expires, condition = values.get("expires_years"), values.get("condition")
    return Level(
        name=name,
        title=nodes.text(values.get("title"), (*where, "title")),
        effects=effects,
        source=_source(nodes, values.get("source"), (*where, "source")),
        requires=_numbered(nodes, values.get("requires"), (*where, "requires"), _tie),
        excludes=_numbered(nodes, values.get("excludes"), (*where, "excludes"), _tie),
        condition=nodes.text(condition, (*where, "condition")) if condition else "",
        expires_years=nodes.number(expires, (*where, "expires_years")) if expires else None,
    )


def _tie(nodes: Nodes, node: Node, where: Where) -> Tie:
    """Read what a level needs, or cannot stand beside."""
    values = _fields(nodes, node, where, "tie")
    return Tie(
        provision=nodes.text(values.get("provision"), (*where, "provision")),
        levels=nodes.texts(values.get("levels"), (*where, "levels")),
        source=_source(nodes, values.get("source"), (*where, "source")),
    )


def _red_line(nodes: Nodes, node: Node, where: Where) -> RedLine:
    """Read one red line."""
    values = _fields(nodes, node, where, "red_line")
    return RedLine(
        party=nodes.text(values.get("party"), (*where, "party")),
        provision=nodes.text(values.get("provision"), (*where, "provision")),
        levels=nodes.texts(values.get("levels"), (*where, "levels")),
        source=_source(nodes, values.get("source"), (*where, "source")),
        active=nodes.flag(values.get("active"), (*where, "active"), usual=True),
        why=nodes.text(values["why"], (*where, "why")) if "why" in values else "",
    )


def _criteria(nodes: Nodes, node: Node | None) -> Criteria:
    """Read the criteria; those not given have their usual values."""
    names = tuple(field.name for field in dataclasses.fields(Criteria))
    values = nodes.fields(node, ("criteria",), names, set(names))
    given = {n: nodes.number(v, ("criteria", n)) for n, v in values.items() if n in names}
    return dataclasses.replace(Criteria(), **given)
