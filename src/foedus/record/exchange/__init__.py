"""Tables of datasets into a record, and a record out as tables, maps and documents."""

from foedus.record.exchange.exporting import export_record
from foedus.record.exchange.gazetteer import Gazetteer, Town, gazetteer, locate
from foedus.record.exchange.importing import import_file
from foedus.record.exchange.points import Point, point_of
from foedus.record.exchange.values import (
    EXPORT_FORMATS,
    IMPORT_FORMATS,
    ExportFormat,
    Imported,
    ImportFormat,
)

__all__ = [
    "EXPORT_FORMATS",
    "IMPORT_FORMATS",
    "ExportFormat",
    "Gazetteer",
    "ImportFormat",
    "Imported",
    "Point",
    "Town",
    "export_record",
    "gazetteer",
    "import_file",
    "locate",
    "point_of",
]
