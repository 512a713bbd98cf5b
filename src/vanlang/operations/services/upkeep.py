"""Commands: keep the outcome of a backup, a drill or a restore; plant the sample that a drill opens, and open it."""

from __future__ import annotations

import hashlib
import io
from datetime import datetime

import pikepdf
from cryptography.exceptions import InvalidTag
from django.db import transaction

from vanlang.audit.api import record_act
from vanlang.files.api import PDF_ONLY, FileDamagedError, UnknownFileError, read, store
from vanlang.identity.api import SYSTEM
from vanlang.operations.errors import SampleSpoiledError
from vanlang.operations.models import Sample, Upkeep
from vanlang.operations.types import OpenedSample, UpkeepCard


@transaction.atomic
def note(*, outcome: UpkeepCard) -> None:
    """Keep an outcome, and write its line in the log: a restore is an act that someone may have to answer for."""
    row = Upkeep.objects.create(
        kind=outcome.kind, began_at=outcome.began_at, ended_at=outcome.ended_at, is_good=outcome.is_good,
        facts=outcome.facts,
    )  # fmt: skip
    record_act(
        act=f"operations.{outcome.kind}", actor=SYSTEM, object_type="upkeep", object_id=row.pk, at=outcome.ended_at,
        facts={"is_good": outcome.is_good, "name": outcome.facts.get("name", "")},
    )  # fmt: skip


@transaction.atomic
def plant_sample(*, at: datetime) -> None:
    """Have one sample in the database and the file store. Does nothing when there is one: it is proved by being old."""
    if Sample.objects.exists():
        return
    says = f"Mẫu thử của bản sao lưu, đặt ngày {at:%d/%m/%Y}. Không nói về ai."
    paper = store(content=_paper(says), name="Mẫu thử sao lưu.pdf", at=at, policy=PDF_ONLY)
    Sample.objects.create(says=says, says_sha256=_sha256(says), paper_id=paper.id, planted_at=at)


def open_sample() -> OpenedSample:
    """
    Open the sample as any sealed column and any paper is opened.

    Raises: SampleSpoiledError when there is none, the key is another, or the paper is not what was stored.
    """
    try:
        row = Sample.objects.order_by("id").first()
    except InvalidTag:
        raise SampleSpoiledError("operations.sample_sealed") from None
    if row is None:
        raise SampleSpoiledError
    if _sha256(row.says) != row.says_sha256:
        raise SampleSpoiledError("operations.sample_sealed")
    try:
        content = read(row.paper_id)
    except (FileDamagedError, UnknownFileError):
        raise SampleSpoiledError("operations.sample_paper") from None
    return OpenedSample(row.says, len(content))


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _paper(says: str) -> bytes:
    """Return a page that holds nothing but a title."""
    with pikepdf.new() as pdf, io.BytesIO() as buffer:
        pdf.add_blank_page(page_size=(595, 842))
        pdf.docinfo["/Title"] = says
        pdf.save(buffer)
        return buffer.getvalue()
