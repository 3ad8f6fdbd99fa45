"""Events of a report: who did what to whom, when and where, and with what numbers.

Each line is searched by families, one module each: acts that a table of verbs tells (`patterns`),
violence (`violence`), talks and visits (`talks`). An act found is an `Act`; whether it happened is
asked of `foedus.reading.moods`, its days of `when`, its place of `where`. Tellings of one act are
joined (`joining`), and the report's numbers are hung on the act they belong to (`hanging`).
"""

from foedus.reading.events.finding import find_events

__all__ = ["find_events"]
