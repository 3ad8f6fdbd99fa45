"""``foedus case``: what the game is played with, shown, checked and changed."""

import typer

app = typer.Typer(
    name="case",
    help="Make a case, look at it, check it and change it.",
    no_args_is_help=True,
    rich_markup_mode="rich",
)
