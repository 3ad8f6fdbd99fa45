"""What a Report says -> Mentions: events, claims, positions, provisions, unknowns.

The language pipeline lives here alone. Nothing in this folder touches a database.
"""

from foedus.reading.pipeline import Pipeline, load_pipeline
from foedus.reading.pool import StandingReader, read_all
from foedus.reading.reader import READER_VERSION, as_json, read

__all__ = [
    "READER_VERSION",
    "Pipeline",
    "StandingReader",
    "as_json",
    "load_pipeline",
    "read",
    "read_all",
]
