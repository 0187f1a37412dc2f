"""Citations as files of reference managers: BibTeX, RIS and CSL-JSON.

All three call what is cited a data set and name the register as author and publisher, as one body: no program may split
its name into a first and a last one.
"""

from __future__ import annotations

import json
import re
from datetime import date
from typing import Any

import bibtexparser
import rispy
from bibtexparser.library import Library
from bibtexparser.model import Entry, Field

from partnerships.presenters.citation import Citation

# ---- BibTeX --------------------------------------------------------------------------------------------------------

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
# BibTeX counts braces even behind a backslash, so each brings its counterpart along where nobody sees it.
LATEX = {
    "\\": r"\textbackslash{}",
    "{": r"\{\vphantom{\}}",
    "}": r"\vphantom{\{}\}",
    "%": r"\%",
    "&": r"\&",
    "#": r"\#",
    "$": r"\$",
    "_": r"\_",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}
# Two of these in a row become one other sign in LaTeX, as -- becomes a dash.
LIGATURES = re.compile(r"(?<=-)(?=-)|(?<=')(?=')|(?<=`)(?=`)|(?<=[?!])(?=`)|(?<=,)(?=,)|(?<=<)(?=<)|(?<=>)(?=>)")


def bibtex(citation: Citation) -> str:
    """An entry of BibTeX, in UTF-8: letters stay as they are, signs that LaTeX reads as orders are escaped.

    It is a ``@misc``, the only kind for data that every style of BibTeX knows.
    """
    fields = {
        "author": f"{{{' and '.join(f'{{{latex(name)}}}' for name in citation.authors)}}}",
        "title": f"{{{{{latex(citation.title)}}}}}",
        "year": f"{{{citation.year}}}",
        "month": MONTHS[citation.issued.month - 1],
        "publisher": f"{{{latex(citation.publisher)}}}",
        "version": f"{{{latex(citation.version)}}}",
        # An address is taken as it stands: its odd signs are percent-encoded, and % is no comment there.
        "url": f"{{{citation.url}}}",
        "urldate": f"{{{citation.accessed.isoformat()}}}",
        "doi": f"{{{citation.doi}}}" if citation.doi else "",
        "language": f"{{{citation.language}}}",
        "note": f"{{{latex(citation.licence)}}}",
        "abstract": f"{{{latex(citation.abstract)}}}" if citation.abstract else "",
    }
    entry = Entry("misc", citation.key, [Field(name, value) for name, value in fields.items() if value])
    # No middleware: values are enclosed already, since the name of a month must not be.
    return bibtexparser.write_string(Library([entry]), unparse_stack=[])


def latex(text: str) -> str:
    """Text as LaTeX prints it sign by sign, with an empty group between those that would melt into one."""
    return "{}".join("".join(LATEX.get(sign, sign) for sign in piece) for piece in LIGATURES.split(text))


# ---- RIS -----------------------------------------------------------------------------------------------------------


class _Writer(rispy.RisWriter):
    """RIS without the number that rispy writes above each reference, which is no part of the format."""

    def set_header(self, count: int) -> str:
        """Nothing stands above a reference."""
        return ""


def ris(citation: Citation) -> str:
    """A reference in RIS. A name without a comma is that of a body."""
    reference = {
        "type_of_reference": "DATA",
        "id": citation.key,
        "authors": list(citation.authors),
        "title": citation.title,
        "year": str(citation.year),
        "date": _slashed(citation.issued),
        "publisher": citation.publisher,
        "edition": citation.version,
        "urls": [citation.url],
        "access_date": _slashed(citation.accessed),
        "doi": citation.doi,
        "language": citation.language,
        "notes": [citation.licence],
        "abstract": citation.abstract,
    }
    return rispy.dumps([{name: value for name, value in reference.items() if value}], implementation=_Writer)


def _slashed(moment: date) -> str:
    """A date as RIS writes it: year, month, day."""
    return f"{moment:%Y/%m/%d}"


# ---- CSL-JSON ------------------------------------------------------------------------------------------------------


def csl(citation: Citation) -> str:
    """A list of one item in CSL-JSON, as citation processors and reference managers read it."""
    item: dict[str, Any] = {
        "id": citation.key,
        "type": "dataset",
        "title": citation.title,
        "author": [{"literal": name} for name in citation.authors],
        "issued": _parts(citation.issued),
        "accessed": _parts(citation.accessed),
        "URL": citation.url,
        "DOI": citation.doi,
        "publisher": citation.publisher,
        "version": citation.version,
        "abstract": citation.abstract,
        "language": citation.language,
        "note": citation.licence,
    }
    return json.dumps([{name: value for name, value in item.items() if value}], ensure_ascii=False, indent=1) + "\n"


def _parts(moment: date) -> dict[str, list[list[int]]]:
    return {"date-parts": [[moment.year, moment.month, moment.day]]}
