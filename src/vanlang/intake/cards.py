"""Who is who as the counter writes it down, and what may be there already."""

from __future__ import annotations

import datetime as dt
import hashlib
import uuid
from dataclasses import dataclass, fields
from typing import Any

from vanlang.dossiers.api import PartyFacts, SimilarDossier
from vanlang.identity.api import EntityKind, MandateKind, RepresentationKind


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonTold:
    """A person as the counter wrote them down: from their card, or as they said."""

    full_name: str
    personal_id: str = ""
    born_on: dt.date | None = None
    gender: str = ""
    address: str = ""
    phone: str = ""
    email: str = ""
    puts_right: bool = False
    """The officer saw what the house knows, and chose that this is right; else only gaps are filled."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EntityTold:
    """A legal entity as the counter wrote it down."""

    kind: EntityKind
    number: str
    name: str
    address: str = ""
    phone: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MandateTold:
    """A mandate that was shown or said at the counter just now."""

    kind: MandateKind
    ground: str = ""
    is_notarised: bool = False
    valid_to: dt.date | None = None
    only_this_procedure: bool = True
    paper: tuple[str, bytes] | None = None
    """Name and content of the scanned paper."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PartiesTold:
    """Who is who, as the counter wrote it down. Left out: subject, payer and recipient are the applicant."""

    applicant: PersonTold | EntityTold
    agent: PersonTold | None = None
    """Who came for the applicant; None when they came themselves."""
    ground: str = ""
    represents: RepresentationKind | None = None
    """The agent showed a paper that they speak for the legal entity: it is noted, and they may act for it online too."""
    mandate: MandateTold | None = None
    """Shown now. One that the house knows is found without being told."""
    subject: PersonTold | EntityTold | None = None
    payer: PersonTold | EntityTold | None = None
    recipient: PersonTold | EntityTold | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SettledParties:
    """Who is who, as a filing takes it: `Filing(…, **settled.as_filing())`."""

    applicant: PartyFacts
    agent: PartyFacts | None
    ground: str
    mandate_id: uuid.UUID | None
    subject: PartyFacts | None
    payer: PartyFacts | None
    recipient: PartyFacts | None

    def as_filing(self) -> dict[str, Any]:
        """Return the fields of a filing that say who is who."""
        return {field.name: getattr(self, field.name) for field in fields(self)}


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonDouble:
    """A person whom the house may know already, under another number or none. Masked: no read."""

    person_id: uuid.UUID
    name: str
    personal_id: str
    """Masked; empty when the house has none."""
    born_on: dt.date | None
    same_number: bool
    """The number is the same and the name is another."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubles:
    """What may be there already. A warning: whoever goes on is written down with what they saw."""

    people: tuple[PersonDouble, ...] = ()
    dossiers: tuple[SimilarDossier, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.people or self.dossiers)

    @property
    def token(self) -> str:
        """What was shown, in one word: going on is only for what was seen."""
        seen = [str(one.person_id) for one in self.people] + [str(one.dossier_id) for one in self.dossiers]
        return hashlib.sha256(" ".join(sorted(seen)).encode()).hexdigest()[:24]
