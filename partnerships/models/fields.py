"""Field types of the register: codes of a vocabulary, lists of codes, and sets of possible cells."""

from collections.abc import Iterable
from functools import cache
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext as translate
from django.utils.translation import gettext_lazy as _
from django_countries import countries

from taxonomy import service_areas, vocabulary
from taxonomy.derivation import NOBODY, OUTSIDE
from taxonomy.lenses import LENSES, PROFESSIONAL, SECTOR
from taxonomy.questions import PARTY_KINDS

Member = int | str

# A set of cells is stored as bits, so that both databases can count, filter and check sets without a second table:
# bit 0 is cell 1, bit 8 is cell 9, then "outside the matrix" and "nobody named".
MEMBERS: tuple[Member, ...] = (1, 2, 3, 4, 5, 6, 7, 8, 9, OUTSIDE, NOBODY)
ALL_CELLS = frozenset(range(1, 10))
# As a form writes them.
BY_NAME: dict[str, Member] = {str(member): member for member in MEMBERS}
CELL_BITS = 0b111111111
ALL_BITS = 0b11111111111


def bits_of(members: Iterable[Member]) -> int:
    """Turn a set of cells into its bits. Raises ``ValueError`` for anything that is no member."""
    return sum(1 << MEMBERS.index(member) for member in set(members))


def members_of(bits: int) -> frozenset[Member]:
    """Turn bits back into the set of cells."""
    return frozenset(member for place, member in enumerate(MEMBERS) if bits >> place & 1)


class CellSetField(models.PositiveSmallIntegerField):
    """A set of cells: members 1 to 9, ``outside``, ``nobody``. Python sees a ``frozenset``."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Empty unless said otherwise."""
        kwargs.setdefault("default", frozenset)
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)

    def from_db_value(self, value: int | None, expression: Any, connection: Any) -> frozenset[Member] | None:
        """Bits from the database become a set."""
        return None if value is None else members_of(value)

    def to_python(self, value: Any) -> frozenset[Member] | None:
        """Accept bits or any collection of members."""
        if value is None or isinstance(value, frozenset):
            return value
        if isinstance(value, int):
            return members_of(value)
        if isinstance(value, str) and value.isdecimal():  # as serialised by value_to_string
            return members_of(int(value))
        try:
            return members_of(bits_of(value))
        except (TypeError, ValueError) as error:
            raise ValidationError(_("A set of cells has the members 1 to 9, outside and nobody.")) from error

    def get_prep_value(self, value: Any) -> int | None:
        """A set becomes bits; bits pass, so that queries may compare them."""
        if value is None or isinstance(value, int) or hasattr(value, "resolve_expression"):
            return value
        return bits_of(value)

    def value_to_string(self, obj: models.Model) -> str:
        """Serialise as bits."""
        return str(self.get_prep_value(self.value_from_object(obj)))

    def run_validators(self, value: Any) -> None:
        """The integer's own limits do not fit a set; the database checks the bits."""

    def formfield(self, **kwargs: Any) -> forms.Field:
        """Tick boxes in matrix order, for Django admin."""
        return _CellsFormField(
            choices=[(str(member), member if isinstance(member, int) else CELL_WORDS[member]) for member in MEMBERS],
            widget=forms.CheckboxSelectMultiple,
            required=False,
            label=kwargs.get("label") or self.verbose_name,
            help_text=kwargs.get("help_text") or self.help_text,
        )


class PossibleCellsField(CellSetField):
    """The set of cells a phase could be in; never empty. All nine cells, whatever else, mean "not placed"."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Start as "not placed"."""
        kwargs.setdefault("default", not_placed)
        super().__init__(*args, **kwargs)

    def validate(self, value: Any, model_instance: models.Model | None) -> None:
        """Refuse the empty set: a position is at least one possibility."""
        if not value:
            raise ValidationError(_("Choose at least one cell."))


# Lists of the theory that are more than terms with a label.
LISTS = {
    "PARTY_KINDS": PARTY_KINDS,
    "SECTOR_LEVELS": SECTOR.levels,
    "PROFESSIONAL_LEVELS": PROFESSIONAL.levels,
    "LENSES": LENSES.values(),
}
CELL_WORDS: dict[str, Promise] = {OUTSIDE: _("outside the matrix"), NOBODY: _("nobody named")}


class _CellsFormField(forms.MultipleChoiceField):
    """Tick boxes whose value is a set of cells; none ticked means "work it out from the responsibilities"."""

    def prepare_value(self, value: Any) -> list[str]:
        return [str(member) for member in value] if isinstance(value, frozenset) else value

    def to_python(self, value: Any) -> frozenset[Member]:
        return frozenset(BY_NAME.get(code, code) for code in super().to_python(value))

    def validate(self, value: Any) -> None:
        if any(str(member) not in BY_NAME for member in value):
            raise ValidationError(_("A set of cells has the members 1 to 9, outside and nobody."))

    def has_changed(self, initial: Any, data: Any) -> bool:
        before = initial() if callable(initial) else initial
        return {str(member) for member in before or ()} != set(data or ())


def not_placed() -> frozenset[Member]:
    """All nine cells: nothing is known."""
    return ALL_CELLS


def vocabulary_choices(name: str) -> list[tuple[str, Any]]:
    """The codes of a vocabulary with their translated labels, for forms."""
    if name == "COUNTRIES":
        return list(countries)
    if name in LISTS:
        return [(term.code, _(term.name)) for term in LISTS[name]]
    source = service_areas.AREAS if name == "AREAS" else getattr(vocabulary, name)
    return [(code, _(label)) for code, label in source.choices]


@cache
def vocabulary_codes(name: str) -> tuple[str, ...]:
    """The codes of a vocabulary."""
    return tuple(code for code, _label in vocabulary_choices(name))


class CodeField(models.CharField):
    """One code of a vocabulary of ``taxonomy``; empty means "not stated".

    Labels stay out of migrations: rewording one is no change of the database.
    """

    def __init__(self, *args: Any, vocabulary: str, **kwargs: Any) -> None:
        """``vocabulary`` is the name of a constant in ``taxonomy.vocabulary``."""
        self.vocabulary = vocabulary
        kwargs.setdefault("max_length", 40)
        kwargs["choices"] = vocabulary_choices(vocabulary)
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        """Name the vocabulary in migrations, not its labels."""
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("choices", None)
        return name, path, args, {**kwargs, "vocabulary": self.vocabulary}


def codes_known(prefix: str, **vocabularies: str) -> list[models.CheckConstraint]:
    """A constraint for each field: one of its vocabulary's codes, or nothing. ``prefix`` begins their names."""
    return [
        models.CheckConstraint(
            name=f"{prefix}_{field}_known",
            condition=models.Q(**{f"{field}__in": ["", *vocabulary_codes(vocabulary)]}),
            violation_error_message=_("Choose from the list."),
        )
        for field, vocabulary in vocabularies.items()
    ]


class CodesField(models.JSONField):
    """Several codes of a vocabulary, each once."""

    def __init__(self, *args: Any, vocabulary: str, **kwargs: Any) -> None:
        """``vocabulary`` as for ``CodeField``, or ``COUNTRIES`` (ISO 3166-1 alpha-2) or ``AREAS`` (UN COFOG)."""
        self.vocabulary = vocabulary
        kwargs.setdefault("default", list)
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        """Name the vocabulary in migrations."""
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "vocabulary": self.vocabulary}

    def validate(self, value: Any, model_instance: models.Model | None) -> None:
        """Refuse what is no list of known codes, naming the first stranger."""
        super().validate(value, model_instance)
        if not isinstance(value, list):
            raise ValidationError(_("This must be a list of codes."))
        known = vocabulary_codes(self.vocabulary)
        for code in value:
            if code not in known:
                raise ValidationError(_("“%(code)s” is not a known code."), params={"code": code})
            if value.count(code) > 1:
                raise ValidationError(_("“%(code)s” stands there twice."), params={"code": code})

    def formfield(self, **kwargs: Any) -> forms.Field:
        """A list where several may be chosen."""
        return forms.MultipleChoiceField(
            choices=lambda: vocabulary_choices(self.vocabulary),
            required=False,
            label=self.verbose_name,
            help_text=self.help_text,
        )


class LinesField(models.JSONField):
    """A list of short texts, typed one on each line."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Empty unless said otherwise."""
        kwargs.setdefault("default", list)
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)

    def validate(self, value: Any, model_instance: models.Model | None) -> None:
        """Refuse what is no list of texts."""
        super().validate(value, model_instance)
        if not isinstance(value, list) or any(not isinstance(line, str) or len(line) > 300 for line in value):
            raise ValidationError(_("This must be a list of texts of up to 300 characters."))
        if any("\x00" in line for line in value):
            raise ValidationError(_("Null characters are not allowed."))

    def formfield(self, **kwargs: Any) -> forms.Field:
        """A box for lines."""
        return LinesFormField(required=False, label=self.verbose_name, help_text=self.help_text)


class LinesFormField(forms.CharField):
    """A text box of which every line is one entry; empty lines and repetitions are dropped."""

    widget = forms.Textarea(attrs={"rows": 3})

    def prepare_value(self, value: Any) -> Any:
        """Show a list as lines."""
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> list[str]:
        """Split into entries."""
        lines = (line.strip() for line in (super().to_python(value) or "").splitlines())
        return list(dict.fromkeys(line for line in lines if line))

    def validate(self, value: list[str]) -> None:
        """Refuse entries that are too long, naming the limit, and what PostgreSQL cannot store."""
        if any("\x00" in line for line in value):
            raise ValidationError(translate("Null characters are not allowed."))
        if any(len(line) > 300 for line in value):
            raise ValidationError(translate("Keep each line to 300 characters or fewer."))

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare lists with lists."""
        before = initial() if callable(initial) else initial
        return (before or []) != self.to_python(data)
