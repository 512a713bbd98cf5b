from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import NewType

AgencyId = NewType("AgencyId", int)
UnitId = NewType("UnitId", int)


class AgencyKind(StrEnum):
    PROVINCE = "province"
    """The people's committee of the province and its office."""
    DEPARTMENT = "department"
    """Sở, ban, ngành: a provincial agency."""
    COMMUNE = "commune"
    """Xã, phường, đặc khu: the people's committee below the province (no district since 1 July 2025)."""
    OTHER = "other"
    """Police, tax, insurance and others that take part without belonging to the province."""


class UnitKind(StrEnum):
    COUNTER = "counter"
    """One-stop counter, or public service centre: receives and returns."""
    SPECIALIST = "specialist"
    """Handles the content."""
    LEADERSHIP = "leadership"
    REGISTRY = "registry"
    """Numbers, seals and releases."""


class ChangeKind(StrEnum):
    RENAME = "rename"
    MERGE = "merge"
    SPLIT = "split"


@dataclass(frozen=True, slots=True)
class AgencyCard:
    """An agency as it was called on one day."""

    id: AgencyId
    code: str
    """National code: "H44.100"."""
    name: str
    """Full name: "UBND phường Việt Trì"."""
    short_name: str
    """For lists: "Phường Việt Trì"."""
    kind: AgencyKind
    address: str
    is_open: bool
    """Whether it exists on that day (a merged agency does not)."""


@dataclass(frozen=True, slots=True)
class UnitCard:
    id: UnitId
    agency_id: AgencyId
    name: str
    kind: UnitKind


@dataclass(frozen=True, slots=True)
class ChangeCard:
    """One reorganisation: which agencies ceased or changed, which continue."""

    kind: ChangeKind
    effective_on: dt.date
    decision: str
    from_codes: tuple[str, ...]
    to_codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NameCard:
    """What an agency was or is called, from a day to a day."""

    code: str
    name: str
    short_name: str
    valid_from: dt.date
    valid_to: dt.date | None
