"""A Brief as terminal text, one self-contained HTML page, or JSON."""

from foedus.show.page_of import html
from foedus.show.plain import as_json
from foedus.show.terminal import terminal

__all__ = ["as_json", "html", "terminal"]
