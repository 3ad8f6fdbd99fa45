"""What the API says of itself is so: drawn requests get the answers that its description allows."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.core.failures import FailureGroup
from schemathesis.specs.openapi.checks import positive_data_acceptance

from foedus.web import guard
from foedus.web.app import make_app
from foedus.web.settings import WebSettings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from schemathesis import BaseSchema, Case

DRAWN = 12
"""Requests drawn for each operation."""


@pytest.fixture(scope="module")
def described(read: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[BaseSchema]:
    """The API by its description; no jobs run behind it, and nobody has to wait."""
    where = shutil.copy(read, tmp_path_factory.mktemp("schema") / "war.db")
    with pytest.MonkeyPatch.context() as patch:
        for limit in ("CHANGES_A_MINUTE", "REQUESTS_A_MINUTE"):
            patch.setattr(guard, limit, 1_000_000)
        app = make_app(WebSettings(record=str(where), hosts=("testserver", "127.0.0.1")))
        yield schemathesis.openapi.from_asgi("/api/v1/openapi.json", app)
        app.state.place.desk.__exit__()
        app.state.place.store.__exit__()


def test_every_operation_keeps_to_its_description(described: BaseSchema) -> None:
    broken: list[str] = []
    operations = [found.ok() for found in described.get_all_operations()]
    for operation in operations:

        @given(case=operation.as_strategy())
        @settings(
            max_examples=DRAWN,
            suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow],
        )
        def keeps(case: Case) -> None:
            # What a question may ask goes beyond what a description can say: a vocabulary of the
            # record, days in order, a case that exists.
            case.call_and_validate(excluded_checks=[positive_data_acceptance])

        try:
            keeps()
        except FailureGroup as error:
            broken.append(f"{operation.label}: {error.exceptions[0]}")
    assert broken == []
    assert len(operations) > 35
