"""Who is asking: read from a request and its session, and turned into the scope of the database."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from vanlang.identity.models import Account
from vanlang.identity.rules.sessions import SessionLimits, has_ended
from vanlang.identity.types import NOBODY, Actor, ActorKind, AppointmentCard, Role
from vanlang.kernel import clock
from vanlang.kernel.scope import Scope
from vanlang.organizations.api import get_agency
from vanlang.ui.types import PersonCard as Who

SESSION_KEY = "appointment_id"
"""Where the session keeps the appointment that its owner chose to work in."""

ENTITY_KEY = "entity_id"
"""Where the session keeps the legal entity for which its owner chose to act."""

SIGNED_IN_AT, SEEN_AT = "signed_in_at", "seen_at"
"""Where the session keeps when it began and when it was last used. Units: seconds since 1970."""

SEEN_STEP = dt.timedelta(minutes=1)
"""How exactly the last use is kept: a request writes it at most this often."""


def scope_of(actor: Actor) -> Scope:
    """Return the database scope of an actor."""
    if actor.kind is ActorKind.OFFICER and actor.agency_id is not None:
        return Scope.officer(actor.agency_id)
    if actor.kind is ActorKind.CITIZEN and actor.person_id is not None:
        return Scope.citizen(actor.person_id, entity_id=actor.entity_id)
    if actor.kind is ActorKind.SYSTEM:
        return Scope.system()
    return Scope.nobody()


def actor_from(request: HttpRequest) -> Actor:
    """Return who is asking."""
    actor = getattr(request, "actor", NOBODY)
    return actor if isinstance(actor, Actor) else NOBODY


def shown_to(*roles: Role) -> Callable[[HttpRequest], bool]:
    """Return the question by which a link of the navigation is shown to those who have one of `roles`."""
    return lambda request: bool(actor_from(request).roles & set(roles))


def actor_in_templates(request: HttpRequest) -> dict[str, Actor]:
    """Context processor: who is asking, as a value."""
    return {"actor": actor_from(request)}


def appointments_from(request: HttpRequest) -> tuple[AppointmentCard, ...]:
    """Return the appointments that the one who is asking may choose from, without a query."""
    account = getattr(request, "user", None)
    standing = account.standing if isinstance(account, Account) else None
    return standing.appointments if standing else ()


def describe_person(request: HttpRequest) -> Who | None:
    """Return who is signed in as the frame of a page says it."""
    actor = actor_from(request)
    if actor.is_officer and actor.agency_id is not None:
        agency = get_agency(actor.agency_id, clock.today())
        return Who(actor.name, f"{actor.title}, {agency.short_name}")
    if not actor.is_citizen:
        return None
    return Who(actor.name, f"Đang làm việc cho {actor.entity_name}") if actor.entity_id else Who(actor.name)


def choose_to_act_for(request: HttpRequest, entity_id: uuid.UUID | None) -> None:
    """Remember for whom the citizen acts from the next request on; whether they may is asked with each."""
    if entity_id is None:
        request.session.pop(ENTITY_KEY, None)
    else:
        request.session[ENTITY_KEY] = str(entity_id)


OFFICERS_DEVICE = "vl_officer"
"""Cookie that says when this device last worked as an officer's."""
OFFICERS_DEVICE_FOR = dt.timedelta(hours=24)


def mark_officers_device(request: HttpRequest, response: HttpResponseBase, at: dt.datetime) -> None:
    """Note on the device that an officer worked on it; written again at most each hour."""
    last = _officer_here(request)
    if last is None or at - last >= dt.timedelta(hours=1):
        response.set_signed_cookie(
            OFFICERS_DEVICE, str(int(at.timestamp())), salt=OFFICERS_DEVICE, httponly=True, samesite="Lax",
            secure=request.is_secure(), max_age=OFFICERS_DEVICE_FOR,
        )  # fmt: skip


def was_officers_device(request: HttpRequest, at: dt.datetime) -> bool:
    """Tell whether this device worked as an officer's in the last day: what citizens say of officers is not said there."""
    last = _officer_here(request)
    return last is not None and at - last < OFFICERS_DEVICE_FOR


def _officer_here(request: HttpRequest) -> dt.datetime | None:
    text = request.get_signed_cookie(OFFICERS_DEVICE, default="", salt=OFFICERS_DEVICE)
    return dt.datetime.fromtimestamp(int(text), clock.VIETNAM) if text else None


def begin_session(request: HttpRequest, at: dt.datetime) -> None:
    """Note when the session began; its age and its rest are counted from here."""
    request.session[SIGNED_IN_AT] = request.session[SEEN_AT] = at.timestamp()


def session_has_ended(request: HttpRequest, actor: Actor, at: dt.datetime) -> bool:
    """Return whether the session of `actor` lived or lay still too long; note its use when it did not."""
    session = request.session
    if SIGNED_IN_AT not in session:
        begin_session(request, at)
        return False
    limits = SessionLimits(
        life=settings.VANLANG_SESSION_LIFE, idle=settings.VANLANG_OFFICER_IDLE if actor.is_officer else None
    )
    signed_in_at, seen_at = (
        dt.datetime.fromtimestamp(float(session.get(key, 0)), clock.VIETNAM)
        for key in (SIGNED_IN_AT, SEEN_AT)
    )
    if has_ended(signed_in_at=signed_in_at, seen_at=seen_at, at=at, limits=limits):
        return True
    if at - seen_at >= SEEN_STEP:
        session[SEEN_AT] = at.timestamp()
    return False
