"""Tables of teamwork: fields and constraints; no decision lives here."""

from vanlang.teamwork.models.deciding import Batch, BatchLine
from vanlang.teamwork.models.digest import Digest, DigestChoice
from vanlang.teamwork.models.talk import Follow, Mention, Note
from vanlang.teamwork.models.transfer import Transfer, TransferLine
from vanlang.teamwork.models.view import SavedView

__all__ = [
    "Batch",
    "BatchLine",
    "Digest",
    "DigestChoice",
    "Follow",
    "Mention",
    "Note",
    "SavedView",
    "Transfer",
    "TransferLine",
]
