"""What the literature weighs up: opportunities and challenges, who uses which definition, and what is disputed.

Facts follow the cited places in our own words. Titles are ours: the hand-out leaves half of its challenges without one.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from .citations import (
    BLOG_POST,
    HAND_OUT_BALANCE,
    HAND_OUT_LEVELS,
    HANDBOOK_SCOPE,
    LOFFLER_COMPLIANCE,
    LOFFLER_NORMS,
    LOFFLER_VALUE,
    TABLE_2,
)
from .text import gettext_noop as _


@dataclass(frozen=True, slots=True)
class Point:
    """A point for or against, or one of dispute: a title of ours, a sentence or two, and their source."""

    code: str
    title: str
    text: str
    citation: str


OPPORTUNITIES = (
    Point(
        "added-value",
        _("More to draw on"),
        _("What lay idle comes into use, and the people a service is for may be happier with it."),
        HAND_OUT_BALANCE,
    ),
    Point(
        "expertise",
        _("What users know"),
        _(
            "Users like professionals who help them towards aims of their own. Mutual help can grow out of it and "
            "catch a problem early."
        ),
        HAND_OUT_BALANCE,
    ),
    Point(
        "practical-skills",
        _("Practical skills"),
        _("People learn, formally or by doing. Time banks, whose members share skills and company, are an example."),
        HAND_OUT_BALANCE,
    ),
    Point(
        "health",
        _("Health and prevention"),
        _(
            "The hand-out reports good effects on health, and fewer hospital stays where there were time banks. It "
            "names no study."
        ),
        HAND_OUT_BALANCE,
    ),
    Point(
        "social-capital",
        _("Ties between people"),
        _("Confidence and supportive relationships grow, to the good of providers and neighbours as well as users."),
        HAND_OUT_BALANCE,
    ),
)

CHALLENGES = (
    Point(
        "large-groups", _("Large groups"), _("The more people take part, the harder it is to run."), HAND_OUT_BALANCE
    ),
    Point(
        "exclusive",
        _("Who is not invited"),
        _("To people who were left out it may look like a closed circle that speaks for itself."),
        HAND_OUT_BALANCE,
    ),
    Point("time", _("Time"), _("It takes much of it, from professionals and participants alike."), HAND_OUT_BALANCE),
    Point(
        "marginalised",
        _("People at the margin"),
        _(
            "Some can only take part with support, so those already at the margin may be pushed further out. And it "
            "must not be a way for governments to unload their problems."
        ),
        HAND_OUT_BALANCE,
    ),
    Point(
        "frameworks",
        _("Rules as they are"),
        _(
            "Public bodies shy away from risk, and rules on tax and benefits get in the way. Where budgets run "
            "together, it is less clear who answers for what."
        ),
        HAND_OUT_BALANCE,
    ),
    Point(
        "security",
        _("Money and independence"),
        _("Many initiatives want to stay independent while their money is short-term, so they may not last."),
        HAND_OUT_BALANCE,
    ),
    Point(
        "staff-support",
        _("Backing for staff and users"),
        _("Without the power to act, neither staff nor users can make it work."),
        HAND_OUT_BALANCE,
    ),
    Point(
        "skills-and-roles",
        _("Skills and roles"),
        _(
            "Some hold that sharing power takes special skills and posts of its own. Training is needed either way, "
            "and staff must be free to take sensible risks."
        ),
        HAND_OUT_BALANCE,
    ),
)


@dataclass(frozen=True, slots=True)
class Scope:
    """Who uses a definition of DEFINITIONS, whom it names, and whether third sector organisations are among them.

    False stands for "not named", which is not the same as left out.
    """

    used_by: str
    names: str
    third_sector: bool


SCOPES: Mapping[str, Scope] = MappingProxyType(
    {
        "delivery_apart": Scope(
            _("Brandsen & Pestoff 2006 and others, as the report groups them; Bovaird 2007 stands here too"),
            _("Citizens, third sector organisations and the state"),
            True,
        ),
        "umbrella": Scope(
            _("Boyle & Harris 2008, Löffler 2009, Needham & Carr 2012 and again Bovaird 2007, says the report"),
            _("Citizens and third sector organisations, with the public sector"),
            True,
        ),
        "third_and_public_bodies": Scope(
            _("The evaluators of the Reducing Reoffending Change Fund"),
            _("Third sector and public bodies; users are asked"),
            True,
        ),
        "inherent_in_services": Scope(
            _("Löffler, with Sharp 1980, Normann 1984 and Zeithaml et al. 1990"),
            _("Users, citizens and officials"),
            False,
        ),
        "decision_making_and_design": Scope(
            _("The authors of the hand-out"), _("Users and providers of a service"), False
        ),
        "equal_and_reciprocal": Scope(
            _("Boyle & Harris 2009, for nef and NESTA"), _("Professionals, users, their families and neighbours"), False
        ),
        "agents_in_design_and_delivery": Scope(
            _("A blogger on three papers of nef and NESTA"), _("Users, and the professionals they meet"), False
        ),
    }
)

DISPUTES = (
    Point(
        "organisations",
        _("Organisations, or people?"),
        _(
            "Table 2 is mostly about organisations. The handbook keeps the word for users and communities, and calls "
            "work between organisations collaboration or partnership."
        ),
        f"{TABLE_2}; {HANDBOOK_SCOPE}",
    ),
    Point(
        "compliance",
        _("Is keeping to the rules enough?"),
        _("For Griffiths and Foley that is too little. The hand-out counts compliance as a level of co-production."),
        f"{LOFFLER_COMPLIANCE}; {HAND_OUT_LEVELS}",
    ),
    Point(
        "relational",
        _("Must people meet?"),
        _("For Horne and Shirley it is always relational. For Alford it is not: filling in a tax return will do."),
        LOFFLER_NORMS,
    ),
    Point(
        "norms",
        _("Duties and power"),
        _(
            "Should those who gain a say take on risk in return, and should power move to them? Critics find the one "
            "unfair to vulnerable users and the other unlikely."
        ),
        LOFFLER_NORMS,
    ),
    Point(
        "value",
        _("Who gains?"),
        _(
            "Needham, after Alford, sees private and public value in personal co-production; Griffiths and Foley add "
            "trust and cohesion for the collective form. Löffler and Watt expect either value from either form."
        ),
        LOFFLER_VALUE,
    ),
    Point(
        "equal",
        _("Equal?"),
        _("The blogger doubts that the word helps where one side is paid to be there and the other needs the service."),
        BLOG_POST,
    ),
)
