"""typst, held at arm's length: fonts loaded once, no system fonts, no files but the templates, no packages from the net."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import typst

from vanlang.documents.types import PaperData
from vanlang.kernel.errors import DomainError

from .glyphs import FONTS
from .sources import is_template_name, overrides, shipped
from .values import as_json

STANDARDS: Final = ["a-3a", "ua-1"]
# typst would fetch a package from the net while a citizen waits; an override may not ask for one.
_PACKAGE = re.compile(rb"""["']@[a-z]""")
_QUOTED = re.compile(r"[\"“`].*[\"”`]", re.DOTALL)
_PLACE = re.compile(r"┌─ (?P<place>[^\n]+)")


class TemplateBrokenError(DomainError):
    """A template could not be set: absent, wrong, or fed with other facts than it reads."""

    status = 500
    code = "documents.template_broken"


@dataclass(frozen=True, slots=True, kw_only=True)
class SignatureBox:
    """Where a template left room for a visible signature. Units: PDF points, origin at the page's lower left corner."""

    role: str
    """"signer", "seal", "officer", "applicant"."""
    page: int
    """Counted from 1."""
    x1: float
    y1: float
    x2: float
    y2: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A set paper and the places where it wants to be signed."""

    pdf: bytes
    boxes: tuple[SignatureBox, ...]

    def box(self, role: str) -> SignatureBox | None:
        """Return the place for `role`, or None when the template has none."""
        return next((box for box in self.boxes if box.role == role), None)


def typeset(template: str, data: PaperData | Mapping[str, object], *, agency_code: str | None = None) -> bytes:
    """
    Return `template` filled with `data` as PDF/A-3a, PDF/UA-1. Same template and facts: same bytes.

    Raises: TemplateBrokenError with the template's name and line, never with what a person typed.
    """
    sources, inputs = _project(template, data, agency_code)
    return _compile(template, sources, inputs)


def compose(template: str, data: PaperData | Mapping[str, object], *, agency_code: str | None = None) -> Sheet:
    """Return the set paper together with its signature places. Raises: TemplateBrokenError."""
    sources, inputs = _project(template, data, agency_code)
    return Sheet(pdf=_compile(template, sources, inputs), boxes=_boxes(sources, inputs))


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)])


def _project(
    template: str, data: PaperData | Mapping[str, object], agency_code: str | None
) -> tuple[dict[str, bytes], dict[str, str]]:
    own = overrides(agency_code)
    if any(_PACKAGE.search(source) for source in own.values()):
        raise TemplateBrokenError(template=template, problem="package", place="")
    sources = shipped() | own
    if not is_template_name(template) or template not in sources:
        raise TemplateBrokenError(template=template, problem="absent", place="")
    return sources | {"main.typ": f'#include "/{template}"\n'.encode()}, {"data": as_json(data)}


def _compile(template: str, sources: dict[str, bytes], inputs: dict[str, str]) -> bytes:
    try:
        pdf, warnings = typst.compile_with_warnings(
            sources, root=str(FONTS), font_paths=_fonts(), ignore_system_fonts=True,
            sys_inputs=inputs, pdf_standards=STANDARDS,
        )  # fmt: skip
    except typst.TypstError as error:
        raise _broken(template, error) from None
    for warning in warnings:
        raise _broken(template, warning)
    return bytes(pdf)


def _broken(template: str, trouble: typst.TypstError | typst.TypstWarning) -> TemplateBrokenError:
    place = _PLACE.search(trouble.diagnostic)
    problem = _QUOTED.sub("…", trouble.message)
    return TemplateBrokenError(template=template, problem=problem, place=place["place"] if place else "")


def _boxes(sources: dict[str, bytes], inputs: dict[str, str]) -> tuple[SignatureBox, ...]:
    found = json.loads(
        typst.query(
            sources, "<signature-box>", field="value", root=str(FONTS), font_paths=_fonts(),
            ignore_system_fonts=True, sys_inputs=inputs,
        )
    )  # fmt: skip
    return tuple(_box(it) for it in found)


def _box(it: Mapping[str, float | int | str]) -> SignatureBox:
    x, y, width, height = (float(it[key]) for key in ("x", "y", "width", "height"))
    top = float(it["page_height"]) - y
    return SignatureBox(
        role=str(it["role"]), page=int(it["page"]), x1=x, y1=top - height, x2=x + width, y2=top,
    )  # fmt: skip
