"""``foedus sweep``: every deal of a case over many futures, into a file."""

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn

from foedus import flow, show
from foedus.search import SweepSettings
from foedus.search.values import Chosen

DEFAULT = SweepSettings()
WORDS: dict[str, Chosen] = {"all": "all", "narrow": "narrow"}
"""What --deals may say besides a number."""
SECONDS = 10
"""Between two lines of progress where there is no terminal to show a bar on."""
INTERRUPTED = 130
"""The exit status of what was broken off at the keyboard, as shells have it."""


def sweep(
    case: Annotated[Path, typer.Argument(help="Case to solve, a YAML file.")],
    out: Annotated[Path, typer.Option(help="Parquet file to write: one row a deal.")],
    deals: Annotated[
        str,
        typer.Option(
            help="all; narrow, to search for the best in place of solving all; or how many to draw"
            " by chance. Beyond ten million, all is narrow."
        ),
    ] = "all",
    futures: Annotated[
        int, typer.Option(min=2, help="Futures that each deal is solved in; a power of two.")
    ] = DEFAULT.futures,
    seed: Annotated[int, typer.Option(min=0, help="Of all that is drawn.")] = DEFAULT.seed,
    workers: Annotated[
        int | None,
        typer.Option(min=1, help="Processors to use. Default: all that this machine gives."),
    ] = None,
    on: Annotated[
        str | None,
        typer.Option(
            help="Solve on a Ray cluster: ray for one of its own on this machine, or the address of"
            " one, ray://HOST:PORT."
        ),
    ] = None,
    resume: Annotated[
        bool, typer.Option("--resume", help="Go on with a sweep that was broken off.")
    ] = False,
    best: Annotated[int, typer.Option(min=1, help="Deals to print.")] = 10,
) -> None:
    """Solve every deal of a case over many futures, and write how each fares to a Parquet file.

    However a sweep is broken off, what was solved is kept, and --resume goes on with it to the same
    file. The best deals are printed.

    Examples
    --------
      foedus sweep cases/ardal.yaml --out deals.parquet

      foedus sweep mine.yaml --futures 1024 --out deals.parquet --resume

      foedus sweep mine.yaml --deals 5000 --seed 7 --out sample.parquet

      foedus sweep mine.yaml --futures 4096 --on ray://head.example:10001 --out deals.parquet
    """
    settings = SweepSettings(
        futures=futures,
        keep=best,
        seed=seed,
        workers=workers or os.cpu_count() or 1,
        deals=_deals(deals),
    )
    chosen = flow.load_case(case)
    flow.compile_game(_say)
    try:
        with _progress_shown() as progress:
            found = flow.sweep(chosen, settings, out, resume=resume, on=on, progress=progress)
    except KeyboardInterrupt:
        sys.stderr.write(
            "foedus: broken off. What was solved is kept: the same command with --resume goes on.\n"
        )
        raise typer.Exit(INTERRUPTED) from None
    show.swept(found, Console())


def _deals(given: str) -> Chosen:
    """Return which deals are meant.

    Raises
    ------
    typer.BadParameter
        When it is neither a word that is known nor a number.
    """
    if given in WORDS:
        return WORDS[given]
    if given.isascii() and given.isdecimal():
        return int(given)
    raise typer.BadParameter("give all, narrow or a number", param_hint="--deals")


@dataclass(slots=True)
class Pace:
    """How fast pairs are solved since the first were told of, and how long the rest will take.

    What an earlier run had solved is there at once, and must not count as speed.
    """

    begun: float = 0.0
    before: int | None = None

    def words(self, done: int, of: int, now: float) -> str:
        """Say how far it has got, how fast, and what is left.

        Examples
        --------
        >>> pace = Pace()
        >>> pace.words(4_000_000, 20_000_000, now=60.0)
        '4,000,000 of 20,000,000 pairs'
        >>> pace.words(8_000_000, 20_000_000, now=61.0)
        '8,000,000 of 20,000,000 pairs, 4,000,000 a second, 3 s left'
        """
        told = f"{done:,} of {of:,} pairs"
        if self.before is None:
            self.begun, self.before = now, done
        if done <= self.before or now <= self.begun:
            return told
        speed = (done - self.before) / (now - self.begun)
        return f"{told}, {speed:,.0f} a second, {_span((of - done) / speed)} left"


def _span(seconds: float) -> str:
    """Write a span of time in its two largest units.

    Examples
    --------
    >>> [_span(s) for s in (0.2, 59.4, 61, 3599, 3600, 100_000)]
    ['0 s', '59 s', '1 min 1 s', '59 min 59 s', '1 h 0 min', '27 h 46 min']
    """
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60} min {whole % 60} s"
    return f"{whole // 3600} h {whole % 3600 // 60} min"


@contextmanager
def _progress_shown() -> Iterator[Callable[[int, int], None]]:
    """Yield a function that shows how far it has got: a bar in a terminal, else lines."""
    console, pace = Console(stderr=True), Pace()
    if not console.is_terminal:
        yield _lines(pace)
        return
    columns = (SpinnerColumn(), BarColumn(), TextColumn("{task.description}"))
    with Progress(*columns, console=console, transient=True) as bars:
        task = bars.add_task("beginning", total=None)

        def tell(done: int, of: int) -> None:
            words = pace.words(done, of, time.monotonic())
            bars.update(task, description=words, completed=done, total=of)

        yield tell


def _say(doing: str) -> None:
    """Say on a line of its own what is being done."""
    sys.stderr.write(f"foedus: {doing}\n")


def _lines(pace: Pace) -> Callable[[int, int], None]:
    """Return a function that writes a line now and then, and one at the end."""
    last = -float(SECONDS)

    def tell(done: int, of: int) -> None:
        nonlocal last
        now = time.monotonic()
        words = pace.words(done, of, now)
        if now - last >= SECONDS or done >= of:
            _say(words)
            last = now

    return tell
