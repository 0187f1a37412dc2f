"""Marks strings for translation without translating them.

The package knows no translator. `gettext_noop` has the name that `makemessages` looks for;
the template tags (or any caller) translate the marked string when they show it.
"""


def gettext_noop(message: str) -> str:
    """Give the message back unchanged; its call marks the literal for extraction."""
    return message
