"""Tables of dossiers: fields and constraints; no decision lives here."""

from vanlang.dossiers.models.adoption import Adoption
from vanlang.dossiers.models.afterwards import PaperCopy, Rating
from vanlang.dossiers.models.alarm import Alarm
from vanlang.dossiers.models.apology import ApologyDraft
from vanlang.dossiers.models.codes import CodeCounter
from vanlang.dossiers.models.dossier import Dossier, Seat
from vanlang.dossiers.models.history import Attachment, DueChange, Movement
from vanlang.dossiers.models.opinion import Opinion
from vanlang.dossiers.models.outcome import Outcome
from vanlang.dossiers.models.rectification import Rectification
from vanlang.dossiers.models.supplement import SupplementItem, SupplementProposal, SupplementRequest
from vanlang.dossiers.models.words import SeatWords

__all__ = [
    "Adoption",
    "Alarm",
    "ApologyDraft",
    "Attachment",
    "CodeCounter",
    "Dossier",
    "DueChange",
    "Movement",
    "Opinion",
    "Outcome",
    "PaperCopy",
    "Rating",
    "Rectification",
    "Seat",
    "SeatWords",
    "SupplementItem",
    "SupplementProposal",
    "SupplementRequest",
]
