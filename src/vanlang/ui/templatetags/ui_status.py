"""Tags that say how things stand: notices, status tags, badges, due dates, progress, icons."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from vanlang.ui.templatetags.ui_text import vncounted
from vanlang.ui.tones import ICON_OF_TONE, inside, one_of
from vanlang.ui.types import Tone

register = template.Library()


@lru_cache(
    maxsize=2_048, typed=True
)  # a text that is safe already is not the same as one that is to be escaped
def _drawn(template_name: str, **facts: object) -> SafeString:
    """Return what a template draws of these facts alone; a page says the same few things on every line, so it is kept."""
    return render_to_string(template_name, facts)


@register.simple_tag
def icon(*, name: str, label: str = "") -> SafeString:
    """Draw one icon of icons.svg. Without `label` it is decoration and read by nobody."""
    return _drawn("ui/icon.html", name=name, label=label)


@register.simple_tag
def status(*, text: str, tone: Tone = "neutral") -> SafeString:
    """Draw the state of a thing: words, a tone, and the tone's icon."""
    return _drawn("ui/status.html", text=text, tone=one_of(tone, Tone, "tone"), icon=ICON_OF_TONE[tone])


@register.simple_tag
def badge(*, text: str, tone: Tone = "neutral") -> SafeString:
    """Draw a small label of a kind: "Toàn trình", "Liên thông"."""
    return _drawn("ui/badge.html", text=text, tone=one_of(tone, Tone, "tone"))


@register.simple_tag
def count(*, number: int, label: str = "") -> SafeString:
    """Draw how many, "1.000+" beyond a thousand; `label` says of what to those who hear the page."""
    return _drawn("ui/count.html", number=vncounted(number), label=label)


@register.simple_tag
def due(*, on: date | None, left: str = "", tone: Tone = "neutral") -> SafeString:
    """Draw a due date and, below it, what is left until then ("Còn 3 ngày làm việc", "Quá hạn 1 ngày")."""
    return _drawn("ui/due.html", on=on, left=left, tone=one_of(tone, Tone, "tone"))


@register.inclusion_tag("ui/progress.html")
def progress(*, value: int, total: int, label: str, tone: Tone = "success") -> dict[str, object]:
    """Draw how much of a whole is done."""
    return {"value": value, "total": total, "label": label, "tone": one_of(tone, Tone, "tone")}


def _notice(title: str, body: str, tone: Tone, code: str = "", focus: bool = False) -> SafeString:
    facts = {"title": title, "body": body, "tone": one_of(tone, Tone, "tone"), "icon": ICON_OF_TONE[tone]}
    return render_to_string("ui/notice.html", {**facts, "code": code, "focus": focus})


@register.simple_block_tag
def notice(content: SafeString, *, title: str = "", tone: Tone = "info", focus: bool = False) -> SafeString:
    """Draw a notice around its body. `focus` leads a reader there when it arrives by a swap."""
    return _notice(title, inside(content), tone, focus=focus)


@register.simple_tag
def notice_line(*, text: str, tone: Tone = "info") -> SafeString:
    """Draw a notice of one sentence."""
    return _notice(text, "", tone)


@register.simple_block_tag
def done(content: SafeString, *, title: str) -> SafeString:
    """Draw the answer to a finished act: what happened, then what follows ("Đã nộp hồ sơ lúc 09:12")."""
    return render_to_string("ui/done.html", {"title": title, "body": content})
