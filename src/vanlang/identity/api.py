"""
People: who acts, in which role, and who they are to the state.

`Actor` is the one value that the permission layer, row-level security and the log look at: an account in one
appointment at a time. A citizen's account hangs on the personal id that the identity provider vouched for;
an officer's hangs on appointments, which are dated and carry roles. `Person` holds personal data: whoever
shows it writes the read first (`audit.api.record_read`).

A view says for whom it is: `@public`, `@citizen_required`, `@officer_required`, `@officer_required(Role.LEADER)` or
`@signed_in_required`, as its topmost decorator. Signing and other grave acts call `require_fresh_second_factor(request)`
in the view. `appoint_substitute` lets an officer stand in for a colleague on leave: dated, between equals, a leader's powers
only by a decision; the actor then carries `stands_for`. What strangers may try only so often asks `consume(key, limit=…, per=…, at=…)` first.
"""

from vanlang.identity.errors import (
    AppointmentError,
    PersonalIdError,
    SecondFactorRequiredError,
    SignInRequiredError,
    SubstitutionError,
    SubstitutionNotAcceptableError,
    SubstitutionNotAllowedError,
    TooManyAttemptsError,
    UnknownPersonError,
)
from vanlang.identity.labels import ROLES as ROLE_LABELS
from vanlang.identity.permissions import (
    access_of,
    citizen_required,
    has_fresh_second_factor,
    officer_required,
    public,
    require_fresh_second_factor,
    sign_in_url,
    signed_in_required,
)
from vanlang.identity.queries import (
    actor_for,
    actor_of,
    find_contact,
    find_person,
    find_substitution,
    get_appointments,
    get_person,
    list_appointments,
    list_officers,
    list_substitutions,
)
from vanlang.identity.requests import SESSION_KEY, actor_from, scope_of
from vanlang.identity.rules.access import Access, may_enter
from vanlang.identity.rules.personal_id import check_personal_id, clean_personal_id
from vanlang.identity.services import (
    PersonFacts,
    account_of_citizen,
    add_officer_account,
    appoint,
    appoint_substitute,
    consume,
    end_appointment,
    end_substitution,
    forget_full_allowances,
    give_back,
    remember_person,
)
from vanlang.identity.types import (
    NOBODY,
    SYSTEM,
    Absent,
    Actor,
    ActorKind,
    AppointmentCard,
    ContactCard,
    PersonCard,
    Role,
    SubstitutionCard,
)

__all__ = [
    "NOBODY",
    "ROLE_LABELS",
    "SESSION_KEY",
    "SYSTEM",
    "Absent",
    "Access",
    "Actor",
    "ActorKind",
    "AppointmentCard",
    "AppointmentError",
    "ContactCard",
    "PersonCard",
    "PersonFacts",
    "PersonalIdError",
    "Role",
    "SecondFactorRequiredError",
    "SignInRequiredError",
    "SubstitutionCard",
    "SubstitutionError",
    "SubstitutionNotAcceptableError",
    "SubstitutionNotAllowedError",
    "TooManyAttemptsError",
    "UnknownPersonError",
    "access_of",
    "account_of_citizen",
    "actor_for",
    "actor_from",
    "actor_of",
    "add_officer_account",
    "appoint",
    "appoint_substitute",
    "check_personal_id",
    "citizen_required",
    "clean_personal_id",
    "consume",
    "end_appointment",
    "end_substitution",
    "find_contact",
    "find_person",
    "find_substitution",
    "forget_full_allowances",
    "get_appointments",
    "get_person",
    "give_back",
    "has_fresh_second_factor",
    "list_appointments",
    "list_officers",
    "list_substitutions",
    "may_enter",
    "officer_required",
    "public",
    "remember_person",
    "require_fresh_second_factor",
    "scope_of",
    "sign_in_url",
    "signed_in_required",
]
