"""Everything that a version says, as one value: what reading yields, editing changes, and storing writes."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from vanlang.catalogue.types import (
    Audience,
    Channel,
    Level,
    Limit,
    Money,
    OnlineLevel,
    Origin,
    PaperKind,
    Reason,
    StepRole,
)


@dataclass(frozen=True, slots=True)
class Question:
    """What a department is asked. `path` names the place in the content, stable while the source stays the same."""

    reason: Reason
    path: str
    raw: str


@dataclass(frozen=True, slots=True)
class PaperContent:
    name: str
    kind: PaperKind
    originals: int | None
    copies: int | None
    form_files: tuple[str, ...] = ()
    section: str = ""
    condition: str = ""
    """When it is needed; empty when always."""
    is_required: bool = True
    note: str = ""


@dataclass(frozen=True, slots=True)
class YieldContent:
    """The register that a granted outcome of a case is written into, and where each fact comes from."""

    register: str
    fields: Mapping[str, str]
    """Field of the register → source, as `registers.api.mapping` reads it."""
    holder: str = "dossier.applicant_name"
    """Source of the name of whose matter it is."""
    organisation: str = ""
    """Source of the name of an organisation that holds it; empty when a person does."""


@dataclass(frozen=True, slots=True)
class TakeContent:
    """A result of a register that a case takes: instead of one of its papers, into its form, or both."""

    register: str
    paper: str = ""
    """Name of the paper that it stands for; empty when it is none and only fills the form."""
    fills: Mapping[str, str] = field(default_factory=dict)
    """Question of the form → field of the register."""


SPARSE = {"sparse": True}
"""Marks a field that stays out of the digest while it is empty or its default: what was stored before it existed keeps its digest."""


@dataclass(frozen=True, slots=True)
class CaseContent:
    title: str
    papers: tuple[PaperContent, ...]
    form_code: str = ""
    yields: YieldContent | None = field(default=None, metadata=SPARSE)
    takes: tuple[TakeContent, ...] = field(default=(), metadata=SPARSE)


@dataclass(frozen=True, slots=True)
class LimitContent:
    channel: Channel
    limit: Limit
    source: str
    origin: Origin
    case: int | None = None
    """Index into the cases; None: for every case."""


@dataclass(frozen=True, slots=True)
class FeeContent:
    money: Money
    source: str
    origin: Origin
    channel: Channel | None = None
    """None: for every channel."""
    name: str = ""
    basis: str = ""
    case: int | None = None


@dataclass(frozen=True, slots=True)
class StepContent:
    name: str
    role: StepRole
    share: int
    case: int | None = None
    phase: int = field(default=1, metadata=SPARSE)
    """Which phase it belongs to; between two phases the citizen fulfils an obligation."""


@dataclass(frozen=True, slots=True)
class OutcomeContent:
    code: str
    name: str
    template: str = ""


@dataclass(frozen=True, slots=True)
class Content:
    """A version before it is stored, and after it is loaded."""

    name: str
    field: str
    levels: tuple[Level, ...]
    audience: tuple[Audience, ...]
    online_level: OnlineLevel
    department: str
    """Code of the agency that answers for it."""
    source: str
    origin: Origin
    cases: tuple[CaseContent, ...] = ()
    limits: tuple[LimitContent, ...] = ()
    fees: tuple[FeeContent, ...] = ()
    process: tuple[StepContent, ...] = ()
    outcomes: tuple[OutcomeContent, ...] = ()
    legal_basis: tuple[tuple[str, str], ...] = ()
    """(number, title)."""
    kind: str = ""
    decision: str = ""
    authority: str = ""
    receiving_place: str = ""
    steps: str = ""
    conditions: str = ""
    source_url: str = ""


def digest(value: object) -> str:
    """Return the SHA-256 of a frozen dataclass or JSON value: equal values, equal digests."""
    return hashlib.sha256(canonical(value).encode()).hexdigest()


def canonical(value: object) -> str:
    """Return the JSON of a frozen dataclass or JSON value, keys in order, without spaces."""
    return json.dumps(value, default=_plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _plain(value: object) -> object:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {
            one.name: getattr(value, one.name)
            for one in dataclasses.fields(value)
            if not one.metadata.get("sparse") or getattr(value, one.name) not in (None, "", (), one.default)
        }
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, Mapping):
        return dict(value)
    return str(value)
