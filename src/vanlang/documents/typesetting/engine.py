"""typst, held at arm's length: fonts loaded once, no system fonts, no files but the templates, no packages from the net."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Final, Literal

import typst

from vanlang.documents.errors import TemplateBrokenError
from vanlang.documents.types import PaperData, Sheet, SignatureBox

from .glyphs import FONTS
from .sources import is_template_name, overrides, shipped
from .values import as_json

Standard = Literal["a-3a", "ua-1"]
ARCHIVAL: Final[list[Standard]] = ["a-3a", "ua-1"]
DRAFT: Final[list[Standard]] = ["ua-1"]
"""An archival file must carry its day; a draft has none yet."""
# typst would fetch a package from the net while a citizen waits; an override may not ask for one.
_PACKAGE = re.compile(rb"""["']@[a-z]""")
_QUOTED = re.compile(r"[\"“`].*[\"”`]|(?<=panicked with: ).*", re.DOTALL)
"""Where typst's messages may quote values; the rest of a message is typst's own words."""
_PLACE = re.compile(r"┌─ (?:[^\n]*/fonts/)?(?P<place>[^\n]+)")


def typeset(
    template: str,
    data: PaperData | Mapping[str, object],
    *,
    agency_code: str | None = None,
    archival: bool = True,
) -> bytes:
    """
    Return `template` filled with `data` as PDF/A-3a, PDF/UA-1. Same template and facts: same bytes.

    `archival=False` is for drafts, which have no day yet and promise nothing.
    Raises: TemplateBrokenError with the template's name and line, never with what a person typed.
    """
    sources, inputs = _project(template, data, agency_code)
    return _compile(template, sources, inputs, ARCHIVAL if archival else DRAFT)


def compose(
    template: str, data: PaperData | Mapping[str, object], *, agency_code: str | None = None
) -> Sheet:
    """Return the set paper together with its signature places. Raises: TemplateBrokenError."""
    sources, inputs = _project(template, data, agency_code)
    return Sheet(pdf=_compile(template, sources, inputs, ARCHIVAL), boxes=_boxes(sources, inputs))


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


def _compile(
    template: str, sources: dict[str, bytes], inputs: dict[str, str], standards: list[Standard]
) -> bytes:
    try:
        pdf, warnings = typst.compile_with_warnings(  # type: ignore[call-overload] # its stub omits files by name
            sources,
            root=str(FONTS),
            font_paths=_fonts(),
            ignore_system_fonts=True,
            sys_inputs=inputs,
            pdf_standards=standards,
        )
    except typst.TypstError as error:
        raise _broken(template, error) from None
    if warnings:
        raise _broken(template, warnings[0])
    return bytes(pdf)


def _broken(template: str, trouble: typst.TypstError | typst.TypstWarning) -> TemplateBrokenError:
    place = _PLACE.search(trouble.diagnostic)
    problem = _QUOTED.sub("…", trouble.message)
    return TemplateBrokenError(template=template, problem=problem, place=place["place"] if place else "")


def _boxes(sources: dict[str, bytes], inputs: dict[str, str]) -> tuple[SignatureBox, ...]:
    found = typst.query(
        sources,  # type: ignore[type-var] # its stub omits files by name
        "<signature-box>",
        field="value",
        root=str(FONTS),
        font_paths=_fonts(),
        ignore_system_fonts=True,
        sys_inputs=inputs,
    )
    return tuple(_box(it) for it in json.loads(found))


def _box(it: Mapping[str, float | int | str]) -> SignatureBox:
    x, y, width, height = (float(it[key]) for key in ("x", "y", "width", "height"))
    top = float(it["page_height"]) - y
    return SignatureBox(
        role=str(it["role"]), page=int(it["page"]), x1=x, y1=top - height, x2=x + width, y2=top,
    )  # fmt: skip
