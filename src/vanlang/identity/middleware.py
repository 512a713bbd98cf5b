"""Who is asking: written on the request for the permission layer, and into the database for the net below it."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib.auth import get_user
from django.http import HttpRequest, HttpResponse

from vanlang.identity.models import Account
from vanlang.identity.queries import actor_for
from vanlang.identity.requests import SESSION_KEY, scope_of
from vanlang.identity.types import NOBODY, Actor
from vanlang.kernel import clock
from vanlang.kernel.scope import acting


class ActorMiddleware:
    """Set `request.actor` and act in its scope until the response is made."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        actor = self._actor(request)
        request.actor = actor  # type: ignore[attr-defined] # every view reads it through identity.api.actor_from
        with acting(scope_of(actor)):
            return self.get_response(request)

    def _actor(self, request: HttpRequest) -> Actor:
        if request.path.startswith("/static/"):
            return NOBODY
        account = get_user(request)
        if not isinstance(account, Account):
            return NOBODY
        return actor_for(account, on=clock.today(), appointment_id=request.session.get(SESSION_KEY))
