"""What is done with a case file: made, shown, checked, compared, changed."""

from __future__ import annotations

from foedus.case.schema import json_schema


def case_schema() -> dict[str, object]:
    """Return the JSON Schema of case files."""
    return json_schema()
