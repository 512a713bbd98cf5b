"""Tables of dossiers: fields and constraints; no decision lives here."""

from vanlang.dossiers.models.alarm import Alarm
from vanlang.dossiers.models.codes import CodeCounter
from vanlang.dossiers.models.dossier import Dossier, Seat
from vanlang.dossiers.models.history import Attachment, DueChange, Movement
from vanlang.dossiers.models.outcome import Outcome
from vanlang.dossiers.models.supplement import SupplementItem, SupplementRequest

__all__ = [
    "Alarm",
    "Attachment",
    "CodeCounter",
    "Dossier",
    "DueChange",
    "Movement",
    "Outcome",
    "Seat",
    "SupplementItem",
    "SupplementRequest",
]
