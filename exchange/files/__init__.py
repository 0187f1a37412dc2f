"""Reading files that people bring in: CSV and XLSX tables, and the complete record as JSON.

Data flows one way: a file is told by its content (``sniffing``), read row by row (``csv_rows``; ``archive``,
``workbook`` and ``xlsx_rows``), its header is matched with our columns (``header``), and its cells become the text of
the record (``cells``). Nothing here knows what a value means, and nothing raises anything but ``FileError``.
"""

from exchange.files.documents import open_document
from exchange.files.shapes import (
    MAX_BYTES,
    MAX_CELL,
    MAX_COLUMNS,
    MAX_ENTRIES,
    MAX_UNPACKED,
    FileError,
    Row,
    Table,
)
from exchange.files.sniffing import form_of
from exchange.files.tables import open_table

__all__ = [
    "MAX_BYTES",
    "MAX_CELL",
    "MAX_COLUMNS",
    "MAX_ENTRIES",
    "MAX_UNPACKED",
    "FileError",
    "Row",
    "Table",
    "form_of",
    "open_document",
    "open_table",
]
