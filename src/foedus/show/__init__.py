"""A Brief as terminal text, one self-contained HTML page, or JSON; a sweep and a panel too."""

from foedus.show.deal_table import deal_table, parquet
from foedus.show.markdown import markdown
from foedus.show.page_of import html
from foedus.show.plain import as_json
from foedus.show.terminal import terminal
from foedus.show.terminal_check import check_as_json, checked
from foedus.show.terminal_compare import compared
from foedus.show.terminal_sweep import swept

__all__ = [
    "as_json",
    "check_as_json",
    "checked",
    "compared",
    "deal_table",
    "html",
    "markdown",
    "parquet",
    "swept",
    "terminal",
]
