"""The one question put to an upload: what is it, and may it stay? Answered from its bytes alone."""

from __future__ import annotations

from dataclasses import dataclass

from vanlang.kernel.errors import Refusal

from .image import check_image
from .kinds import OFFICE, FileKind, is_also_archive, kind_of
from .office import check_office
from .pdf import check_pdf
from .policies import MEGABYTE, Policy


@dataclass(frozen=True, slots=True)
class Accepted:
    """What a file proved to be."""

    kind: FileKind
    pages: int | None
    """Of a PDF; an image counts as one; None where pages depend on who prints."""


def examine(content: bytes, policy: Policy) -> Accepted | Refusal:
    """Return what `content` is, or why `policy` does not take it. The name of the file plays no part."""
    if not content:
        return Refusal("files.empty")
    if len(content) > policy.max_bytes:
        size = -(-len(content) // MEGABYTE)
        return Refusal("files.too_large", {"max_megabytes": policy.max_megabytes, "megabytes": size})
    kind = kind_of(content)
    if kind is FileKind.HEIC:
        return Refusal("files.heic", {"accepted": policy.says})
    if kind is None or kind not in policy.kinds:
        return Refusal("files.type_not_allowed", {"accepted": policy.says})
    if kind not in OFFICE and is_also_archive(content):
        return Refusal("files.two_kinds")
    return _examine_kind(content, kind)


def _examine_kind(content: bytes, kind: FileKind) -> Accepted | Refusal:
    if kind is FileKind.PDF:
        pages = check_pdf(content)
        return pages if isinstance(pages, Refusal) else Accepted(kind, pages)
    if kind in OFFICE:
        return check_office(content) or Accepted(kind, None)
    return check_image(content, kind) or Accepted(kind, 1)
