"""
A link that lets an officer set a password, once: for accounts made in bulk, and for a password that was forgotten.

Only a hash of the token is kept; the token itself is printed on the slip, or shown to the administrator once. A newer
link ends the older ones of its account. Whoever holds the slip and nothing else gets no further than a password: roles
that need a second factor set it up at their first sign-in.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from collections.abc import Sequence

from allauth.mfa.models import Authenticator
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from vanlang.audit.api import ActorRef, record_act, record_acts
from vanlang.identity.errors import ActivationError, PasswordError
from vanlang.identity.models import Account, Activation
from vanlang.identity.types import NOBODY, IssuedActivation
from vanlang.kernel.errors import Refusal, refuse_if
from vanlang.kernel.scope import Scope, acting

LIFE = dt.timedelta(days=14)
"""How long a printed slip is good for."""


@transaction.atomic
def issue_activations(
    *, account_ids: Sequence[int], reason: str, actor: ActorRef, at: dt.datetime
) -> list[IssuedActivation]:
    """
    Return a new link for each account, in the order asked; older ones of the account end.

    The tokens are in the answer and nowhere else. Raises: ActivationError without a reason.
    """
    if not reason.strip():
        raise ActivationError("identity.reason_missing")
    accounts = Account.objects.in_bulk(list(account_ids))
    Activation.objects.filter(account_id__in=list(accounts), used_at__isnull=True, expires_at__gt=at).update(
        expires_at=at
    )
    issued = [
        IssuedActivation(
            accounts[pk].pk,
            accounts[pk].username,
            accounts[pk].full_name,
            secrets.token_urlsafe(24),
            at + LIFE,
        )
        for pk in account_ids
        if pk in accounts
    ]
    Activation.objects.bulk_create(
        Activation(
            account_id=one.account_id, token_hash=_hash(one.token), created_at=at, expires_at=one.expires_at
        )
        for one in issued
    )
    lines = [(one.account_id, {"reason": reason.strip()[:200]}) for one in issued]
    record_acts(act="identity.issue_activation", actor=actor, object_type="account", lines=lines, at=at)
    return issued


def find_activation(token: str, *, at: dt.datetime) -> Activation | Refusal:
    """Return the activation that a token opens, or why it opens none."""
    row = Activation.objects.select_related("account").filter(token_hash=_hash(token)).first()
    if row is None:
        return Refusal("identity.activation_unknown")
    if row.used_at is not None:
        return Refusal("identity.activation_used")
    return Refusal("identity.activation_expired") if row.expires_at <= at else row


@transaction.atomic
def activate(*, token: str, password: str, at: dt.datetime) -> str:
    """
    Set the password of the account that a token opens, once; return its user name.

    Raises: ActivationError when the token is unknown, used or over; PasswordError when the password is too weak.
    """
    row = Activation.objects.select_for_update(of=("self",)).filter(token_hash=_hash(token)).first()
    found = find_activation(token, at=at)
    if row is None or isinstance(found, Refusal):
        raise ActivationError.of(
            found if isinstance(found, Refusal) else Refusal("identity.activation_unknown")
        )
    _set(found.account, password)
    row.used_at = at
    row.save(update_fields=["used_at"])
    with acting(Scope.system()):  # nobody is signed in yet, the line is still written
        record_act(
            act="identity.activate", actor=NOBODY, object_type="account", object_id=found.account_id, at=at
        )
    return found.account.username


@transaction.atomic
def change_password(*, account_id: int, password: str, actor: ActorRef, at: dt.datetime) -> None:
    """Give an account another password; every other session of it ends by itself. Raises: PasswordError."""
    account = Account.objects.select_for_update().get(pk=account_id)
    _set(account, password)
    record_act(
        act="identity.change_password", actor=actor, object_type="account", object_id=account_id, at=at
    )


@transaction.atomic
def lock_out(*, account_id: int, reason: str, actor: ActorRef, at: dt.datetime) -> IssuedActivation:
    """Take an account's password away and return a link for a new one: it was forgotten, or somebody else knows it."""
    (issued,) = issue_activations(account_ids=[account_id], reason=reason, actor=actor, at=at)
    account = Account.objects.select_for_update().get(pk=account_id)
    account.set_unusable_password()
    account.save(update_fields=["password"])
    record_act(
        act="identity.reset_password", actor=actor, object_type="account", object_id=account_id, at=at,
        facts={"reason": reason.strip()[:200]},
    )  # fmt: skip
    return issued


@transaction.atomic
def reset_second_factor(*, account_id: int, reason: str, actor: ActorRef, at: dt.datetime) -> int:
    """
    Take the second factor off an account whose telephone was lost; return how many keys ended.

    The role that needs one asks for a new one at the next sign-in. Raises: ActivationError without a reason.
    """
    if not reason.strip():
        raise ActivationError("identity.reason_missing")
    ended, _ = Authenticator.objects.filter(user_id=account_id).delete()
    record_act(
        act="identity.reset_second_factor", actor=actor, object_type="account", object_id=account_id, at=at,
        facts={"reason": reason.strip()[:200], "ended": ended},
    )  # fmt: skip
    return int(ended)


def why_weak(password: str, account: Account | None = None) -> Refusal | None:
    """Return why a password is not taken, or None."""
    try:
        validate_password(password, account)
    except ValidationError:
        return Refusal("identity.password_weak")
    return None


def _set(account: Account, password: str) -> None:
    refuse_if(why_weak(password, account), PasswordError)
    account.set_password(password)
    account.save(update_fields=["password"])


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
