"""Each use of foedus as one function over the path; every door calls these, so none can differ.

A failed input never stops the others: it is returned beside what was made of them.
"""

from foedus.case import Redraft
from foedus.flow.briefing import brief
from foedus.flow.checking import check_prior
from foedus.flow.comparing import Side, compare, side
from foedus.flow.drafting import Drafted, Parts, draft_case
from foedus.flow.explaining import Explained, explain
from foedus.flow.pairs import PairSettings, export_efg, export_pair, solve_raw
from foedus.flow.reading import Kept, keep, load, read, record_path
from foedus.flow.settings import BriefSettings
from foedus.flow.standing import Look, One, answered, keep_one, look
from foedus.flow.sweeping import compile_game, load_case, sweep

__all__ = [
    "BriefSettings",
    "Drafted",
    "Explained",
    "Kept",
    "Look",
    "One",
    "PairSettings",
    "Parts",
    "Redraft",
    "Side",
    "answered",
    "brief",
    "check_prior",
    "compare",
    "compile_game",
    "draft_case",
    "explain",
    "export_efg",
    "export_pair",
    "keep",
    "keep_one",
    "load",
    "load_case",
    "look",
    "read",
    "record_path",
    "side",
    "solve_raw",
    "sweep",
]
