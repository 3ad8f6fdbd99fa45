"""A Brief as terminal text, one self-contained HTML page, or JSON."""
