"""A Brief as terminal text, one self-contained HTML page, or JSON; a sweep as terminal text."""

from foedus.show.page_of import html
from foedus.show.plain import as_json
from foedus.show.terminal import terminal
from foedus.show.terminal_sweep import swept

__all__ = ["as_json", "html", "swept", "terminal"]
