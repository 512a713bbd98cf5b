"""Who is asking: written on the request for the permission layer, and into the database for the net below it."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode

from vanlang.identity.errors import SecondFactorRequiredError
from vanlang.identity.forms import CodeForm
from vanlang.identity.models import Account
from vanlang.identity.permissions.marking import own_path, page_of
from vanlang.identity.queries import act_for, actor_for
from vanlang.identity.requests import (
    ENTITY_KEY,
    SESSION_KEY,
    mark_officers_device,
    scope_of,
    session_has_ended,
)
from vanlang.identity.types import NOBODY, Actor
from vanlang.kernel import clock
from vanlang.kernel.scope import acting
from vanlang.ui.rendering import render_page


class ActorMiddleware:
    """
    Set `request.actor` and act in its scope until the response is made.

    Two queries for whoever is signed in: the session, and the account with its appointments. None for a visitor.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        actor = self._actor(request)
        request.actor = actor  # type: ignore[attr-defined] # every view reads it through identity.api.actor_from
        with acting(scope_of(actor)):
            response = self.get_response(request)
        if actor.is_officer:
            mark_officers_device(request, response, clock.now())
        return response

    def _actor(self, request: HttpRequest) -> Actor:
        account = request.user
        if not isinstance(account, Account):
            return NOBODY
        at = clock.now()
        actor = actor_for(account, on=at.date(), appointment_id=request.session.get(SESSION_KEY))
        if actor.is_citizen and ENTITY_KEY in request.session:
            actor = act_for(actor, uuid.UUID(request.session[ENTITY_KEY]), at.date())
        if session_has_ended(request, actor, at):
            request.session.flush()
            request.user = AnonymousUser()
            request.session_ended = True  # type: ignore[attr-defined] # the sign-in page says why it is there
            return NOBODY
        return actor


class SecondFactorMiddleware:
    """
    Lead whoever an act asked for a second factor to the page that takes the code, and back to the act.

    A form on its way is kept in that page and sent again, by the browser itself, once the code is right; files cannot
    be kept, their sender goes back to the form.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, SecondFactorRequiredError):
            return None
        by_htmx = request.headers.get("HX-Request") == "true"
        if request.method == "POST" and not by_htmx and not request.FILES:
            return _code_page_with_the_form_kept(request)
        address = f"{reverse('identity:confirm')}?{urlencode({'next': _page_behind(request)})}"
        if by_htmx:
            return HttpResponse(status=204, headers={"HX-Redirect": address})
        return HttpResponseRedirect(address)


def _code_page_with_the_form_kept(request: HttpRequest) -> HttpResponse:
    act = request.get_full_path()
    action = f"{reverse('identity:confirm')}?{urlencode({'next': act, 'gui-lai': page_of(request)})}"
    context = {
        "form": CodeForm(),
        "action": action,
        "kept": CodeForm.fields_beside(request.POST),
        "back": page_of(request),
    }
    return render_page(request, "identity/confirm.html", context, status=403)


def _page_behind(request: HttpRequest) -> str:
    """Return the page to come back to: for htmx the page around the part that it asked for."""
    shown = request.headers.get("HX-Current-URL", "")
    return own_path(request, shown) or page_of(request)
