"""The media types of a release's files, by the ending of their names."""

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "sqlite": "application/vnd.sqlite3",
    "md": "text/markdown; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
    "cff": "application/yaml; charset=utf-8",
}
