"""
Texts of messages: one source, every way.

A template is a file (`messages/<code>.toml`): a subject, paragraphs, what to do now, a short text, and the values it
takes, each with its type and an example. From it come the letter as text and as HTML, the text message and the push
notice. Each says who sends, which dossier, what to do now, where to look, and how to stop.
"""

from __future__ import annotations

import datetime as dt
import re
import string
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from html import escape

from vanlang.notifications.rules.sms import without_diacritics
from vanlang.notifications.types import Letter, NoticeKind, Values


class ValueType(StrEnum):
    """How a value is written."""

    TEXT = "text"
    CODE = "code"
    """A dossier code or another that is copied letter by letter."""
    DAY = "day"
    MOMENT = "moment"
    MONEY = "money"
    NUMBER = "number"
    LINES = "lines"
    """A list, one line each."""


@dataclass(frozen=True, slots=True)
class Placeholder:
    """A value that a template takes."""

    type: ValueType
    example: object


@dataclass(frozen=True, slots=True)
class MessageTemplate:
    """One kind of message, in words."""

    code: str
    kind: NoticeKind
    name: str
    """For editors and lists."""
    subject: str
    paragraphs: tuple[str, ...]
    do_now: str
    link_text: str
    sms: str
    useful_hours: int | None
    """After so many hours it is not sent any more; None: it always has its use."""
    values: Mapping[str, Placeholder] = field(default_factory=dict)

    def texts(self) -> tuple[str, ...]:
        return (self.subject, *self.paragraphs, self.do_now, self.sms)


@dataclass(frozen=True, slots=True)
class Envelope:
    """What the house adds to every message."""

    agency: str
    """Who sends: "UBND phường Việt Trì"."""
    agency_short: str
    """The same where every letter is paid for: "Phường Việt Trì"."""
    agency_contact: str
    """Address or telephone of who sends."""
    name: str = field(repr=False)
    """Who is told, or empty."""
    link: str
    """Where to look and act."""
    stop_link: str
    """Where to choose the ways, or to stop at once."""
    short_link: str
    """For text messages: one page with both."""


def names_in(text: str) -> frozenset[str]:
    """Return the placeholders of a text. Raises: ValueError when it is malformed."""
    return frozenset(name for _, name, _, _ in string.Formatter().parse(text) if name is not None)


def faults_of(template: MessageTemplate) -> list[str]:
    """Return what is wrong with a template, for whoever writes it; empty when it is whole."""
    faults = []
    used = frozenset().union(*(names_in(text) for text in template.texts()))
    if unknown := used - set(template.values) - {"agency"}:
        faults.append(f"not declared: {sorted(unknown)}")
    if unused := set(template.values) - used:
        faults.append(f"declared and not used: {sorted(unused)}")
    faults += [f"example of {name}: {fault}" for name, fault in misfits(template, examples(template)).items()]
    if "agency" not in names_in(template.sms):
        faults.append("the short text does not say who sends")
    if not template.do_now.endswith((".", "}")):
        faults.append("do_now is a sentence")
    if template.kind is NoticeKind.REMINDER and template.useful_hours is None:
        faults.append("a reminder has its day: useful_hours")
    return faults


def examples(template: MessageTemplate) -> dict[str, object]:
    return {name: placeholder.example for name, placeholder in template.values.items()}


def misfits(template: MessageTemplate, values: Values) -> dict[str, str]:
    """Return what is wrong with `values` for a template, by name; empty when they fit."""
    wrong = {name: "missing" for name in template.values if name not in values}
    wrong |= {name: "not taken" for name in values if name not in template.values}
    for name, placeholder in template.values.items():
        if name in values and not _fits(placeholder.type, values[name]):
            wrong[name] = f"is no {placeholder.type}"
    return wrong


def compose(template: MessageTemplate, *, values: Values, envelope: Envelope, diacritics: bool) -> Letter:
    """Return a message in words. `values` fit the template (`misfits`); without `diacritics` its short text is bare."""
    words = {name: written(template.values[name].type, values[name]) for name in template.values}
    words["agency"] = envelope.agency
    brief = template.sms.format_map(words | {"agency": envelope.agency_short})
    short = f"{' '.join(brief.split())} Xem, tắt tin: {envelope.short_link}"
    return Letter(
        subject=" ".join(template.subject.format_map(words).split()),
        greeting=f"Kính gửi Ông/Bà {envelope.name}," if envelope.name else "Kính gửi Ông/Bà,",
        paragraphs=tuple(text.format_map(words) for text in template.paragraphs),
        do_now=template.do_now.format_map(words),
        link_text=template.link_text,
        link=envelope.link,
        agency=envelope.agency,
        agency_contact=envelope.agency_contact,
        stop_link=envelope.stop_link,
        short=short if diacritics else without_diacritics(short),
    )


def as_text(letter: Letter) -> str:
    """Return the letter as plain text."""
    parts = [
        letter.greeting,
        *letter.paragraphs,
        f"Việc cần làm: {letter.do_now}",
        f"{letter.link_text}: {letter.link}",
        f"--\n{letter.agency}\n{letter.agency_contact}".rstrip(),
        f"Chọn cách nhận tin hoặc ngừng nhận: {letter.stop_link}\n{NEVER_ASK}",
    ]
    return "\n\n".join(parts) + "\n"


def as_html(letter: Letter) -> str:
    """Return the letter as HTML without any style of its own: it reads the same in every mail program."""
    body = "".join(f"<p>{_lines(text)}</p>" for text in letter.paragraphs)
    return (
        f'<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>{escape(letter.subject)}</title>'
        '<meta name="viewport" content="width=device-width"></head><body>'
        '<table role="presentation" width="100%" cellpadding="0" cellspacing="0"><tr><td align="center">'
        '<table role="presentation" width="600" cellpadding="16" cellspacing="0"><tr><td align="left">'
        f"<p>{escape(letter.greeting)}</p>{body}"
        f"<p><strong>Việc cần làm:</strong> {_lines(letter.do_now)}</p>"
        f'<p><a href="{escape(letter.link)}"><strong>{escape(letter.link_text)}</strong></a></p><hr>'
        f"<p>{escape(letter.agency)}<br>{escape(letter.agency_contact)}</p>"
        f'<p><small><a href="{escape(letter.stop_link)}">Chọn cách nhận tin hoặc ngừng nhận</a>. {NEVER_ASK}</small></p>'
        "</td></tr></table></td></tr></table></body></html>"
    )


NEVER_ASK = "Cơ quan nhà nước không bao giờ hỏi mật khẩu hay mã xác thực qua thư, tin nhắn."


def _lines(text: str) -> str:
    return "<br>".join(escape(line) for line in text.split("\n"))


def _fits(kind: ValueType, value: object) -> bool:
    match kind:
        case ValueType.TEXT | ValueType.CODE:
            return isinstance(value, str)
        case ValueType.DAY:
            return isinstance(value, str) and bool(re.fullmatch(r"\d{4}-\d\d-\d\d", value))
        case ValueType.MOMENT:
            return isinstance(value, str) and _is_moment(value)
        case ValueType.MONEY | ValueType.NUMBER:
            return isinstance(value, int) and not isinstance(value, bool)
        case ValueType.LINES:
            return isinstance(value, list | tuple) and all(isinstance(line, str) for line in value)


def _is_moment(value: str) -> bool:
    try:
        return dt.datetime.fromisoformat(value).tzinfo is not None
    except ValueError:
        return False


def written(kind: ValueType, value: object) -> str:
    """Return a value as it stands in a sentence."""
    match kind:
        case ValueType.TEXT | ValueType.CODE:
            return str(value)
        case ValueType.DAY:
            return f"{dt.date.fromisoformat(str(value)):%d/%m/%Y}"
        case ValueType.MOMENT:
            return f"{dt.datetime.fromisoformat(str(value)):%H:%M ngày %d/%m/%Y}"
        case ValueType.MONEY:
            return f"{_grouped(value)} đồng"
        case ValueType.NUMBER:
            return _grouped(value)
        case ValueType.LINES:
            return "\n".join(f"- {line}" for line in value) if isinstance(value, list | tuple) else ""


def _grouped(value: object) -> str:
    return f"{int(str(value)):,}".replace(",", ".")
