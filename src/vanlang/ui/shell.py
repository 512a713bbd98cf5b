"""
The frame around every page: who is signed in and where they can go.

The house is built upwards, so the frame cannot ask the apps above it. They tell it, each in its `AppConfig.ready`:

    shell.register_link(place="officer", text="Hồ sơ", url_name="dossiers:inbox", icon="folder", order=20,
                        visible=lambda request: request.actor.has_role(Role.SPECIALIST))
    shell.describe_person_with(describe)          # once, by identity: request -> PersonCard | None

The context processor `vanlang.ui.shell.shell` hands the result to the templates as `shell`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from vanlang.ui.types import Link, LinkGroup, PersonCard

Place = Literal["citizen", "officer", "footer"]
Visible = Callable[[HttpRequest], bool]
CountOf = Callable[[HttpRequest], int | None]


@dataclass(frozen=True, slots=True)
class _Entry:
    place: Place
    text: str
    url_name: str
    group: str
    icon: str
    order: int
    visible: Visible | None
    count: CountOf | None


@dataclass(frozen=True)
class Shell:
    """What the frame shows. Computed when a template first asks, so a part rendered alone costs nothing."""

    request: HttpRequest

    @cached_property
    def person(self) -> PersonCard | None:
        """Who is signed in, or None."""
        return _describe(self.request) if _describe else None

    @cached_property
    def citizen_links(self) -> tuple[Link, ...]:
        return _links(self.request, "citizen")

    @cached_property
    def footer_links(self) -> tuple[Link, ...]:
        return _links(self.request, "footer")

    @cached_property
    def officer_groups(self) -> tuple[LinkGroup, ...]:
        """Links of the side navigation under their headings, in order of each group's first link."""
        groups: dict[str, list[Link]] = {}
        entries = _entries_of(self.request, "officer")
        for entry, link in zip(entries, _drawn(self.request, entries), strict=True):
            groups.setdefault(entry.group, []).append(link)
        return tuple(LinkGroup(heading, tuple(links)) for heading, links in groups.items())

    @property
    def home_url(self) -> str:
        return _address("VANLANG_HOME_URL", "/")

    @property
    def desk_url(self) -> str:
        return _address("VANLANG_DESK_URL", "/")

    @property
    def search_url(self) -> str:
        """Where the desk's search box leads; empty shows none."""
        return _address("VANLANG_DESK_SEARCH_URL", "")

    @property
    def sign_in_url(self) -> str:
        return _address("LOGIN_URL", "")

    @property
    def sign_out_url(self) -> str:
        """Where the sign-out form posts; empty shows none."""
        return _address("VANLANG_SIGN_OUT_URL", "")

    @property
    def province(self) -> str:
        return str(getattr(settings, "VANLANG_PROVINCE", "Tỉnh Phú Thọ"))

    @property
    def sandbox(self) -> bool:
        """True where outside systems are stand-ins and nothing has legal effect."""
        return bool(settings.VANLANG_DEMO)


_entries: list[_Entry] = []
_describe: Callable[[HttpRequest], PersonCard | None] | None = None


def register_link(
    *,
    place: Place,
    text: str,
    url_name: str,
    group: str = "",
    icon: str = "",
    order: int = 100,
    visible: Visible | None = None,
    count: CountOf | None = None,
) -> None:
    """Add a link to a navigation. `visible` and `count` are asked once per page; registering twice changes nothing."""
    entry = _Entry(place, text, url_name, group, icon, order, visible, count)
    if not any((one.place, one.url_name, one.text) == (place, url_name, text) for one in _entries):
        _entries.append(entry)


def describe_person_with(function: Callable[[HttpRequest], PersonCard | None]) -> None:
    """Say how the frame learns who is signed in."""
    global _describe  # noqa: PLW0603 - one teller per process, set while apps are made ready
    _describe = function


def shell(request: HttpRequest) -> dict[str, Shell]:
    """Context processor: the frame of the page."""
    return {"shell": Shell(request)}


def _entries_of(request: HttpRequest, place: Place) -> list[_Entry]:
    shown = [one for one in _entries if one.place == place and (one.visible is None or one.visible(request))]
    return sorted(shown, key=lambda one: (one.order, one.text))


def _links(request: HttpRequest, place: Place) -> tuple[Link, ...]:
    return _drawn(request, _entries_of(request, place))


def _drawn(request: HttpRequest, entries: Sequence[_Entry]) -> tuple[Link, ...]:
    """Return the links; the one that leads nearest to the page is where we are, and no other."""
    addresses = [_resolve(entry.url_name) for entry in entries]
    here = max((href for href in addresses if _leads_to(request.path, href)), key=len, default="")
    return tuple(
        Link(
            text=entry.text,
            href=href,
            current=bool(here) and href == here,
            count=entry.count(request) if entry.count else None,
            icon=entry.icon,
        )
        for entry, href in zip(entries, addresses, strict=True)
    )


def _leads_to(path: str, href: str) -> bool:
    """Say whether a page is that of a link, or lies under it."""
    return path == href or (href not in {"", "/"} and path.startswith(href.rstrip("/") + "/"))


def way_back(request: HttpRequest) -> Link:
    """Return where somebody starts again after an error: officers at their desk, everybody else at the front door."""
    desk = _address("VANLANG_DESK_URL", "/")
    if desk != "/" and request.path.startswith(desk):
        return Link("Về bàn làm việc", desk)
    return Link("Về trang chủ", "/")


def _address(setting: str, default: str) -> str:
    value = str(getattr(settings, setting, default) or "")
    return _resolve(value) if value else ""


def _resolve(name_or_path: str) -> str:
    if name_or_path.startswith("/"):
        return name_or_path
    try:
        return reverse(name_or_path)
    except NoReverseMatch:
        if settings.DEBUG:
            raise
        return "/"
