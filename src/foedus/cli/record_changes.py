"""``foedus record accept|correct|reject|merge|split|undo|changes``: what people do to a record."""

import json
from typing import Annotated

import typer

from foedus import record
from foedus.cli.record_options import By, Json, RecordOption, Why, signed
from foedus.cli.record_shown import changes_told, plain, say_change

IDS = "Ids, or as much of each as tells it from others: m- mentions, e- events, reports, ..."


def accept(
    ids: Annotated[list[str], typer.Argument(help=IDS)],
    where: RecordOption,
    by: By = None,
    why: Why = None,
) -> None:
    """Say that what was read is right. Takes a rejection back, too.

    Example:

      foedus record accept m-3fa9c1 --record war.db --by "Ida Stern"
    """
    with record.open_store(where, make=False) as store:
        say_change(store.accept(ids, signed(by, why)))


def correct(
    id_: Annotated[str, typer.Argument(metavar="ID", help="What to correct; an entry: all of it.")],
    field: Annotated[
        str, typer.Argument(help="The field, or a number of an event such as drone/launched.")
    ],
    value: Annotated[str, typer.Argument(help="What it is to say; none for nothing.")],
    where: RecordOption,
    by: By = None,
    why: Why = None,
) -> None:
    """Say what a field should say. What the machine read stays beside it.

    Examples
    --------
      foedus record correct m-3fa9c1 status claimed --record war.db --why "only one side says so"

      foedus record correct m-3fa9c1 drone/launched "at-least 40" --record war.db

      foedus record correct 0c41b7 published 2031-05-02 --record war.db

      foedus record correct "Olle Brandt" role "envoy 2031-01-01/2031-06-30" --record war.db
    """
    with record.open_store(where, make=False) as store:
        say_change(store.correct(id_, field, value, signed(by, why)))


def reject(
    ids: Annotated[list[str], typer.Argument(help=IDS)],
    where: RecordOption,
    by: By = None,
    why: Why = None,
) -> None:
    """Say that mentions, entries or whole reports are wrong: they leave every answer, not the file.

    Example:

      foedus record reject m-3fa9c1 --record war.db --why "a quote from a novel"
    """
    with record.open_store(where, make=False) as store:
        say_change(store.reject(ids, signed(by, why)))


def merge(
    ids: Annotated[
        list[str], typer.Argument(help="Two or more events, actors or outlets; ids or names.")
    ],
    where: RecordOption,
    by: By = None,
    why: Why = None,
) -> None:
    """Say that these events are one event, these actors one actor, these outlets one source.

    Examples
    --------
      foedus record merge e-3fa9c1 e-77ab02 --record war.db

      foedus record merge "Olle Brandt" "O. Brandt" --record war.db

      foedus record merge "Velm Wire" "Osk Daily" --record war.db --why "prints the wire unchanged"
    """
    with record.open_store(where, make=False) as store:
        say_change(store.merge(ids, signed(by, why)))


def split(
    ids: Annotated[
        list[str], typer.Argument(help="Mentions of an event, or names of an actor, to take out.")
    ],
    where: RecordOption,
    by: By = None,
    why: Why = None,
) -> None:
    """Say that mentions, or a name, do not belong to what they were joined with.

    Example:

      foedus record split m-3fa9c1 --record war.db --why "the raid of the night before"
    """
    with record.open_store(where, make=False) as store:
        say_change(store.split(ids, signed(by, why)))


def undo(
    number: Annotated[int, typer.Argument(help="Number of the change; `changes` lists them.")],
    where: RecordOption,
    by: By = None,
    why: Why = None,
) -> None:
    """Take a change back. Undo the undo to have it again.

    Example:

      foedus record undo 12 --record war.db
    """
    with record.open_store(where, make=False) as store:
        say_change(store.undo(number, signed(by, why)))


def changes(where: RecordOption, as_json: Json = False) -> None:
    """List all that people changed or took back, and what no longer finds its place.

    Example:

      foedus record changes --record war.db
    """
    with record.open_store(where, make=False) as store:
        made, orphans = store.changes(), store.orphans()
    if as_json:
        told = {"changes": plain(made), "orphans": plain(orphans)}
        typer.echo(json.dumps(told, ensure_ascii=False, indent=2))
    else:
        changes_told(made, orphans)
