"""What of a petition is kept to be compared with others."""

from __future__ import annotations

import uuid

from vanlang.kernel.sealing import mark
from vanlang.notifications.api import mobile
from vanlang.petitions.rules.repetition import shingles, sketch_of
from vanlang.petitions.types import Sender


def sketch_of_text(title: str, text: str) -> list[int]:
    """Return the keyed marks of the shingles of a petition: neither the words nor a dictionary lead back."""
    marks = (int(mark(f"shingle {one}")[:8], 16) >> 1 for one in shingles(f"{title}\n{text}"))
    return list(sketch_of(marks))


def sender_marks_of(sender: Sender, person_id: uuid.UUID | None) -> list[str]:
    """Return the keyed marks by which the same sender is found again."""
    told = []
    if phone := mobile(sender.phone) or "".join(sign for sign in sender.phone if sign.isdigit()):
        told.append(mark(f"petition phone {phone}"))
    if sender.email:
        told.append(mark(f"petition email {sender.email}"))
    if person_id is not None:
        told.append(mark(f"petition person {person_id}"))
    return told
