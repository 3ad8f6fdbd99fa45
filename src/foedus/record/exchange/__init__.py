"""Tables of datasets into a record, and a record out as tables, maps and documents."""

from foedus.record.exchange.importing import import_file
from foedus.record.exchange.values import EXPORT_FORMATS, IMPORT_FORMATS, Imported

__all__ = ["EXPORT_FORMATS", "IMPORT_FORMATS", "Imported", "import_file"]
