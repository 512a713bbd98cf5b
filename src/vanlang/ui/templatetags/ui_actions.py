"""Tags for what a person can do: buttons, links that look like buttons, one-button forms, confirmations, copying a code."""

from __future__ import annotations

from typing import Literal

from django import template
from django.template import Context
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from vanlang.ui.tones import one_of
from vanlang.ui.types import ButtonTone, Tone

register = template.Library()

ButtonType = Literal["submit", "button", "reset"]

_CLASS_OF_TONE = {
    "primary": "",
    "secondary": "govuk-button--secondary",
    "warning": "govuk-button--warning",
    "quiet": "vl-button--quiet",
}


def _class_of(tone: ButtonTone) -> str:
    return _CLASS_OF_TONE[one_of(tone, ButtonTone, "tone")]


@register.inclusion_tag("ui/button.html")
def button(
    *,
    text: str,
    tone: ButtonTone = "primary",
    type: ButtonType = "submit",
    name: str = "",
    value: str = "",
    icon: str = "",
    shortcut: str = "",
    form: str = "",
    disabled: bool = False,
) -> dict[str, object]:
    """Draw a button. A submit button ignores a second click; `shortcut` ("Alt+N") is shown and works with JavaScript."""
    return {
        "text": text, "tone_class": _class_of(tone), "type": one_of(type, ButtonType, "type"), "name": name,
        "value": value, "icon": icon, "shortcut": shortcut, "form": form, "disabled": disabled,
    }  # fmt: skip


@register.inclusion_tag("ui/link_button.html")
def link_button(
    *, text: str, href: str, tone: ButtonTone = "primary", icon: str = "", shortcut: str = ""
) -> dict[str, object]:
    """Draw a link that looks like a button: it goes somewhere and changes nothing."""
    return {"text": text, "href": href, "tone_class": _class_of(tone), "icon": icon, "shortcut": shortcut}


@register.inclusion_tag("ui/action_link.html")
def action_link(*, text: str, href: str, icon: str = "", about: str = "") -> dict[str, object]:
    """Draw a plain link; `about` finishes its name for those who hear it out of context ("Xem" + "hồ sơ H44…")."""
    return {"text": text, "href": href, "icon": icon, "about": about}


@register.inclusion_tag("ui/post_button.html", takes_context=True)
def post_button(
    context: Context,
    *,
    text: str,
    action: str,
    tone: ButtonTone = "secondary",
    name: str = "",
    value: str = "",
    icon: str = "",
    shortcut: str = "",
) -> dict[str, object]:
    """Draw a form of one button: an act that needs no further word."""
    return {
        "text": text, "action": action, "tone_class": _class_of(tone), "name": name, "value": value, "icon": icon,
        "shortcut": shortcut, "csrf_token": context.get("csrf_token"),
    }  # fmt: skip


@register.simple_block_tag
def button_group(content: SafeString) -> SafeString:
    """Draw buttons beside each other, the likeliest first."""
    return render_to_string("ui/button_group.html", {"body": content})


@register.simple_block_tag(takes_context=True)
def confirmation(
    context: Context,
    content: SafeString,
    *,
    title: str,
    action: str,
    confirm_text: str,
    cancel_href: str,
    cancel_text: str = "Quay lại",
    tone: Tone = "warning",
) -> SafeString:
    """Draw the question before an act that is hard to undo, on a page or part of its own. Its body may hold fields."""
    facts = {
        "title": title, "body": content, "action": action, "confirm_text": confirm_text, "cancel_href": cancel_href,
        "cancel_text": cancel_text, "tone": one_of(tone, Tone, "tone"), "csrf_token": context.get("csrf_token"),
    }  # fmt: skip
    return render_to_string("ui/confirmation.html", facts)


@register.inclusion_tag("ui/copy_code.html")
def copy_code(*, code: str, label: str = "Sao chép mã") -> dict[str, object]:
    """Draw a code with a button that copies it; without JavaScript only the code."""
    return {"code": code, "label": label}
