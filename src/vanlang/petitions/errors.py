from __future__ import annotations

from vanlang.kernel.errors import Conflict, Invalid, NotAllowed, NotFound


class PetitionNotFoundError(NotFound):
    """No such petition, or not for whoever asks."""

    code = "petitions.not_found"


class PetitionActError(Conflict):
    """The state of the petition forbids the act now."""

    code = "petitions.act_not_in_state"


class PetitionNotAllowedError(NotAllowed):
    code = "petitions.act_not_for_role"


class PetitionNotAcceptableError(Invalid):
    """What was sent cannot be done as sent."""

    code = "petitions.empty"


class PetitionChangedError(Conflict):
    """Somebody acted in between."""

    code = "petitions.changed_meanwhile"


class TooManyPetitionsError(Conflict):
    """Too often in a short time: said with 429 by the pages."""

    code = "kernel.too_many_attempts"
