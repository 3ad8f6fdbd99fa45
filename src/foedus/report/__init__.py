"""A page, file or address as it came -> a Report: clean text, title, dates, language, hash."""

from foedus.report.cleaning import clean
from foedus.report.collecting import collect, unpack
from foedus.report.loading import load
from foedus.report.refusal import REASONS
from foedus.report.values import Raw, Report, Skipped

__all__ = ["REASONS", "Raw", "Report", "Skipped", "clean", "collect", "load", "unpack"]
