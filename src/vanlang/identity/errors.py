from __future__ import annotations

from vanlang.kernel.errors import Conflict, Invalid, NotAllowed, NotFound, OutsideSystemError


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


class UnknownEntityError(NotFound):
    code = "identity.unknown_entity"


class UnknownMandateError(NotFound):
    code = "identity.unknown_mandate"


class EntityRefusedError(Invalid):
    """What was typed of a legal entity cannot be one."""

    code = "identity.enterprise_code_malformed"


class RepresentationError(NotAllowed):
    """Nobody acts for a legal entity that they do not represent today."""

    code = "identity.represents_nobody"


class MandateRefusedError(Invalid):
    """A mandate cannot be given like this."""

    code = "identity.mandate_period_empty"


class PersonalIdError(Invalid):
    code = "identity.personal_id_malformed"


class AppointmentError(Conflict):
    code = "identity.appointment_refused"


class SubstitutionError(Conflict):
    code = "identity.substitution_overlaps"


class SubstitutionNotAcceptableError(Invalid):
    code = "identity.substitution_not_acceptable"


class SubstitutionNotAllowedError(NotAllowed):
    code = "identity.substitution_not_yours"


class IdentityProviderError(NotAllowed):
    """The identity provider did not vouch for the visitor, or not in a way that can be believed."""

    code = "identity.provider_refused"


class SignInInterruptedError(Invalid):
    """The visitor came back without the sign-in that we sent them on: too late, twice, or never sent."""

    status = 400
    code = "identity.sign_in_interrupted"


class ProviderUnreachableError(OutsideSystemError):
    code = "identity.provider_unreachable"


class ActivationError(Conflict):
    """The link to set a password opens nothing."""

    code = "identity.activation_unknown"


class PasswordError(Invalid):
    code = "identity.password_weak"
