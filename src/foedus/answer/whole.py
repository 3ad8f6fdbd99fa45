"""A sweep becomes an answer: nothing is laid out for reading, and no game is played here.

Where whoever asks can `play` more games, the few deals told of are played in more futures, and in
futures made to say what is uncertain about them.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from foedus import __version__
from foedus.answer.beside import beside
from foedus.answer.compared import Asked
from foedus.answer.deals import deal_views
from foedus.answer.evidence import dropped
from foedus.answer.hinges import hinges, played_hinges
from foedus.answer.outlook import outlook
from foedus.answer.picks import picks
from foedus.answer.redlines import collisions
from foedus.answer.table import table
from foedus.answer.told import deal_name, told
from foedus.answer.uncertain import sample_of, uncertainty, widened
from foedus.answer.values import Answer

if TYPE_CHECKING:
    from foedus.answer.uncertainty_values import Play
    from foedus.record.values import Record
    from foedus.search.values import Sweep


def answer(
    sweep: Sweep,
    asked: Asked | None = None,
    *,
    play: Play | None = None,
    record: Record | None = None,
) -> Answer:
    """Say which deals hold, for whom, how sure, and what it hinges on.

    Parameters
    ----------
    sweep
        What was solved.
    asked
        What is to be said beyond what every answer says.
    play
        Plays more games on the deals kept: in more futures if the sweep had few, and to say what
        is uncertain about them. None to tell what the sweep alone tells.
    record
        What the case was drawn from; with it, and ``play``, the answer says what it would be
        without each report.

    Raises
    ------
    SearchError
        An outcome is not a finite number in a future that counts as solved.
    """
    deals = told(sweep if play is None else widened(sweep, play))
    known = table(deals)
    views = deal_views(deals, known.names)
    case = sweep.case
    chosen = picks(deals, views)
    ahead = outlook(deals, (pick.deal for pick in chosen))
    doubts, turns = None, hinges(deals) if play is None else ()
    if play is not None and (sample := sample_of(deals)) is not None:
        also = () if ahead.likely is None else (ahead.likely,)
        doubts, turns = uncertainty(sample, play, also), played_hinges(sample, play)
        if record is not None:
            without, untried = dropped(sample, record, play)
            doubts = replace(doubts, dropped=without, untried=untried)
    bare = (0,) * len(case.provisions)
    return Answer(
        version=__version__,
        case=case,
        case_hash=sweep.case_hash,
        record_hash=case.record_hash,
        seed=sweep.futures.seed,
        futures=len(deals.sweep.futures.values),
        possible=sweep.possible,
        screened=sweep.screened,
        deals=views,
        bare=next((index for index, view in enumerate(views) if view.deal == bare), None),
        unsolved=tuple(deal_name(case, deal) for deal in deals.unsolved),
        picks=chosen,
        outlook=ahead,
        hinges=turns,
        red_line_free=any(not view.crossed for view in views),
        collisions=collisions(case),
        uncertainty=doubts,
        **beside(deals, known, chosen, asked or Asked()),
    )
