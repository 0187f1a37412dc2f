"""What a codebook's own rule makes of the answers of an assessment.

The result is stored when an assessment is signed and stays as it is when the codebook changes. Here it is worked out
anew: for records that come from elsewhere, for ``check_data``, and for the page that compares codebooks.
"""

from typing import Any

from partnerships.models import Assessment
from taxonomy import codebook
from taxonomy.lenses import LENSES


def result_of(assessment: Assessment, version: str = "") -> dict[str, Any]:
    """The result of a guided assessment under its own codebook, or under that of ``version``.

    Raises ``KeyError`` for a version that nobody knows and ``AnswersError`` for answers that the rule cannot read.
    """
    return codebook.CODEBOOKS[version or assessment.codebook].derive(assessment.answers).as_dict()


def outcome_of(result: dict[str, Any]) -> dict[str, Any]:
    """What a result says of the place in each lens, without what it hinges on; of the stored and of any other alike."""
    return {lens: {name: value for name, value in result.get(lens, {}).items() if name != "hinges"} for lens in LENSES}


def unanswered(assessment: Assessment) -> tuple[str, ...]:
    """The deciding tasks of its codebook without any answer; "unknown" and "na" are answers. Raises ``KeyError``."""
    tasks = codebook.CODEBOOKS[assessment.codebook].tasks
    return tuple(task.code for task in tasks if task.decides and not assessment.answers.get(task.code))
