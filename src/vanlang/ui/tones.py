"""What the tags share: checks of the few words a template may choose from, so that a misspelt one fails where it is written."""

from __future__ import annotations

from typing import Any, TypeVar, get_args

from django.template import TemplateSyntaxError
from django.utils.safestring import SafeString, mark_safe

Word = TypeVar("Word", bound=str)

ICON_OF_TONE = {
    "neutral": "info",
    "pending": "pending",
    "info": "info",
    "progress": "progress",
    "success": "check",
    "warning": "warning",
    "danger": "danger",
}


def one_of(value: Word, words: Any, parameter: str) -> Word:
    """
    Return `value` when it is one of the words of the Literal `words`.

    Raises: TemplateSyntaxError that names the words allowed.
    """
    allowed = get_args(words)
    if value not in allowed:
        message = f"{parameter}={value!r} is not one of {', '.join(allowed)}"
        raise TemplateSyntaxError(message)
    return value


def inside(content: SafeString) -> SafeString:
    """Return what stands inside a block tag without the white space around it (`strip` alone would forget it is safe)."""
    return mark_safe(content.strip())  # noqa: S308 - rendered by the template engine, which has escaped it
