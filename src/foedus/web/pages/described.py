"""The API as a page, made from its own description: no script, nothing from elsewhere."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from foedus.web.shown import page
from foedus.web.visitors import Reader

router = APIRouter(include_in_schema=False)


@router.get("/api/v1/docs")
def described(request: Request, _: Reader) -> HTMLResponse:
    """Show every operation: what it is for, what it takes."""
    told: dict[str, Any] = request.app.openapi()
    groups: dict[str, list[dict[str, Any]]] = {}
    for path, methods in told["paths"].items():
        for method, operation in methods.items():
            groups.setdefault(operation["tags"][0], []).append(
                {
                    "method": method.upper(),
                    "path": path,
                    "does": operation.get("description") or operation["summary"],
                    "takes": [parameter["name"] for parameter in operation.get("parameters", [])],
                    "body": _fields(told, operation),
                }
            )
    return page(request, "described.html.j2", groups=groups)


def _fields(told: dict[str, Any], operation: dict[str, Any]) -> list[str]:
    """Return the fields of an operation's body; none when it takes none."""
    content = operation.get("requestBody", {}).get("content", {})
    media: dict[str, Any] = next(iter(content.values()), {})
    schema: dict[str, Any] = media.get("schema", {})
    name = schema.get("$ref", "").rpartition("/")[2]
    schema = told["components"]["schemas"].get(name, schema)
    needed = set(schema.get("required", ()))
    return [
        f"{field}{'' if field in needed else ' (may be left out)'}"
        for field in schema.get("properties", ())
    ]
