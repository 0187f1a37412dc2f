"""The codes of the checklists, of their items and of the answers to them."""

from .checklists import CHECKLISTS as LISTS
from .terms import Term, Vocabulary
from .text import gettext_noop as _

CHECKLISTS = Vocabulary("CHECKLISTS", tuple(Term(c.code, c.name, c.help, c.citation) for c in LISTS.values()))

CHECKLIST_ITEMS = Vocabulary("CHECKLIST_ITEMS", tuple(item for c in LISTS.values() for item in c.items))

CHECKLIST_ANSWERS = Vocabulary(
    "CHECKLIST_ANSWERS",
    (
        Term("yes", _("Yes")),
        Term("no", _("No")),
        Term("not_known", _("Not known")),
    ),
)
