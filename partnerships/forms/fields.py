"""Form fields that read what officers type into what the register stores. Whatever they cannot read is a message."""

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.dates import MONTHS, MONTHS_3
from django.utils.translation import get_language, gettext_lazy, override
from django.utils.translation import gettext as _
from django_countries import countries

from partnerships import dates
from partnerships.search import fold

MOST_LINES = 60
MOST_TEXT = 20_000
LEAD_MARK = "*"
# Names that people use and ISO 3166-1 does not.
OTHER_COUNTRY_NAMES = {"uk": "GB", "great britain": "GB", "united states": "US", "holland": "NL"}

FROM_THE_LIST = gettext_lazy("Choose from the list.")


def one_of(
    label: Any, options: Any, missing: Any = "", *, hints: Any = None, look: str = "", **more: Any
) -> forms.ChoiceField:
    """Radios; ``missing`` is the message where none is chosen, ``look`` a class for the group."""
    widget = forms.RadioSelect(attrs={"class": look} if look else None)
    widget.hints = hints or {}
    messages = {"required": missing, "invalid_choice": FROM_THE_LIST}
    return forms.ChoiceField(
        label=label, choices=options, required=bool(missing), widget=widget, error_messages=messages, **more
    )


def some_of(
    label: Any, options: Any, missing: Any = "", *, hints: Any = None, look: str = "", **more: Any
) -> forms.MultipleChoiceField:
    """Boxes; ``missing`` is the message where none is ticked, ``look`` a class for the group."""
    widget = forms.CheckboxSelectMultiple(attrs={"class": look} if look else None)
    widget.hints = hints or {}
    messages = {"required": missing, "invalid_choice": FROM_THE_LIST}
    return forms.MultipleChoiceField(
        label=label, choices=options, required=bool(missing), widget=widget, error_messages=messages, **more
    )


def select(label: Any, options: Any, missing: Any = "", **more: Any) -> forms.ChoiceField:
    """A drop-down list."""
    messages = {"required": missing, "invalid_choice": FROM_THE_LIST}
    return forms.ChoiceField(label=label, choices=options, required=bool(missing), error_messages=messages, **more)


class Text(forms.CharField):
    """Text of limited length, without the one character that PostgreSQL cannot store.

    Django's own checks of both would do, but for their wording, and for the ``maxlength`` that they put on the control:
    browsers cut a pasted text there without a word.
    """

    def __init__(self, *, most: int, missing: Any = "", **options: Any) -> None:
        """``missing`` is the message where something is needed; without one the field is optional."""
        super().__init__(required=bool(missing), **options)
        self.validators = []
        self.most = most
        if missing:
            self.error_messages["required"] = missing

    def validate(self, value: Any) -> None:
        """Refuse a blank where something is needed, NUL, and more than ``most`` characters."""
        super().validate(value)
        check_text(value or "", self.most)


def check_text(text: str, most: int) -> None:
    """Raise ``ValidationError`` for NUL and for more than ``most`` characters."""
    if "\x00" in text:
        raise ValidationError(_("There is a character in this that cannot be stored. Type it again."))
    if len(text) > most:
        raise ValidationError(
            _("Keep this to %(most)d characters or fewer. It has %(length)d."),
            params={"most": most, "length": len(text)},
        )


class Lines(forms.CharField):
    """A box of which every line is an entry. Gives a list, each entry once; empty lines are dropped."""

    def __init__(self, *, most: int, rows: int = 3, **options: Any) -> None:
        """``most`` characters a line."""
        super().__init__(required=False, widget=forms.Textarea(attrs={"rows": rows}), **options)
        self.validators = []
        self.most = most

    def prepare_value(self, value: Any) -> Any:
        """Show a list as lines."""
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> list[str]:
        """Split into entries."""
        lines = (" ".join(line.split()) for line in (super().to_python(value) or "").splitlines())
        return list(dict.fromkeys(line for line in lines if line))

    def validate(self, value: list[str]) -> None:
        """Refuse more lines, and longer ones, than a record can hold, naming the line."""
        if len(value) > MOST_LINES:
            raise ValidationError(_("Keep this to %(most)d lines or fewer."), params={"most": MOST_LINES})
        for line in value:
            if len(line) > self.most:
                raise ValidationError(
                    _("Keep each line to %(most)d characters or fewer: “%(line)s…”"),
                    params={"most": self.most, "line": line[:40]},
                )
            check_text(line, self.most)


@dataclass(frozen=True)
class NamedPartner:
    """A partner as typed: a name, which may be blank, and whether it leads."""

    name: str
    lead: bool = False

    def __str__(self) -> str:
        """As it is typed: the mark, then the name."""
        return f"{LEAD_MARK} {self.name}".strip() if self.lead else self.name


class Partners(Lines):
    """Names of organisations or groups, one on each line; a line that begins with ``*`` is one that leads."""

    def clean(self, value: Any) -> list[NamedPartner]:
        """Read each line; a name that stands there twice is one partner, which leads if either line says so."""
        found: dict[str, bool] = {}
        for line in super().clean(value):
            lead = line.startswith(LEAD_MARK)
            name = line.lstrip(LEAD_MARK).strip()
            found[name] = found.get(name, False) or lead
        return [NamedPartner(name, lead) for name, lead in found.items()]


class Countries(Lines):
    """Countries by name or ISO code, one on each line. Gives ISO 3166-1 alpha-2 codes."""

    def prepare_value(self, value: Any) -> Any:
        """Show codes as names; text that was typed stays as it is."""
        return "\n".join(str(countries.name(code)) for code in value) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[str]:
        """Find each country, whatever the capitals and accents."""
        codes = []
        for line in super().clean(value):
            code = countries_by_word(get_language() or "").get(fold(line))
            if code is None:
                raise ValidationError(_("There is no country “%(name)s” in our list."), params={"name": line[:60]})
            codes.append(code)
        return codes


@lru_cache(maxsize=8)
def countries_by_word(language: str) -> dict[str, str]:
    """Every country's code by its name in the language that is active, by its two codes and by a few other names."""
    words = dict(OTHER_COUNTRY_NAMES)
    for code, name in countries:
        words[fold(str(name))] = words[code.casefold()] = words[countries.alpha3(code).casefold()] = code
    return words


_ISO = re.compile(r"[0-9]{4}(-[0-9]{1,2}){0,2}")
_NUMBERS = re.compile(r"(?:([0-9]{1,2})[./])?([0-9]{1,2})[./]([0-9]{4})")
_WORDS = re.compile(r"(?:([0-9]{1,2})\.?(?:st|nd|rd|th)? )?([^\W\d_]{3,12})\.?,? ([0-9]{4})")


def iso_of(text: str) -> str:
    """A date as people write it in the shape of the record, day before month; "" where it has no shape of a date.

    Reads "2012", "2012-04-30", "4/2012", "30/4/2012", "April 2012" and "30 April 2012". Whether the calendar has such
    a day is for ``partnerships.dates`` to say.
    """
    text = " ".join(text.split())
    if _ISO.fullmatch(text):
        return _joined(*text.split("-"))
    if numbers := _NUMBERS.fullmatch(text):
        day, month, year = numbers.groups()
        return _joined(year, month, day)
    words = _WORDS.fullmatch(text)
    number = months_by_word(get_language() or "").get(fold(words[2])) if words else None
    return _joined(words[3], str(number), words[1]) if words and number else ""


def _joined(*parts: str | None) -> str:
    """Year, month and day with two digits each for the latter."""
    return "-".join(part.zfill(2) for part in parts if part)


@lru_cache(maxsize=8)
def months_by_word(language: str) -> dict[str, int]:
    """The number of each month by its name and its short name, in English and in the language that is active."""
    names = [(str(name), number) for table in (MONTHS, MONTHS_3) for number, name in table.items()]
    with override("en"):
        names += [(str(name), number) for table in (MONTHS, MONTHS_3) for number, name in table.items()]
    return {fold(name).rstrip("."): number for name, number in [*names, ("sept", 9)]}


class PartialDate(forms.CharField):
    """A date known to the year, the month or the day. Gives the day and its precision, or ``(None, "")``.

    The messages begin with the label: there are two dates in the form, and a summary of errors lists both.
    """

    def __init__(self, *, end: bool = False, **options: Any) -> None:
        """``end`` takes the last day of the year or month that was typed."""
        super().__init__(required=False, widget=forms.TextInput(attrs={"class": "govuk-input--width-10"}), **options)
        self.validators = []
        self.end = end

    def clean(self, value: Any) -> tuple[date | None, str]:
        """Read what ``iso_of`` reads."""
        typed = super().clean(value)
        iso = iso_of(typed)
        if typed and not iso:
            message = _("%(label)s: write the date as 2012, June 2012 or 30/4/2012.")
            raise ValidationError(message, params={"label": self.label})
        try:
            return dates.parse(iso, end=self.end)
        except ValueError as error:
            message = _("%(label)s: “%(date)s” is not a date in the calendar.")
            raise ValidationError(message, params={"label": self.label, "date": typed}) from error
