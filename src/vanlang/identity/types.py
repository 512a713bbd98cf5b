from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass
from enum import StrEnum


class ActorKind(StrEnum):
    NOBODY = "nobody"
    """A visitor who has not signed in."""
    CITIZEN = "citizen"
    OFFICER = "officer"
    SYSTEM = "system"
    """A job or a command of the operator."""


class Role(StrEnum):
    """What an appointment lets its holder do. Roles are kept apart by law: who receives does not decide."""

    COUNTER = "counter"
    """Receives at the one-stop counter, asks for supplements, returns results."""
    SPECIALIST = "specialist"
    """Examines and proposes; does not sign."""
    LEADER = "leader"
    """Approves and signs, within agency, procedure and mandate period."""
    CLERK = "clerk"
    """Numbers and releases; may not change a signed text."""
    ACCOUNTANT = "accountant"
    """Compares the books with what banks and platforms say, explains, closes days. Takes no money, decides no dossier."""
    CATALOGUE_EDITOR = "catalogue_editor"
    """Edits procedures, processes and fees; confirms what the import was not sure of."""
    ADMIN = "admin"
    """Appoints officers of the agency. Does not read dossiers by default."""


class EntityKind(StrEnum):
    """What a legal entity is known by."""

    ENTERPRISE = "enterprise"
    """By its enterprise code: companies, co-operatives, household businesses, and their branches."""
    OTHER = "other"
    """By the decision that founded it: associations, schools, parishes, agencies that ask another one."""


class RepresentationKind(StrEnum):
    """Why somebody speaks for a legal entity."""

    LEGAL = "legal"
    """Its legal representative by charter or law."""
    AUTHORISED = "authorised"
    """Sent by it: a letter of introduction, an authorisation."""


class MandateKind(StrEnum):
    """On what ground one person acts for another. The kinds are evidence, not rank."""

    PARENT = "parent"
    """Father or mother of a child who is not yet of age."""
    GUARDIAN = "guardian"
    WRITTEN = "written"
    """A signed paper was shown, notarised or not."""
    IN_PERSON = "in_person"
    """Said by the principal at the counter, before the officer, and signed on the slip."""
    ONLINE = "online"
    """Given by the principal, signed in with their electronic identity."""


@dataclass(frozen=True, slots=True)
class Absent:
    """A colleague on leave for whom an officer stands today."""

    appointment_id: int
    unit_id: int
    name: str
    roles: frozenset[Role]
    """What the substitute may do of what the absent one may. `LEADER` only by a decision with a number."""
    until_on: dt.date
    """The day on which the absent one is back."""


@dataclass(frozen=True, slots=True)
class Actor:
    """
    Who acts, in which role: one account in one appointment at a time.

    A person with several appointments chooses the one to work in; the permission layer, row-level security and
    the log all look at this value only.
    """

    kind: ActorKind
    account_id: int | None = None
    person_id: uuid.UUID | None = None
    appointment_id: int | None = None
    agency_id: int | None = None
    unit_id: int | None = None
    roles: frozenset[Role] = frozenset()
    name: str = ""
    title: str = ""
    stands_for: tuple[Absent, ...] = ()
    """Absent colleagues of the same agency: their dossiers are this officer's too, and each act says for whom."""
    entity_id: uuid.UUID | None = None
    """The legal entity for which a citizen chose to act, while they represent it."""
    entity_name: str = ""

    def has(self, role: Role) -> bool:
        return role in self.roles

    @property
    def is_officer(self) -> bool:
        return self.kind is ActorKind.OFFICER

    @property
    def is_citizen(self) -> bool:
        return self.kind is ActorKind.CITIZEN


NOBODY = Actor(ActorKind.NOBODY)
SYSTEM = Actor(ActorKind.SYSTEM, name="Hệ thống")


@dataclass(frozen=True, slots=True)
class PersonCard:
    """A person. Personal data: whoever shows it has written the read."""

    id: uuid.UUID
    personal_id: str
    """Twelve digits, or empty when the person gave none; never invented."""
    full_name: str
    born_on: dt.date | None
    gender: str
    address: str
    phone: str
    email: str


@dataclass(frozen=True, slots=True)
class ContactCard:
    """Where an account can be written to. Personal data."""

    account_id: int
    name: str
    email: str


@dataclass(frozen=True, slots=True)
class AppointmentCard:
    """An officer's place: agency, unit, title, roles."""

    id: int
    account_id: int
    name: str
    title: str
    agency_id: int
    unit_id: int
    unit_name: str
    roles: frozenset[Role]
    person_id: uuid.UUID | None = None
    """Who the officer is as a person, where the account knows: nobody handles their own dossier."""
    stands_for: tuple[Absent, ...] = ()
    """Known where an officer's own appointments are asked for; empty in lists of officers."""


@dataclass(frozen=True, slots=True)
class SubstitutionCard:
    """Who stands in for whom, from a day until another."""

    id: int
    absent: AppointmentCard
    substitute: AppointmentCard
    roles: frozenset[Role]
    valid_from: dt.date
    valid_to: dt.date
    """The first day on which it holds no more."""
    reason: str
    decision: str
    """Number of the decision by which a leader's powers pass; empty when none do."""
    decided_on: dt.date | None
    set_by_name: str

    def covers(self, on: dt.date) -> bool:
        return self.valid_from <= on < self.valid_to


@dataclass(frozen=True, slots=True)
class Standing:
    """The appointments of an account that are valid on a day, oldest first."""

    on: dt.date
    appointments: tuple[AppointmentCard, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EntityCard:
    """A legal entity. Public data."""

    id: uuid.UUID
    kind: EntityKind
    number: str
    name: str
    address: str
    phone: str
    email: str

    @property
    def shown_number(self) -> str:
        """The number as it is printed: a branch's suffix stands behind a hyphen."""
        is_branch = self.kind is EntityKind.ENTERPRISE and len(self.number) == 13
        return f"{self.number[:10]}-{self.number[10:]}" if is_branch else self.number


@dataclass(frozen=True, slots=True, kw_only=True)
class RepresentationCard:
    """That a person speaks for a legal entity."""

    id: uuid.UUID
    entity: EntityCard
    person_id: uuid.UUID
    person_name: str
    kind: RepresentationKind
    title: str
    ground: str
    valid_from: dt.date
    valid_to: dt.date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MandateCard:
    """That one person may act for another."""

    id: uuid.UUID
    kind: MandateKind
    principal_id: uuid.UUID | None
    principal_entity_id: uuid.UUID | None
    principal_name: str
    agent_id: uuid.UUID
    agent_name: str
    procedure_codes: tuple[str, ...]
    """Empty: for every procedure."""
    ground: str
    is_notarised: bool
    valid_from: dt.date
    valid_to: dt.date | None
    given_at: dt.datetime
    revoked_at: dt.datetime | None
    recorded_by_id: int | None = None


@dataclass(frozen=True, slots=True)
class StaffCard:
    """One line of a staff list: an account in one appointment, valid or still to come."""

    account_id: int
    username: str
    full_name: str
    email: str
    appointment_id: int
    agency_id: int
    unit_id: int
    title: str
    roles: frozenset[Role]
    valid_from: dt.date
    valid_to: dt.date | None
    is_active: bool
    has_password: bool
    has_second_factor: bool


@dataclass(frozen=True, slots=True)
class IssuedActivation:
    """A link to set a password, as it is printed. The token is known here and nowhere else."""

    account_id: int
    username: str
    full_name: str
    token: str
    expires_at: dt.datetime
