"""The register’s tables. Data flows one way: claim (statement, assessment) → adopted position of a phase → index."""

from partnerships.models.case_study import CaseImage, CaseStudy, Lesson
from partnerships.models.checklist import ChecklistItem
from partnerships.models.claims import Assessment, Statement
from partnerships.models.duplicate import DuplicateVerdict
from partnerships.models.index import Facet
from partnerships.models.invitation import Invitation
from partnerships.models.partnership import Partner, Partnership
from partnerships.models.phase import Phase
from partnerships.models.revision import Revision
from partnerships.models.sources import Evidence, Source

__all__ = [
    "Assessment",
    "CaseImage",
    "CaseStudy",
    "ChecklistItem",
    "DuplicateVerdict",
    "Evidence",
    "Facet",
    "Invitation",
    "Lesson",
    "Partner",
    "Partnership",
    "Phase",
    "Revision",
    "Source",
    "Statement",
]
