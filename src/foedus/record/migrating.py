"""Bring a database to a revision of the schema, forwards or back.

Loaded only when there is something to do: alembic costs more to import than a record to open.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from alembic.config import Config
from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext, MigrationStep
from alembic.script import ScriptDirectory

from foedus.record.schema import VERSION_TABLE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import Connection


def revisions() -> tuple[str, ...]:
    """Return every revision that this version knows, oldest first."""
    return tuple(reversed([script.revision for script in _scripts().walk_revisions()]))


def upgrade(connection: Connection) -> None:
    """Run every migration that is missing, within the connection's own transaction."""
    scripts = _scripts()

    def steps(heads: tuple[str, ...], _: MigrationContext) -> Iterable[MigrationStep]:
        missing = list(scripts.iterate_revisions("head", heads[0] if heads else "base"))
        return [
            MigrationStep.upgrade_from_script(scripts.revision_map, script)
            for script in reversed(missing)
        ]

    _run(connection, steps)


def downgrade(connection: Connection, to: str) -> None:
    """Take migrations back, newest first, until revision ``to`` ("base": until none is left)."""
    scripts = _scripts()

    def steps(heads: tuple[str, ...], _: MigrationContext) -> Iterable[MigrationStep]:
        return [
            MigrationStep.downgrade_from_script(scripts.revision_map, script)
            for script in scripts.iterate_revisions(heads[0] if heads else "base", to)
        ]

    _run(connection, steps)


def _scripts() -> ScriptDirectory:
    config = Config()
    # A per cent sign in the path would be read as the start of an interpolation.
    folder = str(Path(__file__).parent / "migrations").replace("%", "%%")
    config.set_main_option("script_location", folder)
    return ScriptDirectory.from_config(config)


def _run(connection: Connection, steps: object) -> None:
    options = {"fn": steps, "version_table": VERSION_TABLE}
    context = MigrationContext.configure(connection, opts=options)
    with Operations.context(context):
        context.run_migrations()
