from __future__ import annotations

from vanlang.kernel.errors import Conflict, Invalid, NotAllowed, NotFound


class SignInRequiredError(NotAllowed):
    code = "identity.sign_in_required"


class SecondFactorRequiredError(NotAllowed):
    code = "identity.second_factor_required"


class TooManyAttemptsError(NotAllowed):
    """Raised from what `consume` refused. Answered with 429 and, where known, when to come back."""

    status = 429
    code = "kernel.too_many_attempts"


class UnknownPersonError(NotFound):
    code = "identity.unknown_person"


class PersonalIdError(Invalid):
    code = "identity.personal_id_malformed"


class AppointmentError(Conflict):
    code = "identity.appointment_refused"
