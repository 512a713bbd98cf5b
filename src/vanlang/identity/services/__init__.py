from vanlang.identity.services.activation import (
    activate,
    change_password,
    find_activation,
    issue_activations,
    lock_out,
    reset_second_factor,
    why_weak,
)
from vanlang.identity.services.enrolment import Enrolment, amend_enrolment, discard_enrolment, enrol
from vanlang.identity.services.entities import (
    EntityFacts,
    add_representation,
    end_representation,
    remember_entity,
    require_representation,
)
from vanlang.identity.services.mandates import (
    MandateFacts,
    MandateNotYoursError,
    give_mandate,
    revoke_mandate,
)
from vanlang.identity.services.officers import add_officer_account, appoint, end_appointment
from vanlang.identity.services.people import PersonFacts, account_of_citizen, meet_person, remember_person
from vanlang.identity.services.sign_in import (
    choose_appointment,
    record_refused_sign_in,
    record_second_factor,
    record_sign_in,
    record_sign_out,
)
from vanlang.identity.services.substituting import appoint_substitute, end_substitution
from vanlang.identity.services.throttle import consume, forget_full_allowances, give_back

__all__ = [
    "Enrolment",
    "EntityFacts",
    "MandateFacts",
    "MandateNotYoursError",
    "PersonFacts",
    "account_of_citizen",
    "activate",
    "add_officer_account",
    "add_representation",
    "amend_enrolment",
    "appoint",
    "appoint_substitute",
    "change_password",
    "choose_appointment",
    "consume",
    "discard_enrolment",
    "end_appointment",
    "end_representation",
    "end_substitution",
    "enrol",
    "find_activation",
    "forget_full_allowances",
    "give_back",
    "give_mandate",
    "issue_activations",
    "lock_out",
    "meet_person",
    "record_refused_sign_in",
    "record_second_factor",
    "record_sign_in",
    "record_sign_out",
    "remember_entity",
    "remember_person",
    "require_representation",
    "reset_second_factor",
    "revoke_mandate",
    "why_weak",
]
