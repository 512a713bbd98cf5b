"""Tables of petitions: fields and constraints; no decision lives here."""

from vanlang.petitions.models.answer import PetitionAnswer, PetitionPublication, PetitionSatisfaction
from vanlang.petitions.models.history import (
    PetitionAttachment,
    PetitionMovement,
    PetitionSupplement,
)
from vanlang.petitions.models.marks import PetitionCommonMark
from vanlang.petitions.models.petition import Petition, PetitionCounter

__all__ = [
    "Petition",
    "PetitionAnswer",
    "PetitionAttachment",
    "PetitionCommonMark",
    "PetitionCounter",
    "PetitionMovement",
    "PetitionPublication",
    "PetitionSatisfaction",
    "PetitionSupplement",
]
