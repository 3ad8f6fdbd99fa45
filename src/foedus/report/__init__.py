"""A page, file or address as it came -> a Report: clean text, title, dates, language, hash."""

from foedus.report.loading import load
from foedus.report.values import Report

__all__ = ["Report", "load"]
