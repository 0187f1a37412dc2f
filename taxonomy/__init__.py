"""The theory behind the register: axes, cells, models, lenses, questions and the rule.

Everything here is a frozen value or a pure function on the standard library, so the theory
can be read, tested and used (`python -m taxonomy`) without Django. The Django glue is
`apps.py` and `templatetags/` and nothing else.
"""
