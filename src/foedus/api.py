"""foedus from Python: the same as the command line, with values that a notebook shows.

    import foedus

    case = foedus.load_case("cases/ardal.yaml")
    answer = foedus.answer(case, futures=4096, seed=1)
    answer                      # in a notebook: the answer in short, and its deals
    answer.deals[0].robustness  # every value of `foedus.answer.values.Answer`
    answer.save("answer.html")  # or .md, .json, .parquet

A case may be drawn from reports too:

    brief = foedus.brief(["report.html"], record="war.db")
"""

from __future__ import annotations

import html
import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from foedus.errors import Fault, FoedusError

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pyarrow as pa

    from foedus.answer.values import Answer, DealView, Hinge, Outlook, Pick
    from foedus.case.values import Case
    from foedus.record import Store
    from foedus.show.values import Brief

SUFFIXES = (".html", ".md", ".json", ".parquet")
DEALS_SHOWN = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Solved:
    """An answer, with what it was drawn from; shown in a notebook, saved as a file.

    Parameters
    ----------
    brief
        All that was found out; its ``record`` is empty where a case was given.
    answer
        The answer itself, every value of it.
    """

    brief: Brief
    answer: Answer

    @property
    def case(self) -> Case:
        """Return the case that was solved."""
        return self.answer.case

    @property
    def deals(self) -> tuple[DealView, ...]:
        """Return the deals, the most robust first."""
        return self.answer.deals

    @property
    def picks(self) -> tuple[Pick, ...]:
        """Return one deal for each measure, and whose measure it is."""
        return self.answer.picks

    @property
    def outlook(self) -> Outlook:
        """Return where the conflict is heading."""
        return self.answer.outlook

    @property
    def hinges(self) -> tuple[Hinge, ...]:
        """Return what the choice turns on."""
        return self.answer.hinges

    def table(self) -> pa.Table:
        """Return the deals as an Arrow table, one row a deal."""
        from foedus.show.deal_table import deal_table  # noqa: PLC0415 - slow to load

        return deal_table(self.answer)

    def save(self, file: str | Path) -> None:
        """Write the answer as a page, Markdown, JSON or Parquet, by the name's ending.

        Raises
        ------
        FoedusError
            When the ending is none of these.
        """
        from foedus import show  # noqa: PLC0415 - slow to load

        path = Path(file)
        if path.suffix == ".parquet":
            show.parquet(self.answer, path)
            return
        make = {
            ".html": lambda: show.html(self.brief),
            ".md": lambda: show.markdown(self.brief),
            ".json": lambda: json.dumps(show.as_json(self.brief), ensure_ascii=False, indent=2),
        }
        if path.suffix not in make:
            must = f"end in one of {', '.join(SUFFIXES)}"
            raise FoedusError(str(path), (Fault(at="name", found=path.name, must=must),))
        path.write_text(make[path.suffix](), "utf-8")

    def __str__(self) -> str:
        """Say the answer in five lines or fewer."""
        from foedus.show.findings import headline  # noqa: PLC0415 - slow to load

        return "\n".join((self.case.title, *headline(self.brief)))

    def _repr_html_(self) -> str:
        """Return what a notebook shows: the answer in short, and the first deals."""
        title, *lines = (html.escape(line) for line in str(self).split("\n"))
        head = ("deal", "good", "agreed", "holds", "war", "security")
        rows = "".join(
            "<tr>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in _cells(n, deal)) + "</tr>"
            for n, deal in enumerate(self.deals[:DEALS_SHOWN], 1)
        )
        return (
            f"<h3>{title}</h3><ol>{''.join(f'<li>{line}</li>' for line in lines)}</ol>"
            f"<table><thead><tr>{''.join(f'<th>{each}</th>' for each in head)}</tr></thead>"
            f"<tbody>{rows}</tbody></table>"
        )


def _cells(n: int, deal: DealView) -> tuple[str, ...]:
    from foedus.show.words import percent  # noqa: PLC0415 - slow to load

    figures = (deal.robustness, deal.agree.mean, deal.survive.mean, deal.direct_any.mean)
    return (f"{n}. {deal.name}", *map(percent, (*figures, deal.security.mean)))


def load_case(file: str | Path) -> Case:
    """Return the case in a file; raises `CaseError` with every fault."""
    from foedus.case import load_case as load  # noqa: PLC0415 - slow to load

    return load(Path(file))


def answer(
    case: Case, *, futures: int = 1024, seed: int = 1, keep: int = 32, workers: int | None = None
) -> Solved:
    """Solve a case: which deals hold, for whom, how sure, and what it hinges on.

    Parameters
    ----------
    case
        As `load_case` returns it.
    futures
        In how many futures each deal is solved; a power of two.
    seed
        Of all that is drawn; the same case, futures and seed give the same answer to the last bit.
    keep
        How many deals are told of.
    workers
        Threads; None for one a processor. The answer does not depend on it.

    Raises
    ------
    FoedusError
        When the case cannot be solved.
    """
    import os  # noqa: PLC0415 - here alone

    from foedus.case import to_yaml  # noqa: PLC0415 - slow to load
    from foedus.flow.answering import answer_case  # noqa: PLC0415 - as above
    from foedus.search import SweepSettings  # noqa: PLC0415 - as above
    from foedus.show.values import Brief  # noqa: PLC0415 - as above

    threads = workers or os.cpu_count() or 1
    settings = SweepSettings(futures=futures, seed=seed, keep=keep, workers=threads)
    solved = answer_case(case, settings)
    brief = Brief(
        record=_nothing(),
        record_path="",
        answer=solved,
        no_answer=None,
        failures=(),
        case_yaml=to_yaml(case),
    )
    return Solved(brief=brief, answer=solved)


def brief(reports: Sequence[str], **settings: Any) -> Brief:  # noqa: ANN401 - those of BriefSettings
    """Read reports, draw a case from them and solve it.

    Parameters
    ----------
    reports
        File names and addresses.
    settings
        As `foedus.flow.BriefSettings` takes them: ``record``, ``as_of``, ``sweep`` and so on.

    Raises
    ------
    FoedusError, ExceptionGroup
        As `foedus.flow.brief`.
    """
    from foedus import flow  # noqa: PLC0415 - slow to load

    return flow.brief(reports, flow.BriefSettings(**settings))


def open_record(where: str, *, make: bool = False) -> Store:
    """Open a record; `foedus.record` says what can be asked of it."""
    from foedus.record import open_store  # noqa: PLC0415 - slow to load

    return open_store(where, make=make)


def _nothing() -> Any:  # noqa: ANN401 - a record
    from foedus.record import Record  # noqa: PLC0415 - slow to load

    families = ("reports", "events", "claims", "positions", "provisions", "unknowns")
    return Record(as_of=None, hash="", **dict.fromkeys(families, ()))
