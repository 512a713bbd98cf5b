"""Tags that say how things stand: notices, status tags, badges, due dates, progress, icons."""

from __future__ import annotations

from datetime import date

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from vanlang.ui.tones import ICON_OF_TONE, inside, one_of
from vanlang.ui.types import Tone

register = template.Library()


@register.inclusion_tag("ui/icon.html")
def icon(*, name: str, label: str = "") -> dict[str, object]:
    """Draw one icon of icons.svg. Without `label` it is decoration and read by nobody."""
    return {"name": name, "label": label}


@register.inclusion_tag("ui/status.html")
def status(*, text: str, tone: Tone = "neutral") -> dict[str, object]:
    """Draw the state of a thing: words, a tone, and the tone's icon."""
    return {"text": text, "tone": one_of(tone, Tone, "tone"), "icon": ICON_OF_TONE[tone]}


@register.inclusion_tag("ui/badge.html")
def badge(*, text: str, tone: Tone = "neutral") -> dict[str, object]:
    """Draw a small label of a kind: "Toàn trình", "Liên thông"."""
    return {"text": text, "tone": one_of(tone, Tone, "tone")}


@register.inclusion_tag("ui/count.html")
def count(*, number: int, label: str = "") -> dict[str, object]:
    """Draw how many; `label` says of what to those who hear the page."""
    return {"number": number, "label": label}


@register.inclusion_tag("ui/due.html")
def due(*, on: date | None, left: str = "", tone: Tone = "neutral") -> dict[str, object]:
    """Draw a due date and, below it, what is left until then ("Còn 3 ngày làm việc", "Quá hạn 1 ngày")."""
    return {"on": on, "left": left, "tone": one_of(tone, Tone, "tone")}


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
