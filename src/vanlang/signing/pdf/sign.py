"""
One signature more in a file, as an incremental update: nothing that was there is touched.

pyHanko writes the file; the container comes from `cms.py` and the mark from `stamp.py`, because those two are where its ready-made
signer spends its time. A file that mixes both kinds of cross-reference (Word writes such) is rewritten once, before
its first signature; a signed file is never rewritten.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import pikepdf
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.form_tools import get_single_field_annot
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import FieldMDPAction, FieldMDPSpec, MDPPerm, SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.signers.cms_embedder import PdfCMSEmbedder, SigIOSetup, SigMDPSetup, SigObjSetup
from pyhanko.sign.signers.constants import ESIC_EXTENSION_1
from pyhanko.sign.signers.pdf_byterange import SignatureObject
from typing_extensions import override

from vanlang.signing.errors import UnreadablePdfError, UnsignablePdfError
from vanlang.signing.pdf import integrity, stamp
from vanlang.signing.pdf.cms import Container
from vanlang.signing.ports import SigningKey
from vanlang.signing.types import Level, SignerKind, VisibleBox

TIME_STAMP_ROOM = 8192
"""Bytes kept for a time stamp with its certificates; a larger one is left out and the level stays B-B."""


@dataclass(frozen=True, slots=True)
class Signer:
    """A key with its certificate, made ready once and used for many signatures."""

    key: SigningKey
    container: Container
    kind: SignerKind
    name: str
    title: str
    agency: str

    @classmethod
    def of(
        cls,
        key: SigningKey,
        chain: tuple[bytes, ...],
        *,
        kind: SignerKind,
        name: str,
        title: str,
        agency: str,
    ) -> Signer:
        """Return the signer for a key and its chain (DER, leaf first)."""
        return cls(key, Container.of(chain, key.algorithm), kind, name, title, agency)


@dataclass(frozen=True, slots=True)
class Order:
    """How a file is to be signed."""

    at: datetime
    reason: str = ""
    location: str = ""
    box: VisibleBox | None = None
    """Where the visible mark stands; None signs without one."""
    field: str | None = None
    """Name of a signature field that the file already has; None makes a new one."""
    lock: bool = False
    """Allow no change after this signature (DocMDP level 1)."""


@dataclass(frozen=True, slots=True)
class Signed:
    """The file with its new signature."""

    content: bytes
    level: Level
    field: str


TimeStamp = Callable[[bytes], bytes | None]


class _Appender(IncrementalPdfFileWriter):
    """A writer that leaves title, dates and other metadata alone: a signature changes nothing but itself."""

    @override
    def _update_meta(self) -> None:
        """Do nothing: pyHanko would write its own name and the machine's clock into the file."""


def sign(pdf: bytes, signer: Signer, order: Order, *, time_stamp: TimeStamp | None = None) -> Signed:
    """
    Return `pdf` with one signature more.

    `time_stamp` gets a SHA-256 digest and returns a token or None; without a token the level is B-B.

    Raises: UnreadablePdfError, UnsignablePdfError.
    """
    writer, earlier = _open(pdf)
    if writer.output_version < (2, 0):
        writer.register_extension(ESIC_EXTENSION_1)
    field = order.field or f"signature_{earlier + 1}"
    room = signer.container.size(signer.key) + (TIME_STAMP_ROOM if time_stamp else 0)
    step = PdfCMSEmbedder(_field_spec(field, order, earlier)).write_cms(
        field, writer, existing_fields_only=order.field is not None
    )
    try:
        reference = next(step)
    except Exception as missing:
        raise UnsignablePdfError("signing.no_such_field", field=field) from missing
    _draw_mark(writer, reference.get_object(), signer, order)
    step.send(_setup(signer, order, room, is_first=earlier == 0))
    prepared, output = step.send(SigIOSetup(md_algorithm="sha256", in_place=True))
    container, level = _container(signer, prepared.document_digest, room, time_stamp)
    step.send(container)
    return Signed(output.getvalue(), level, field)


def _open(pdf: bytes) -> tuple[_Appender, int]:
    """Return a writer over a copy of `pdf` and the number of signatures it has, checked to be still whole."""
    try:
        writer = _Appender(io.BytesIO(pdf), strict=False)
        if writer.prev.encrypted:
            raise UnreadablePdfError("signing.file_encrypted")
        earlier = integrity.signatures_in(writer.prev)
        if not earlier and writer.prev.xrefs.hybrid_xrefs_present:
            writer = _Appender(io.BytesIO(_rewritten(pdf)), strict=False)
    except UnreadablePdfError:
        raise
    except Exception as unreadable:  # a file from outside can break a parser in any way
        raise UnreadablePdfError from unreadable
    if any(signature.docmdp_level is MDPPerm.NO_CHANGES for signature in earlier):
        raise UnsignablePdfError
    if not all(finding.is_sound for finding in integrity.findings(writer.prev, earlier)):
        raise UnsignablePdfError("signing.file_changed")
    return writer, len(earlier)


def _rewritten(pdf: bytes) -> bytes:
    rewritten = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        document.save(rewritten)
    return rewritten.getvalue()


def _field_spec(field: str, order: Order, earlier: int) -> SigFieldSpec:
    locks = order.lock and earlier > 0
    return SigFieldSpec(
        field,
        on_page=order.box.page if order.box else 0,
        box=order.box.rectangle if order.box else None,
        field_mdp_spec=FieldMDPSpec(FieldMDPAction.ALL) if locks else None,
        doc_mdp_update_value=MDPPerm.NO_CHANGES if locks else None,
    )


def _setup(signer: Signer, order: Order, room: int, *, is_first: bool) -> SigObjSetup:
    """Describe the signature: a first one that locks certifies the file, a later one locks by its field."""
    signature = SignatureObject(
        timestamp=order.at,
        subfilter=SigSeedSubFilter.PADES,
        name=signer.name,
        location=order.location or None,
        reason=order.reason or None,
        bytes_reserved=2 * room,
    )
    certifies, locks = order.lock and is_first, order.lock and not is_first
    protection = SigMDPSetup(
        md_algorithm="sha256",
        certify=certifies,
        field_lock=FieldMDPSpec(FieldMDPAction.ALL) if locks else None,
        docmdp_perms=MDPPerm.NO_CHANGES if order.lock else None,
    )
    return SigObjSetup(sig_placeholder=signature, mdp_setup=protection if order.lock else None)


def _draw_mark(
    writer: IncrementalPdfFileWriter, field: generic.DictionaryObject, signer: Signer, order: Order
) -> None:
    annotation = get_single_field_annot(field)
    left, bottom, right, top = (float(number) for number in annotation.get("/Rect", (0, 0, 0, 0)))
    if left == right or bottom == top:
        return
    mark = stamp.Mark(signer.kind, signer.name, signer.title, signer.agency, order.at)
    stamp.draw(writer, annotation, mark)


def _container(signer: Signer, digest: bytes, room: int, time_stamp: TimeStamp | None) -> tuple[bytes, Level]:
    attributes = signer.container.signed_attributes(digest)
    signature = signer.key.sign(attributes)
    if time_stamp is not None:
        token = time_stamp(hashlib.sha256(signature).digest())
        if (
            token is not None
            and len(whole := signer.container.assemble(attributes, signature, token)) <= room
        ):
            return whole, Level.B_T
    return signer.container.assemble(attributes, signature), Level.B_B
