"""How partnerships are written down: the flat record (CSV, XLSX) and the complete one (JSON).

``columns`` is the one table of the flat record's columns, ``values`` and ``notation`` say how a cell is written and
read back, ``shape`` which fields the complete record has. ``flat``, ``xlsx`` and ``complete`` write files; ``complete``
reads its own, ``exchange.files`` and ``exchange.merging`` read tables.
"""
