"""A sweep becomes an answer: nothing is solved again, nothing is laid out for reading."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus import __version__
from foedus.answer.beside import beside
from foedus.answer.compared import Asked
from foedus.answer.deals import deal_views
from foedus.answer.hinges import hinges
from foedus.answer.outlook import outlook
from foedus.answer.picks import picks
from foedus.answer.redlines import collisions
from foedus.answer.table import table
from foedus.answer.told import deal_name, told
from foedus.answer.values import Answer

if TYPE_CHECKING:
    from foedus.search.values import Sweep


def answer(sweep: Sweep, asked: Asked | None = None) -> Answer:
    """Say which deals hold, for whom, how sure, and what it hinges on.

    Parameters
    ----------
    sweep
        What was solved.
    asked
        What is to be said beyond what every answer says.

    Raises
    ------
    SearchError
        An outcome is not a finite number in a future that counts as solved.
    """
    deals = told(sweep)
    known = table(deals)
    views = deal_views(deals, known.names)
    case = sweep.case
    chosen = picks(deals, views)
    bare = (0,) * len(case.provisions)
    return Answer(
        version=__version__,
        case=case,
        case_hash=sweep.case_hash,
        record_hash=case.record_hash,
        seed=sweep.futures.seed,
        futures=len(sweep.futures.values),
        possible=sweep.possible,
        screened=sweep.screened,
        deals=views,
        bare=next((index for index, view in enumerate(views) if view.deal == bare), None),
        unsolved=tuple(deal_name(case, deal) for deal in deals.unsolved),
        picks=chosen,
        outlook=outlook(deals, (pick.deal for pick in chosen)),
        hinges=hinges(deals),
        red_line_free=any(not view.crossed for view in views),
        collisions=collisions(case),
        **beside(deals, known, chosen, asked or Asked()),
    )
