"""Options that commands of ``foedus record`` share."""

import datetime as dt
import getpass
from typing import Annotated

import typer

from foedus.record import Signature

RecordOption = Annotated[
    str,
    typer.Option(
        "--record",
        envvar="FOEDUS_RECORD",
        help="The record: a file, or a database address such as postgresql+psycopg://host/name.",
    ),
]
AsOf = Annotated[
    dt.datetime | None,
    typer.Option("--as-of", formats=["%Y-%m-%d"], help="What was known at the end of this day."),
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON in place of a table.")]
Actor = Annotated[str | None, typer.Option(help="Who acts, speaks, or is acted on; any name.")]
About = Annotated[str | None, typer.Option(help="An issue or a provision.")]
EventTypeOption = Annotated[str | None, typer.Option("--type", help="Events of this type.")]
Place = Annotated[str | None, typer.Option(help="Events at this place, or in this country (code).")]
Since = Annotated[dt.datetime | None, typer.Option(formats=["%Y-%m-%d"], help="From this day on.")]
Until = Annotated[
    dt.datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Until the end of this day.")
]
By = Annotated[
    str | None, typer.Option("--by", help="Who makes the change. Default: the name you log in by.")
]
Why = Annotated[str | None, typer.Option(help="The reason, kept with the change.")]


OfEach = Annotated[
    int | None,
    typer.Option(
        "--limit", min=1, help="Show so many steps of each, the newest. Default: 20; JSON: all."
    ),
]


def day(given: dt.datetime | None) -> dt.date | None:
    """Return the day that an option gives."""
    return None if given is None else given.date()


def login() -> str:
    """Return the name by which the user is logged in."""
    return getpass.getuser()


def signed(by: str | None, why: str | None) -> Signature:
    """Return who makes a change now, and why."""
    return Signature(by=by or login(), at=dt.datetime.now(dt.UTC), why=why)
