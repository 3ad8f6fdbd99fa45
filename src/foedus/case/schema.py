"""The JSON Schema of a case file, so that editors complete, explain and check what is typed.

It is drawn from the tables that reading and checking use. It knows less than these do: what hangs
on another part of the file, such as whether a red line's provision is there, only they can say.
"""

from __future__ import annotations

import dataclasses
import math
from typing import Any, get_args

from foedus.case.check import RANGES
from foedus.case.distributions import LAYOUTS, WITHIN
from foedus.case.meanings import (
    CRITERIA,
    DISTRIBUTIONS,
    EFFECTS,
    KEYS,
    OPTIONAL,
    PARAMETERS,
    SOURCE_KINDS,
)
from foedus.case.values import (
    EFFECT_UNIT,
    GUARANTOR_EFFECTS,
    GUARANTOR_PARAMETERS,
    SCALAR_EFFECTS,
    SCALAR_PARAMETERS,
    SHAPES,
    Criteria,
    SourceKind,
)

Schema = dict[str, Any]

_BOUNDS = {
    "chance": (0.0, 1.0),
    "factor": RANGES["delta"][:2],
    "size": (0.0, math.inf),
    "spread": RANGES["shock_scale"][:2],
    "number": (-math.inf, math.inf),
}
"""The values that parameters may have, by a word for each."""

_TEXT: Schema = {"type": "string", "pattern": r"\S"}
_NAME: Schema = {"type": "string", "maxLength": 100, "pattern": r"^\S([\s\S]*\S)?$"}


def json_schema() -> Schema:
    """Return the schema as JSON holds it, in JSON Schema's draft of December 2020."""
    keys = KEYS["case"]
    parts: dict[str, Schema] = {
        "title": _TEXT,
        "challenger": _NAME,
        "protected": _NAME,
        "guarantors": _names(),
        "period_years": {"type": "number", "exclusiveMinimum": 0},
        "horizon_years": {"type": "number", "exclusiveMinimum": 0},
        "record": {"type": ["string", "null"], "pattern": r"\S"},
        "notes": {"type": "array", "items": _TEXT},
        "parameters": _parameters(),
        "provisions": {**_named(_ref("provision"), KEYS["provision"][""]), "minProperties": 1},
        "red_lines": {"type": "array", "items": _ref("red_line")},
        "criteria": _criteria(),
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:foedus:case",
        "title": "A case for foedus",
        "description": keys[""],
        **_object(keys, parts, OPTIONAL["case"]),
        "$defs": {
            **{f"value_{name}": _value(*ends) for name, ends in _BOUNDS.items()},
            "source": _source(),
            "tie": _object(
                KEYS["tie"], {"provision": _NAME, "levels": _some(), "source": _ref("source")}
            ),
            "level": _level(),
            "provision": _provision(),
            "red_line": _red_line(),
        },
    }


def _ref(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}


def _object(
    meanings: dict[str, str], parts: dict[str, Schema], optional: set[str] | None = None
) -> Schema:
    """Return the schema of a mapping with these keys and no others, each with what it means."""
    return {
        "type": "object",
        "additionalProperties": False,
        "required": [key for key in parts if key not in (optional or set())],
        "properties": {key: {"description": meanings[key], **part} for key, part in parts.items()},
    }


def _named(part: Schema, meaning: str) -> Schema:
    """Return the schema of a mapping from names to what each is."""
    return {
        "type": "object",
        "propertyNames": _NAME,
        "additionalProperties": {"description": meaning, **part},
    }


def _names() -> Schema:
    return {"type": "array", "items": _NAME, "uniqueItems": True}


def _some() -> Schema:
    return {**_names(), "minItems": 1}


def _parameters() -> Schema:
    units = SCALAR_PARAMETERS | GUARANTOR_PARAMETERS | {"effect": EFFECT_UNIT}
    parts: dict[str, Schema] = {}
    for name, unit in units.items():
        one = _parameter(name, unit)
        if name in SCALAR_PARAMETERS:
            parts[name] = one
        else:
            whose = "provision" if name == "effect" else "guarantor"
            parts[name] = _named(one, f"For this {whose}: {PARAMETERS[name]}.")
    meanings = {
        name: f"{_sentence(PARAMETERS[name])} Unit: {unit}." for name, unit in units.items()
    }
    return _object(meanings, parts, set(GUARANTOR_PARAMETERS))


def _parameter(name: str, unit: str) -> Schema:
    ends = RANGES.get(name, (-math.inf, math.inf, ""))[:2]
    (bounds,) = (word for word, known in _BOUNDS.items() if known == ends)
    parts = {
        "value": _ref(f"value_{bounds}"),
        "unit": {"const": unit},
        "source": _ref("source"),
    }
    return _object(KEYS["parameter"], parts, OPTIONAL["parameter"])


def _number(least: float, most: float) -> Schema:
    """Return the schema of a number; an end that is not allowed itself is one bit off."""
    number: Schema = {"type": "number"}
    if least == math.nextafter(0, 1):
        number["exclusiveMinimum"] = 0
    elif math.isfinite(least):
        number["minimum"] = least
    if most == math.nextafter(1, 0):
        number["exclusiveMaximum"] = 1
    elif math.isfinite(most):
        number["maximum"] = most
    return number


def _value(least: float, most: float) -> Schema:
    """Return the schema of a value between two ends: one number, or a distribution."""
    inside = _number(least, most)
    forms: list[Schema] = [{**inside, "description": "one number, where you are sure of it"}]
    for kind in SHAPES:
        layout = LAYOUTS[kind]
        numbers = [{"type": "number"} if kind in WITHIN else inside for _ in layout]
        if kind == "quantiles":
            pair = _list([{"type": "number", "minimum": 0, "maximum": 1}, inside])
            body: Schema = {"type": "array", "items": pair, "minItems": 2}
        else:
            body = _list(numbers)
        told = f"{DISTRIBUTIONS[kind]}: [{', '.join(layout)}]"
        parts = {kind: body, "within": _list([inside, inside])}
        if kind not in WITHIN:
            del parts["within"]
        meanings = {kind: told, "within": "The least and the most that it may be: [low, high]."}
        optional = {"within"} if kind == "beta" else set()
        forms.append({**_object(meanings, parts, optional), "description": told})
    return {"anyOf": forms}


def _list(items: list[Schema]) -> Schema:
    return {"type": "array", "prefixItems": items, "items": False, "minItems": len(items)}


def _source() -> Schema:
    kinds = get_args(SourceKind)
    told = "; ".join(f"{kind}: {SOURCE_KINDS[kind]}" for kind in kinds)
    parts: dict[str, Schema] = {
        "kind": {"enum": list(kinds)},
        "refs": {"type": "array", "items": _TEXT},
        "why": _TEXT,
        "by": _TEXT,
        "date": {"type": "string", "format": "date", "pattern": r"^\d{4}-\d{2}-\d{2}$"},
    }
    rests = {"properties": {"kind": {"enum": ["claim", "base-rate", "published"]}}}
    return {
        **_object(
            {**KEYS["source"], "kind": f"What it rests on. {told}."}, parts, OPTIONAL["source"]
        ),
        "allOf": [
            {"if": rests, "then": {"required": ["refs"], "properties": {"refs": {"minItems": 1}}}},
            {
                "if": {"not": {"properties": {"kind": {"const": "judgement"}}}},
                "then": {"properties": {"by": False, "date": False}},
            },
        ],
    }


def _level() -> Schema:
    parts: dict[str, Schema] = {
        "title": _TEXT,
        "effects": _effects(),
        "requires": {"type": "array", "items": _ref("tie")},
        "excludes": {"type": "array", "items": _ref("tie")},
        "condition": _TEXT,
        "expires_years": {"type": "number", "exclusiveMinimum": 0},
        "source": _ref("source"),
    }
    return _object(KEYS["level"], parts, OPTIONAL["level"])


def _effects() -> Schema:
    sizes: dict[str, Schema] = {
        "share": _number(-1, 1),
        "crisis": _number(-10, 10),
        "delay": {"type": "integer", "minimum": 0},
    }
    number: Schema = {"type": "number"}
    parts = {name: sizes.get(name, number) for name in SCALAR_EFFECTS}
    parts |= {name: _named(number, "For this guarantor.") for name in GUARANTOR_EFFECTS}
    meanings = {name: f"{_sentence(what)} Unit: {unit}." for name, (what, unit) in EFFECTS.items()}
    return _object(meanings, parts, set(parts))


def _provision() -> Schema:
    standing: Schema = {"type": "object", "additionalProperties": _ref("source")}
    parts: dict[str, Schema] = {
        "title": _TEXT,
        "borne_by": _names(),
        "levels": {**_named(_ref("level"), KEYS["level"][""]), "minProperties": 1},
        "present": {**standing, "maxProperties": 1},
        "excluded": standing,
    }
    return _object(KEYS["provision"], parts, OPTIONAL["provision"])


def _red_line() -> Schema:
    parts: dict[str, Schema] = {
        "party": _NAME,
        "provision": _NAME,
        "levels": _some(),
        "active": {"type": "boolean", "default": True},
        "why": _TEXT,
        "source": _ref("source"),
    }
    return {
        **_object(KEYS["red_line"], parts, OPTIONAL["red_line"]),
        "if": {"properties": {"active": {"const": False}}, "required": ["active"]},
        "then": {"required": ["why"]},
        "else": {"properties": {"why": False}},
    }


def _criteria() -> Schema:
    usual = dataclasses.asdict(Criteria())
    parts = {name: {**_number(0, 1), "default": usual[name]} for name in usual}
    meanings = {name: f"A deal is good where {CRITERIA[name]}." for name in usual}
    return _object(meanings, parts, set(usual))


def _sentence(words: str) -> str:
    return f"{words[0].upper()}{words[1:]}."
