"""
The marking of views: every view of the house says for whom it is, in one of four words.

    @public                              everybody
    @citizen_required                    a citizen
    @officer_required                    any officer
    @officer_required(Role.LEADER)       an officer whose present appointment has the role (or one of several)
    @signed_in_required                  citizen or officer

A visitor who is not signed in is led to the sign-in page and back (htmx: 403 with the sentence); anybody else who
may not enter gets 403 with the reason. The marking stays readable on the view: `access_of(view)`, and a test walks
every route of the project, so that a view without a word does not get in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any, overload
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.http import url_has_allowed_host_and_scheme

from vanlang.identity.errors import SignInRequiredError
from vanlang.identity.permissions.second_factor import lacks_second_factor
from vanlang.identity.requests import actor_from
from vanlang.identity.rules.access import CITIZENS, OFFICERS, PUBLIC, SIGNED_IN, Access, may_enter
from vanlang.identity.types import Role
from vanlang.kernel.errors import NotAllowed, refuse_if
from vanlang.ui.rendering import is_part_wanted

View = Callable[..., HttpResponseBase]

_ACCESS = "vl_access"


def access_of(view: Callable[..., Any]) -> Access | None:
    """Return the marking of a view, or None when it has none."""
    access = getattr(view, _ACCESS, None)
    return access if isinstance(access, Access) else None


def public(view: View) -> View:
    """Mark a view as open to everybody."""
    return _guarded(view, PUBLIC)


def citizen_required(view: View) -> View:
    """Mark a view as a citizen's."""
    return _guarded(view, CITIZENS)


def signed_in_required(view: View) -> View:
    """Mark a view as for whoever is signed in, citizen or officer."""
    return _guarded(view, SIGNED_IN)


@overload
def officer_required(role: View) -> View: ...


@overload
def officer_required(role: Role | Iterable[Role] | None = None) -> Callable[[View], View]: ...


def officer_required(
    role: View | Role | Iterable[Role] | None = None,
) -> View | Callable[[View], View]:
    """Mark a view as an officer's: of any role, of one role, or of one out of several."""
    if callable(role):
        return _guarded(role, OFFICERS)
    roles = frozenset([role] if isinstance(role, Role) else role or ())
    return lambda view: _guarded(view, Access(OFFICERS.kinds, roles))


def officer_required_before_second_factor(view: View) -> View:
    """Mark a view as an officer's, open before the second factor that the officer's role needs is set up."""
    return _guarded(view, Access(OFFICERS.kinds, before_second_factor=True))


def sign_in_url(request: HttpRequest) -> str:
    """Return the sign-in page that leads back to where the visitor was: the page itself, or the form they sent."""
    told = {"next": page_of(request)}
    if getattr(request, "session_ended", False):
        told["het-phien"] = "1"
    return f"{resolve_url(settings.LOGIN_URL)}?{urlencode(told)}"


def page_of(request: HttpRequest) -> str:
    """Return the page the visitor is on: what they asked for, or the page whose form they sent."""
    return request.get_full_path() if request.method in ("GET", "HEAD") else _page_before(request)


def _guarded(view: View, access: Access) -> View:
    if access_of(view) is not None:
        msg = f"{getattr(view, '__qualname__', view)} is marked twice"
        raise TypeError(msg)

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = _stopped(request, access) or view(request, *args, **kwargs)
        if not (access.is_public or response.has_header("Cache-Control")):
            # A shared computer at the counter must not show the last person's page to the next one.
            patch_cache_control(response, no_store=True, private=True)
        return response

    setattr(guarded, _ACCESS, access)
    return guarded


def _stopped(request: HttpRequest, access: Access) -> HttpResponse | None:
    """Return the way to the sign-in page, raise the refusal, or let the request in."""
    actor = actor_from(request)
    refusal = may_enter(access, actor)
    if refusal is not None and refusal.code == SignInRequiredError.code and not is_part_wanted(request):
        return HttpResponseRedirect(sign_in_url(request))
    refuse_if(refusal, NotAllowed)
    if not access.is_public and not access.before_second_factor and lacks_second_factor(request, actor):
        return HttpResponseRedirect(f"{reverse('identity:activate')}?{urlencode({'next': page_of(request)})}")
    return None


def own_path(request: HttpRequest, address: str) -> str:
    """Return path and query of an address of this site, in whatever form a browser sent it; empty for any other."""
    if not url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure()):
        return ""
    parts = urlsplit(address)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def _page_before(request: HttpRequest) -> str:
    """Return the page whose form was sent, when it is one of ours: an act cannot be led back to, its form can."""
    return own_path(request, request.headers.get("Referer", "")) or "/"
