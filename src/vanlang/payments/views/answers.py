"""What several pages of money share."""

from __future__ import annotations

import uuid
from collections.abc import Iterable

from django.contrib import messages
from django.http import HttpRequest

from vanlang.dossiers.api import DossierBrief, get_briefs
from vanlang.identity.api import Actor, Role
from vanlang.kernel.errors import DomainError
from vanlang.kernel.labels import sentence_of

WORKERS = (Role.COUNTER, Role.SPECIALIST, Role.LEADER, Role.ACCOUNTANT)
SEATED = (Role.COUNTER, Role.SPECIALIST, Role.LEADER)
"""Who sees dossiers, and so the money of one. An accountant compares lists, and opens none."""
KEEPERS = (Role.COUNTER, Role.LEADER, Role.ACCOUNTANT)
"""Who looks at lists of money; what they may do to it is a table of its own (`services.authority`)."""


def amount_of(text: str) -> int:
    """Return an amount as it was typed, dots and spaces allowed; 0 when it is none. Units: đồng."""
    digits = "".join(letter for letter in text if letter not in ". \u00a0,đ")
    return int(digits) if digits.isdecimal() and len(digits) < 13 else 0


def briefs(dossier_ids: Iterable[uuid.UUID], actor: Actor) -> dict[uuid.UUID, DossierBrief]:
    """Return where dossiers stand; nothing of a person."""
    return get_briefs(dossier_ids, actor=actor)


def say_why_not(request: HttpRequest, error: DomainError) -> int:
    """Keep the sentence of a refusal for the page that is shown; return its status."""
    sentence = sentence_of(error.code, error.facts)
    messages.error(request, f"{sentence.says} {sentence.do_now}")
    return type(error).status


def uuid_of(text: str) -> uuid.UUID:
    """Return an id as a form sent it; one that nothing has for anything else."""
    try:
        return uuid.UUID(text)
    except ValueError:
        return uuid.UUID(int=0)
