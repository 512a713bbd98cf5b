"""
What is said at the portal of the administration: PhanAnh, BoSungPhanAnh, DanhGiaPhanAnh.

It becomes a petition like any other, once for each MaPAKN; its sender speaks through the portal, where they signed in. A file
that our checks refuse is left out and named in the petition's history: what was said is not kept waiting for it.
"""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass, replace

from vanlang.connectors.api import Arrival
from vanlang.identity.api import SYSTEM as THE_HOUSE
from vanlang.kernel.clock import VIETNAM
from vanlang.nationalportal.arrivals import papers
from vanlang.nationalportal.errors import CannotTakeInError
from vanlang.nationalportal.rules import reading
from vanlang.nationalportal.types import SYSTEM
from vanlang.organizations.api import find_agency_by_code
from vanlang.petitions.api import (
    Brought,
    PetitionSource,
    Sender,
    SenderKey,
    file_petition,
    find_external,
    is_told_alike,
    say_satisfaction,
    supplement,
)

THE_SENDER = SenderKey(source=PetitionSource.NATIONAL)
SATISFIED = {"1": True, "0": False}


@dataclass(frozen=True, slots=True)
class PetitionReceiver:
    """Takes in what somebody says there."""

    kind: str = "PhanAnh"
    system: str = SYSTEM
    opens: bool = True

    def prepare(self, arrival: Arrival, *, at: dt.datetime) -> None:
        """Fetch its files, but not of what is here already."""
        if find_external(PetitionSource.NATIONAL, arrival.external_id) is None:
            papers.fetch(_with_files(arrival), at=at)

    def apply(self, arrival: Arrival, *, at: dt.datetime) -> None:
        brought, refused = _brought(arrival, at), 0
        known = find_external(PetitionSource.NATIONAL, arrival.external_id)
        if known is not None:
            if not is_told_alike(known, brought):
                raise CannotTakeInError("nationalportal.filed_differently")
            return
        files, refused = _files(arrival)
        note = f"Không nhận {refused} tệp đính kèm: không qua kiểm tra an toàn." if refused else ""
        file_petition(brought=replace(brought, stored=files), actor=THE_HOUSE, at=at, note=note)


@dataclass(frozen=True, slots=True)
class PetitionSupplementReceiver:
    """Takes what the sender was asked for."""

    kind: str = "BoSungPhanAnh"
    system: str = SYSTEM

    def apply(self, arrival: Arrival, *, at: dt.datetime) -> None:
        text = _words(arrival, "NoiDung")
        supplement(petition_id=_petition_of(arrival), text=text, key=THE_SENDER, at=at)


@dataclass(frozen=True, slots=True)
class SatisfactionReceiver:
    """Keeps whether the sender is satisfied with the answer."""

    kind: str = "DanhGiaPhanAnh"
    system: str = SYSTEM

    def apply(self, arrival: Arrival, *, at: dt.datetime) -> None:
        said = SATISFIED.get(reading.text(arrival.content, "HaiLong"))
        if said is None:
            raise CannotTakeInError("nationalportal.unknown_mark")
        why = _words(arrival, "NoiDung")
        say_satisfaction(petition_id=_petition_of(arrival), is_satisfied=said, why=why, key=THE_SENDER, at=at)


RECEIVERS = (PetitionReceiver(), PetitionSupplementReceiver(), SatisfactionReceiver())


def _brought(arrival: Arrival, at: dt.datetime) -> Brought:
    told = arrival.content
    filed_at = reading.instant(told, "NgayGui", latest=arrival.arrived_at)
    agency = find_agency_by_code(reading.text(told, "MaDonVi"), at.astimezone(VIETNAM).date())
    if agency is None:
        raise CannotTakeInError("nationalportal.unknown_agency", agency=reading.text(told, "MaDonVi")[:40])
    return Brought(
        title=reading.text(told, "TieuDe"),
        text=_words(arrival, "NoiDung"),
        sender=Sender(
            reading.text(told, "HoTen"), reading.text(told, "SoDienThoai"), reading.text(told, "Email")
        ),
        agency_id=agency.id,
        source=PetitionSource.NATIONAL,
        external_id=arrival.external_id,
        dossier_code=reading.text(told, "MaHoSo"),
        filed_at=filed_at,
    )


def _words(arrival: Arrival, name: str) -> str:
    """Return a text with its lines, as it was written; nothing for anything else."""
    value = arrival.content.get(name)
    return value if isinstance(value, str) else ""


def _files(arrival: Arrival) -> tuple[tuple[uuid.UUID, ...], int]:
    """Return the files that our checks let through, and how many they did not. Raises: PapersPendingError."""
    kept = papers.kept_of(_with_files(arrival))
    files = tuple(row.file_id for _, row in kept if row.file_id is not None)
    return files, len(kept) - len(files)


def _with_files(arrival: Arrival) -> Arrival:
    """Return the message with its files where those of a dossier stand."""
    return replace(arrival, content={**arrival.content, "TaiLieuNop": arrival.content.get("TaiLieu")})


def _petition_of(arrival: Arrival) -> uuid.UUID:
    found = find_external(PetitionSource.NATIONAL, arrival.external_id)
    if found is None:
        raise CannotTakeInError("nationalportal.unknown_petition")
    return found
