"""From typed facts to the JSON that a template reads."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from uuid import UUID

from vanlang.documents.types import PaperData, Qr
from vanlang.kernel.clock import VIETNAM

from .glyphs import printable
from .qr import qr_svg

Plain = str | int | float | bool | list["Plain"] | dict[str, "Plain"] | None


def plain(value: object) -> Plain:
    """
    Return `value` as JSON knows it: days and instants as ISO text in Vietnam's time, codes drawn, text printable.

    Raises: TypeError for a value that no template can read.
    """
    match value:
        case None | bool() | int() | float():
            return value
        case str():
            return printable(value)
        case Qr():
            return {"text": printable(value.text), "svg": qr_svg(value.text)}
        case datetime():
            return value.astimezone(VIETNAM).isoformat(timespec="seconds")
        case date():
            return value.isoformat()
        case UUID():
            return str(value)
        case Mapping():
            return {str(key): plain(inner) for key, inner in value.items()}
        case Sequence():
            return [plain(inner) for inner in value]
        case _ if is_dataclass(value) and not isinstance(value, type):
            return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    msg = f"{type(value).__name__} cannot be printed"
    raise TypeError(msg)


def as_json(data: PaperData | Mapping[str, object]) -> str:
    """Return the JSON text of a paper's data, keys in a fixed order."""
    return json.dumps(plain(data), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
