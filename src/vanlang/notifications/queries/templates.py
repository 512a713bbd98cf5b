"""
Templates of messages: files that editors can read, found by code.

An app keeps its own in `<app>/messages/*.toml` and registers the folder when Django starts. A file that is not whole stops
the start: better no server than a citizen who is told half a sentence.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from vanlang.kernel.vietnamese import normalise
from vanlang.notifications.errors import TemplateValuesError
from vanlang.notifications.rules.wording import MessageTemplate, Placeholder, ValueType, faults_of
from vanlang.notifications.types import NoticeKind

_templates: dict[str, MessageTemplate] = {}


def register_templates(folder: Path) -> None:
    """Add the templates of a folder. Raises: ValueError for one that is not whole, or a code that is taken."""
    for path in sorted(folder.glob("*.toml")):
        template = parse(path.stem, path.read_text(encoding="utf-8"))
        if _templates.get(template.code, template) != template:
            msg = f"two templates of messages are called {template.code}"
            raise ValueError(msg)
        _templates[template.code] = template


def get_template(code: str) -> MessageTemplate:
    """Return a template. Raises: TemplateValuesError when there is none."""
    if code not in _templates:
        raise TemplateValuesError(template=code)
    return _templates[code]


def find_template(code: str) -> MessageTemplate | None:
    return _templates.get(code)


def list_templates() -> list[MessageTemplate]:
    """Return every template, in the order of kinds, then of codes."""
    order = list(NoticeKind)
    return sorted(_templates.values(), key=lambda template: (order.index(template.kind), template.code))


def parse(code: str, source: str) -> MessageTemplate:
    """Return the template that a file holds. Raises: ValueError when it is not whole, saying what is wrong."""
    told: dict[str, Any] = tomllib.loads(source)
    template = MessageTemplate(
        code=code,
        kind=NoticeKind(told["kind"]),
        name=normalise(told["name"]),
        subject=told["subject"],
        paragraphs=tuple(told["paragraphs"]),
        do_now=told["do_now"],
        link_text=told["link_text"],
        sms=told["sms"],
        useful_hours=told.get("useful_hours"),
        values={
            name: Placeholder(ValueType(value["type"]), value["example"])
            for name, value in told.get("values", {}).items()
        },
    )
    if faults := faults_of(template):
        msg = f"template {code}: {'; '.join(faults)}"
        raise ValueError(msg)
    return template
