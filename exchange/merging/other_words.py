"""Words that people write in place of a code: other names of countries, and who does what in everyday words.

Names of countries are read, since only one country can be meant. Words for who designs or delivers are only suggested:
a council may be meant that only pays, so the person who fills in the sheet decides.
"""

from functools import cache

from django.utils import translation
from django_countries import countries

from partnerships.forms.fields import OTHER_COUNTRY_NAMES

# Besides the names and the codes of two and three letters that ISO 3166-1 has (UK and EL are kept there for these two
# countries), what the officers' form reads, and the former names that django_countries knows. Each is what people call
# the country whose official name is longer, newer or in its own language.
COUNTRIES = {
    **OTHER_COUNTRY_NAMES,
    "britain": "GB", "u.k.": "GB", "el": "GR", "u.s.": "US", "u.s.a.": "US", "united states of america": "US",
    "republic of ireland": "IE", "eire": "IE", "the netherlands": "NL", "turkey": "TR",
    "republic of korea": "KR", "russian federation": "RU", "ivory coast": "CI", "cape verde": "CV",
    "burma": "MM", "east timor": "TL", "uae": "AE",
}  # fmt: skip
# What people write where a country is asked for, and which the register keeps in the column “nation”.
NATIONS = ("england", "scotland", "wales", "northern ireland")

_PUBLIC = (
    "authority", "city", "city council", "commune", "council", "county", "county council", "government", "hospital",
    "local authority", "local council", "local government", "ministry", "municipality", "nhs", "public body", "region",
    "school", "state", "town", "university",
)  # fmt: skip
_THIRD = (
    "association", "charities", "charity", "cooperative", "foundation", "ngo", "nonprofit", "social enterprise",
    "third sector", "voluntary sector",
)  # fmt: skip
_PEOPLE = (
    "carers", "citizens", "communities", "community", "families", "neighbours", "parents", "patients", "people",
    "residents", "service users", "users", "volunteers",
)  # fmt: skip
_BOTH = ("both", "co-production", "joint", "jointly", "mixed", "partnership", "together")


def _all(words: tuple[str, ...], code: str) -> dict[str, str]:
    return dict.fromkeys(words, code)


MEANT: dict[tuple[str, ...], dict[str, str]] = {
    ("SECTOR_LEVELS",): {
        **_all(_PUBLIC, "public"), **_all((*_THIRD, *_PEOPLE), "citizens_or_third_sector"), **_all(_BOTH, "shared"),
    },
    ("PARTY_KINDS",): {**_all(_PUBLIC, "public"), **_all(_THIRD, "third_sector"), **_all(_PEOPLE, "citizens")},
}  # fmt: skip


@cache
def countries_besides() -> dict[str, str]:
    """The code of each country by its names besides that of the list: small letters, one space between words."""
    with translation.override(None):
        found = {str(name).casefold(): code for code, names in countries.OLD_NAMES.items() for name in names}
    found |= {countries.alpha3(code).casefold(): code for code, _name in countries}
    return found | COUNTRIES
