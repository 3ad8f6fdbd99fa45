"""Mentions from many reports in one file: sourced, merged without loss, asked as of any day."""

from foedus.record.store import Store, open_store
from foedus.record.values import Record

__all__ = ["Record", "Store", "open_store"]
