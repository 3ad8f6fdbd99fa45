"""A Brief as terminal text, one self-contained HTML page, or JSON; a sweep and a panel too."""

from foedus.show.page_of import html
from foedus.show.plain import as_json
from foedus.show.terminal import terminal
from foedus.show.terminal_check import check_as_json, checked
from foedus.show.terminal_compare import compared
from foedus.show.terminal_sweep import swept

__all__ = ["as_json", "check_as_json", "checked", "compared", "html", "swept", "terminal"]
