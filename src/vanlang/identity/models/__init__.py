"""Tables of people: who acts, for whom, and on what authority. Fields and constraints; no decision lives here."""

from vanlang.identity.models.entities import LegalEntity, Representation
from vanlang.identity.models.mandates import Mandate
from vanlang.identity.models.people import (
    Account,
    AccountManager,
    Activation,
    Allowance,
    Appointment,
    Person,
    Substitution,
)

__all__ = [
    "Account",
    "AccountManager",
    "Activation",
    "Allowance",
    "Appointment",
    "LegalEntity",
    "Mandate",
    "Person",
    "Representation",
    "Substitution",
]
