"""The register for programs: read-only JSON under /api/v1/, open to everybody (design.md, section 6).

The answers are made of the same querysets, filters and presenters as the pages, so that they cannot disagree with them.
"""
