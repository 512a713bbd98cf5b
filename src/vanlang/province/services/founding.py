"""Put a synthetic province into an empty database, in one transaction."""

from __future__ import annotations

import contextlib
import datetime as dt
import multiprocessing
import os
import tempfile
import time
import tomllib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from django.conf import settings
from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from vanlang.calendars.api import calendar_of
from vanlang.catalogue.api import Level, list_procedures
from vanlang.dossiers.api import generating
from vanlang.files.api import store
from vanlang.identity.api import Role, synthetic
from vanlang.kernel.clock import VIETNAM
from vanlang.kernel.database.base import as_owner
from vanlang.kernel.database.loading import bare_tables
from vanlang.organizations.api import AgencyCard, AgencyKind, list_agencies, list_units
from vanlang.payments.api import generating as payments
from vanlang.petitions.api import generating as petitions
from vanlang.province.errors import ProvinceNotEmptyError
from vanlang.province.services.money import money_lines
from vanlang.province.services.people import Residents, officers_of
from vanlang.province.services.voices import raise_voices
from vanlang.province.types import Plan, Workload

Report = Callable[[str, int, int], None]
START = dt.date(2025, 7, 1)
"""Since when the agencies are what they are."""
CHUNK = 1_000
"""How many lives are planned at a time."""
LOADED = (
    "identity_account", "identity_appointment", "identity_person", "identity_legalentity", "identity_representation",
    "files_storedfile", "audit_record", "documents_book", "documents_registerentry", *generating.TABLES,
    *payments.TABLES, *petitions.TABLES,
)  # fmt: skip
_EMPTY_BEFORE = {"dossiers_dossier": "hồ sơ", "identity_person": "công dân", "documents_book": "sổ văn bản"}
SPECIMEN = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c63f8cfc0f01f0005"
    "0001ff89993d1d0000000049454e44ae426082"
)
"""What every scan of a synthetic province shows: one pixel."""
SPECIMEN_NAME = "mau-gia-lap.png"


@dataclass(frozen=True, slots=True)
class Founded:
    """What was made, and how long each part took."""

    plan: Plan
    seconds: dict[str, float]


def found(
    plan: Plan,
    *,
    seed: int,
    until: dt.datetime,
    report: Report = lambda what, done, of: None,
    processes: int = 0,
) -> Founded:
    """
    Make a province of `plan`. The same seed and instant give the same rows on a fresh database.

    With `processes` lives are planned beside the database's work, by as many forked processes; 0 plans in this one.
    Raises: ProvinceNotEmptyError; nothing is left of a province that failed half way.
    """
    watch = _Watch(report)
    with as_owner(), transaction.atomic(), connection.cursor() as cursor:
        _refuse_unless_empty(cursor)
        specimen = store(content=SPECIMEN, name=SPECIMEN_NAME, at=until - dt.timedelta(days=plan.days))
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        with bare_tables(cursor, LOADED, watch):
            ground = settle(cursor, plan, seed=seed, until=until, report=watch)
            fee_book = payments.fee_book_of([(offer.version_id, offer.case_id) for offer in ground.offers])
            with tempfile.TemporaryFile() as purses:
                lines = _planned(ground, fee_book, processes, purses, watch)
                generating.write_lives(
                    cursor, lines, offers=ground.offers, specimen=str(specimen.id), report=watch
                )
                purses.seek(0)
                payments.write_purses(
                    cursor, purses, fee_book=fee_book, payers=generating.PAYERS, until=until, report=watch
                )
            watch("Phản ánh, kiến nghị", 0, 1)
            raise_voices(cursor, ground, plan.petitions)
    return Founded(plan, watch.done())


def _refuse_unless_empty(cursor: CursorWrapper) -> None:
    for table, what in _EMPTY_BEFORE.items():
        cursor.execute(f"SELECT EXISTS (SELECT 1 FROM {table})")  # noqa: S608 - of the table above
        if cursor.fetchone()[0]:
            raise ProvinceNotEmptyError("province.not_empty", what=what)


def settle(
    cursor: CursorWrapper, plan: Plan, *, seed: int, until: dt.datetime, report: Report
) -> generating.Ground:
    """Write who lives and works in the province, and return what the lives of its dossiers are planned from."""
    workload = load_workload()
    today = until.astimezone(VIETNAM).date()
    from_at = until - dt.timedelta(days=plan.days)
    met_at = from_at - dt.timedelta(days=1)
    agencies = sorted(list_agencies(today), key=lambda one: one.code)
    report("Cán bộ", 0, 1)
    units = [unit for agency in agencies for unit in list_units(agency.id, today)]
    officers = officers_of(agencies, units, workload, plan, seed)
    ids = synthetic.add_officers_from(
        cursor, officers, valid_from=START, at=met_at, password=os.environ.get("VANLANG_DEMO_PASSWORD")
    )
    report("Công dân", 0, 1)
    residents = Residents.of(seed, agencies, workload, plan, met_at)
    synthetic.add_people_from(cursor, residents.people(), at=met_at)
    synthetic.add_entities_from(cursor, residents.enterprises(), valid_from=START, at=met_at)
    staff: dict[int, dict[generating.Slot, list[int]]] = {}
    for officer, appointment in zip(officers, ids, strict=True):
        staff.setdefault(officer.agency_id, {}).setdefault(_SLOTS[officer.role], []).append(appointment)
    payments.open_accounts(
        [one for one in agencies if workload.get(one.code, (0, 0))[0]], valid_from=from_at.date()
    )
    offers, asked_of = _offers_on(from_at.astimezone(VIETNAM).date())
    places = [
        generating.Place(
            agency_id=agency.id,
            staff={slot: tuple(known) for slot, known in staff[agency.id].items()},
            weight=workload[agency.code][0],
            late=workload[agency.code][1] / workload[agency.code][0],
            offers=asked_of(agency),
            calendar=calendar_of(agency.id),
        )
        for agency in agencies
        if workload.get(agency.code, (0, 0))[0]
    ]
    return generating.Ground(
        seed=seed, count=plan.dossiers, from_at=from_at, until=until, places=tuple(places), offers=tuple(offers),
        applicant_of=residents.somebody,
    )  # fmt: skip


_SLOTS = {
    Role.COUNTER: generating.Slot.COUNTER, Role.SPECIALIST: generating.Slot.SPECIALIST,
    Role.LEADER: generating.Slot.LEADER, Role.CLERK: generating.Slot.CLERK,
}  # fmt: skip


def load_workload() -> Workload:
    """Return how much each agency was asked for in a month, and how much of it came late."""
    path: Path = settings.VANLANG_REFERENCE / "province" / "workload.toml"
    month = tomllib.loads(path.read_text(encoding="utf-8"))["month"]
    return {code: (received, late) for code, (received, late) in month.items()}


def _offers_on(
    on: dt.date,
) -> tuple[list[generating.Offer], Callable[[AgencyCard], tuple[tuple[int, int], ...]]]:
    """
    Return what can be asked for, and a function that says what an agency is asked for, and how often.

    Each is asked for what its level settles; few procedures make up most of it.
    """
    cards = sorted(list_procedures(on, only_ready=True), key=lambda card: card.code)
    known = {card.version_id: card for card in cards}
    offers = generating.offers_of([card.version_id for card in cards])

    def asked_of(agency: AgencyCard) -> tuple[tuple[int, int], ...]:
        level = Level.COMMUNE if agency.kind is AgencyKind.COMMUNE else Level.PROVINCE
        mine = [
            (index, (known[offer.version_id].popularity + 2) ** 2)
            for index, offer in enumerate(offers)
            if level in known[offer.version_id].levels
        ]
        return tuple(mine or [(index, 1) for index in range(len(offers))])

    return offers, asked_of


_at_work: list[tuple[generating.Ground, generating.Courses, payments.FeeBook]] = []


def _planned(
    ground: generating.Ground, fee_book: payments.FeeBook, processes: int, purses: IO[bytes], report: Report
) -> Iterator[bytes]:
    """Yield the lines of lives in order, and keep those of their purses; planned by forked processes, they still come in order."""
    _at_work[:] = [(ground, generating.courses_of(ground.offers), fee_book)]
    starts = range(0, ground.count, CHUNK)
    with contextlib.ExitStack() as stack:
        chunks: Iterable[tuple[bytes, bytes]] = map(_chunk, starts)
        if processes:
            pool = stack.enter_context(multiprocessing.get_context("fork").Pool(processes))
            chunks = pool.imap(_chunk, starts)
        for done, (lives, money) in enumerate(chunks):
            report("Lập kế hoạch", done, len(starts))
            purses.write(money)
            yield lives


def _chunk(start: int) -> tuple[bytes, bytes]:
    ((ground, courses, fee_book),) = _at_work
    lives = list(generating.plan(ground, range(start, min(start + CHUNK, ground.count))))
    lines = generating.lines_of(lives, offers=ground.offers, courses=courses)
    return b"".join(lines), b"".join(money_lines(lives, fee_book, ground.seed))


class _Watch:
    """Pass on what is done, and keep how long each part took."""

    def __init__(self, report: Report) -> None:
        self.report, self.what, self.since = report, "", time.monotonic()
        self.seconds: dict[str, float] = {}

    def __call__(self, what: str, done: int, of: int) -> None:
        if what != self.what:
            self._close()
            self.what, self.since = what, time.monotonic()
        self.report(what, done, of)

    def _close(self) -> None:
        if self.what:
            spent = time.monotonic() - self.since
            self.seconds[self.what] = self.seconds.get(self.what, 0.0) + spent

    def done(self) -> dict[str, float]:
        self._close()
        return self.seconds
