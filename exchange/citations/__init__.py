"""Citations of a case, a selection and a release, as a sentence and for reference managers.

What is cited and the sentence are made by ``partnerships.presenters.citation``, which pages and pictures use too; here
are the files: BibTeX, RIS and CSL-JSON.
"""

from exchange.citations.formats import bibtex, csl, ris
from exchange.citations.releases import of_release, of_released_case
from partnerships.presenters.citation import Citation, of_case, of_selection, sentence

__all__ = [
    "Citation",
    "bibtex",
    "csl",
    "of_case",
    "of_release",
    "of_released_case",
    "of_selection",
    "ris",
    "sentence",
]
