"""The words of the register and of its literature, each explained once.

The codes are the anchors of the page of the glossary and never change. The words lie in two modules, by where their
meaning comes from; everybody imports them from here.
"""

from collections.abc import Mapping
from types import MappingProxyType

from .glossary_literature import LITERATURE_TERMS
from .glossary_register import REGISTER_TERMS
from .terms import GlossaryTerm

GLOSSARY: Mapping[str, GlossaryTerm] = MappingProxyType(
    {term.code: term for term in (*REGISTER_TERMS, *LITERATURE_TERMS)}
)


def glossary_term(code: str) -> GlossaryTerm:
    """Return the term with this code; KeyError names an unknown one."""
    if code not in GLOSSARY:
        raise KeyError(f"the glossary has no term {code!r}")
    return GLOSSARY[code]
