"""A day in a synthetic province: at which agencies it is measured, who asks for which pages, and what each must show."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.db import connection

from bench.search import EXPECTED
from bench.support import right_rows
from bench.support.asking import OFFICERS, Page, Side, ask, browser_of, p50, p95, race
from bench.support.citizens import ready_drafts
from bench.support.right_rows import Asked
from bench.support.server import Browser, Worker
from vanlang.catalogue.api import list_procedures
from vanlang.dossiers.models import Dossier, Movement, Seat
from vanlang.identity.api import Role, actor_for
from vanlang.identity.models import Account, Appointment
from vanlang.kernel import clock
from vanlang.kernel.vietnamese import search_key
from vanlang.organizations.models import Agency

EVERY_ROLE = "every role"
LEAST = 5
"""The agency with the fewest dossiers has at least so many: a list without lines says nothing."""
SHOWN = 40
"""Dossiers whose pages are asked for in turn."""
_SIZES = """
    SELECT a.id, a.code, count(*) FROM dossiers_seat s JOIN organizations_agency a ON a.id = s.agency_id
    GROUP BY 1, 2 HAVING count(*) >= %s ORDER BY 3 DESC, 1
"""


@dataclass(frozen=True, slots=True)
class List:
    """One list of the inbox: its name, its address, and how an independent count asks for it."""

    name: str
    address: dict[str, str]
    asked: Asked | None = None
    status: int = 200

    @property
    def href(self) -> str:
        return f"/can-bo/ho-so/?{urlencode(self.address)}"


@dataclass(frozen=True, slots=True)
class Place:
    """One agency, its officers by role, and dossiers of its own."""

    agency_id: int
    code: str
    own: int
    """Dossiers at which it sits."""
    visitors: dict[str, Account | None]
    dossiers: tuple[Dossier, ...]
    """The latest received, of every state there is."""

    @classmethod
    def of(cls, agency_id: int, code: str, own: int, at: datetime) -> Place:
        officers: dict[str, Account | None] = {role: _busiest(agency_id, role) for role in OFFICERS}
        everything = _jack_of_all_trades(agency_id)
        return cls(
            agency_id, code, own, officers | {EVERY_ROLE: everything, "nobody": None}, _latest(agency_id)
        )

    def lists(self) -> list[List]:
        """Return the lists in the orders that matter, and the searches."""
        known = next(one for one in self.dossiers if one.applicant_personal_id)
        family, *_, given = search_key(known.applicant_name).split()
        code = known.code or ""
        return [
            List("inbox: waits for me", {"loc": "cho-toi"}, right_rows.MINE),
            List("inbox: my unit", {"loc": "don-vi"}, right_rows.UNIT),
            List("inbox: newly filed", {"loc": "moi-nop"}, right_rows.NEW),
            List("inbox: overdue", {"loc": "qua-han"}, right_rows.LATE),
            List("inbox: to be handed over", {"loc": "cho-tra"}, right_rows.TO_DELIVER),
            List("inbox: all, latest first", {"loc": "tat-ca"}, right_rows.ALL_BY_MOVE),
            List("inbox: all, by due date", {"loc": "tat-ca", "xep": "han"}, right_rows.ALL_BY_DUE),
            List("inbox: all, by arrival", {"loc": "tat-ca", "xep": "den"}, right_rows.ALL_BY_ARRIVAL),
            List("search: a family name", {"q": family}, right_rows.words(family)),
            List("search: a name and a matter", {"q": f"{given} {_matter(known)}"}, right_rows.words(given, *_matter(known).split())),
            List("search: a personal id", {"q": known.applicant_personal_id}, right_rows.of_person(known.applicant_personal_id)),
            List("search: a part of a code", {"q": code[:-1]}, right_rows.words(code[:-1].lower())),
            List("search: a code", {"q": code}, status=302),
        ]  # fmt: skip

    def pages(self) -> list[Page]:
        officers = (*OFFICERS, EVERY_ROLE)
        first = next(one for one in self.dossiers if len(one.applicant_phone) >= 4)
        tracked = {"code": first.code or "", "second_fact": first.applicant_phone[-4:]}
        asked = tuple(f"/thu-tuc/?{urlencode({'q': text})}" for text, _ in questions())
        return [
            *(Page(one.name, officers, (one.href,), status=one.status) for one in self.lists()),
            Page("a dossier", officers, tuple(f"/can-bo/ho-so/{one.pk}/" for one in self.dossiers)),
            Page("tracking", ("nobody",), ("/tra-cuu/",), form=tracked),
            Page("portal: search of procedures", ("nobody",), asked),
        ]


@dataclass(slots=True)
class Day:
    """The agencies with the most and with the fewest dossiers, now."""

    at: datetime
    most: Place
    fewest: Place
    checked: int = field(default=0)
    """Answers that were compared with an independent count."""

    @classmethod
    def of_this_world(cls) -> Day:
        at = clock.now()
        with connection.cursor() as cursor:
            cursor.execute(_SIZES, [LEAST])
            places = cursor.fetchall()
        return cls(at, Place.of(*places[0], at), Place.of(*places[-1], at))

    # --- right -------------------------------------------------------------------------------------

    def wrong_rows(self, served: Worker) -> list[str]:
        """Compare what the pages of both agencies show with an independent count; return what differs."""
        found: list[str] = []
        for place in (self.most, self.fewest):
            for who in (*OFFICERS, EVERY_ROLE):
                found += self._wrong_lists(place, who, served)
            found += self._wrong_dossiers(place, served)
        return found + self._wrong_search(served)

    def _wrong_lists(self, place: Place, who: str, served: Worker) -> list[str]:
        account = place.visitors[who]
        assert account is not None
        browser, facts = browser_of(served.port, account), _facts(account, self.at)
        found = []
        for one in place.lists():
            if one.asked is None:
                continue
            before = right_rows.expected(one.asked, facts, clock.now())
            shown = right_rows.shown(browser.ask(one.href))
            self.checked += 1
            if shown not in (before, right_rows.expected(one.asked, facts, clock.now())):
                found.append(f"{one.name} of {place.code} as {who}: {_difference(before, shown)}")
        return found

    def _wrong_dossiers(self, place: Place, served: Worker) -> list[str]:
        officer, anybody = browser_of(served.port, place.visitors["leader"]), Browser(served.port)
        track = next(page for page in place.pages() if page.name == "tracking")
        found = []
        for row in place.dossiers[:10]:
            body = officer.ask(f"/can-bo/ho-so/{row.pk}/").body.decode()
            self.checked += 1
            if (row.code or "") not in body or row.applicant_name not in body:
                found.append(f"the page of {row.code} of {place.code} does not name it")
        self.checked += 1
        if track.form["code"] not in ask(anybody, track, track.addresses[0]).body.decode():
            found.append(f"tracking does not show {track.form['code']}")
        found += self._wrong_code(place, officer)
        return found

    def _wrong_code(self, place: Place, officer: Browser) -> list[str]:
        """A whole code that is typed into the search opens its dossier."""
        one = next(one for one in place.lists() if one.status == 302)
        self.checked += 1
        answer = officer.ask(one.href)
        wanted = Dossier.objects.get(code=one.address["q"]).pk
        return (
            []
            if answer.location == f"/can-bo/ho-so/{wanted}/"
            else [f"{one.address['q']} leads to {answer.location}"]
        )

    def _wrong_search(self, served: Worker) -> list[str]:
        browser, found = Browser(served.port), []
        for text, codes in questions():
            self.checked += 1
            shown = right_rows.shown_procedures(browser.ask(f"/thu-tuc/?{urlencode({'q': text})}"))[:5]
            if not set(codes) & set(shown):
                found.append(f"a search for “{text}” finds {', '.join(shown) or 'nothing'}")
        return found

    # --- submitted ---------------------------------------------------------------------------------

    def submit(self, served: Worker, plain: Worker, count: int) -> dict[str, Any]:
        """
        Let so many citizens press the button, and as many beside them insert a row; return how long the answers took.

        What is wrong afterwards is what our submissions did not leave behind exactly once.
        """
        ready = list(ready_drafts(count, Agency.objects.get(code="H44.100").pk, self.at))
        before, cpu, times, beside = Dossier.objects.count(), 0.0, [], []
        anybody = browser_of(plain.port, self.most.visitors["counter"])
        for one in ready:
            browser, address = browser_of(served.port, one.account), f"/nop/{one.draft_id}/kiem-tra/"
            assert browser.ask(address).status == 200
            form = urlencode({"csrfmiddlewaretoken": browser.cookies["csrftoken"]})
            cpu -= served.cpu()
            answer = browser.ask(address, form)
            cpu += served.cpu()
            inserted = anybody.ask(f"/nop/{one.draft_id}/", "x=1")
            assert (answer.status, inserted.status) == (303, 302), (answer.status, inserted.status)
            times.append(answer.milliseconds)
            beside.append(inserted.milliseconds)
        self.checked += count
        return {
            "count": count, "p50_ms": p50(times), "p95_ms": p95(times), "cpu_ms": round(cpu / count * 1000, 1),
            "plain_p50_ms": p50(beside), "plain_p95_ms": p95(beside),
            "wrong": _wrong_submissions([one.draft_id for one in ready], Dossier.objects.count() - before - count),
        }  # fmt: skip

    # --- beside ------------------------------------------------------------------------------------

    def race(self, ours: Worker, plain: Worker, requests: int) -> list[dict[str, Any]]:
        """Ask our pages and the plain ones in turn: as the officer of the counter, and as anybody."""
        pages = {page.name: page for page in self.most.pages()}
        family = next(one for one in self.most.lists() if one.name == "search: a family name").address["q"]
        code = pages["tracking"].form["code"]
        keys = tuple(f"/ho-so/{one.pk}/" for one in self.most.dossiers)
        typed = tuple(f"/thu-tuc/?{urlencode({'q': text})}" for text, _ in questions())
        wanted = (
            ("list", "inbox: all, latest first", ("/ho-so/",)),
            ("search", "search: a family name", (f"/ho-so/?{urlencode({'q': family})}",)),
            ("a dossier", "a dossier", keys),
            ("tracking", "tracking", (f"/tra-cuu/?{urlencode({'ma': code})}",)),
            ("search of procedures", "portal: search of procedures", typed),
        )  # fmt: skip
        found = []
        for what, name, addresses in wanted:
            page = pages[name]
            account = self.most.visitors["nobody" if page.visitors == ("nobody",) else "counter"]
            sides = [
                Side("Văn Lang", ours, browser_of(ours.port, account), page),
                Side(
                    "plain Django",
                    plain,
                    browser_of(plain.port, account),
                    Page(what, page.visitors, addresses),
                ),
            ]
            found += race(what, sides, requests)
        return found


def questions() -> list[tuple[str, tuple[str, ...]]]:
    """Return what people type into the portal, as far as this catalogue has an answer."""
    known = {card.code for card in list_procedures(clock.today())}
    return [(text, codes) for text, codes in EXPECTED if set(codes) & known][::4]


def _matter(row: Dossier) -> str:
    """Return two words of what is asked, as they are typed."""
    return " ".join(search_key(row.procedure_name).split()[-2:])


def _busiest(agency_id: int, role: str) -> Account:
    """Return the officer of a role who holds most; of several the first appointed."""
    rows = Appointment.objects.filter(agency_id=agency_id, roles__contains=[role]).order_by("id")
    held = Seat.objects.filter(agency_id=agency_id, holder_id__in=rows.values("id")).values_list(
        "holder_id", flat=True
    )
    most = max(set(held), key=list(held).count, default=None)
    return rows.get(pk=most).account if most else rows[0].account


def _jack_of_all_trades(agency_id: int) -> Account:
    """Give the last officer of the counter all four roles."""
    row = Appointment.objects.filter(agency_id=agency_id, roles__contains=["counter"]).order_by("-id")[0]
    row.roles = sorted(Role(word).value for word in OFFICERS)
    row.save()
    return row.account


def _latest(agency_id: int) -> tuple[Dossier, ...]:
    """Return dossiers with a code, of every state there is, the latest first of each."""
    rows = Dossier.objects.filter(competent_agency_id=agency_id, code__isnull=False)
    states = sorted(set(rows.values_list("state", flat=True)))
    each = max(1, SHOWN // len(states))
    return tuple(
        one for state in states for one in rows.filter(state=state).order_by("-moved_at", "id")[:each]
    )


def _facts(account: Account, at: datetime) -> dict[str, object]:
    actor = actor_for(account, on=at.date())
    return {
        "agency": actor.agency_id, "unit": actor.unit_id, "appointment": actor.appointment_id,
        "roles": sorted(role.value for role in actor.roles),
    }  # fmt: skip


def _difference(wanted: Sequence[uuid.UUID], shown: Sequence[uuid.UUID]) -> str:
    place = next(
        (n for n, pair in enumerate(zip(wanted, shown, strict=False)) if pair[0] != pair[1]),
        min(len(wanted), len(shown)),
    )
    return f"{len(shown)} lines for {len(wanted)}, different from line {place + 1} on"


def _wrong_submissions(draft_ids: Sequence[uuid.UUID], more: int) -> list[str]:
    """Return what the submitted drafts did not leave behind exactly once."""
    from vanlang.audit.models import Record
    from vanlang.intake.models import Draft

    filed = list(
        Draft.objects.filter(pk__in=draft_ids, dossier__isnull=False).values_list("dossier_id", flat=True)
    )
    counted = {
        "dossiers": (more, len(draft_ids)),
        "drafts that name their dossier": (len(set(filed)), len(draft_ids)),
        "movements": (Movement.objects.filter(dossier_id__in=filed).count(), len(draft_ids)),
        "seats": (Seat.objects.filter(dossier_id__in=filed).count(), len(draft_ids)),
        "lines of the log": (
            Record.objects.filter(object_type="dossier", object_id__in=[str(key) for key in filed]).count(), len(draft_ids)
        ),
    }  # fmt: skip
    return [
        f"submit: {found} {what} for {wanted}" for what, (found, wanted) in counted.items() if found != wanted
    ]
