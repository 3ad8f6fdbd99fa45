"""A Brief as terminal text, one self-contained HTML page, or JSON."""

from foedus.show.plain import as_json
from foedus.show.terminal import terminal

__all__ = ["as_json", "terminal"]
