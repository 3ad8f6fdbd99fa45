"""``foedus serve``: the same job in a browser."""

from collections.abc import Sequence
from typing import Annotated

import typer

from foedus.errors import Fault, FoedusError

LOOPBACK = ("127.0.0.1", "::1", "localhost")


def serve(
    record: Annotated[
        str, typer.Option(help="File or database URL of the record; made if there is none.")
    ] = "foedus.db",
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port to listen on.")] = 8000,
    team: Annotated[
        bool, typer.Option("--team", help="People sign in; needed to listen beyond this machine.")
    ] = False,
    name: Annotated[
        list[str] | None,
        typer.Option(help="A name by which browsers reach the server; may be given several times."),
    ] = None,
    https: Annotated[
        bool, typer.Option("--https", help="It is reached by https: cookies go by https alone.")
    ] = False,
    workers: Annotated[int, typer.Option(min=1, max=64, help="Processes that serve.")] = 1,
    make_admin: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="Make an account that may do everything, and stop."),
    ] = None,
) -> None:
    """Serve the web app: the inbox, the record, the guarantee studio, and answers.

    By itself it is for one person: nobody signs in, and only this machine reaches it. With --team,
    people sign in to accounts; make the first by --make-admin, which asks for its password.

    Examples
    --------
      foedus serve --record war.db

      foedus serve --record postgresql+psycopg://foedus@db.example/war --make-admin "Ida Stern"

      foedus serve --record postgresql+psycopg://foedus@db.example/war --team --host 0.0.0.0
      --name foedus.example --https --workers 4
    """
    from foedus.web.serving import Serving, make_admin_account, run  # noqa: PLC0415 - slow to load

    if make_admin is not None:
        prompt = f"Password for {make_admin}, 12 characters or more"
        password = typer.prompt(prompt, hide_input=True, confirmation_prompt=True)
        make_admin_account(record, make_admin, password)
        typer.echo(f"{make_admin} may sign in and do everything.")
        return
    if not team and host not in LOOPBACK:
        fault = Fault(
            at="host",
            found=host,
            must=f"be one of {', '.join(LOOPBACK)} where nobody signs in",
            do="Add --team, so that people sign in.",
        )
        raise FoedusError("foedus serve", (fault,))
    run(
        Serving(
            record=record,
            host=host,
            port=port,
            team=team,
            hosts=_hosts(host, name or ()),
            secure=https,
            workers=workers,
        )
    )


def _hosts(host: str, names: Sequence[str]) -> tuple[str, ...]:
    """Return the names that browsers may reach the server by."""
    everywhere = host in {"0.0.0.0", "::"}  # noqa: S104 - no name that a browser would ask for
    return tuple(dict.fromkeys((*LOOPBACK, *names, *([] if everywhere else [host]))))
