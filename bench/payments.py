"""
Callbacks of the payment platform: how many a second are heard and applied, and whether the books are exact after them.

Right: of the callbacks (`--callbacks 10000`), 30 % are told again, all are shuffled, and a few are of another amount, of an unknown
reference or under a wrong seal. They come over HTTP to a real server process and are applied by the job. Afterwards every
transaction is booked once, money in suspense is what was injected, a wrong seal left nothing but its count, and the books
are proved from the first entry to the last; the exit code is 0 when all of it holds.

Fast: the way in (seal checked, kept, answered) and the way on (both lines of the entry, receipts and events queued), beside what one
would write otherwise: a view that finds the demand and flags it paid, in the same server software on the same machine in
the same run. That view books a repeated callback again, which is counted; it keeps no books and checks no amount.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import random
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from http.client import HTTPConnection
from typing import Any

from bench.support.scratch import scratch_database
from bench.support.server import worker

CALLBACKS = 2_000
"""By default, for a machine that has other things to do; `--callbacks 10000` is the whole."""
REPEATED = 0.3
ODD = 20
"""Of each kind that is not as it should be."""
SEED, SECRET, PARTNER = 44, "bench", "VANLANG"
FEE_VND = 58_000
ADDRESS = {"url": "http://127.0.0.1:9", "partner": PARTNER, "secret": SECRET}
PATH = "/ket-noi/thanh-toan/"


@dataclass(frozen=True)
class Rate:
    """How fast one part of it was."""

    what: str
    callbacks: int
    seconds: float

    @property
    def per_second(self) -> float:
        return self.callbacks / self.seconds


@dataclass(frozen=True)
class Told:
    """What the platform will say, and what must come of it."""

    bodies: list[bytes]
    fitting: int
    """Transactions that pay a demand."""
    strays: int
    false_seals: int


def main(argv: Sequence[str] | None = None) -> int:
    """Measure, print, and return 0 when the books are exact."""
    parser = argparse.ArgumentParser(prog="bench payments", description=__doc__)
    parser.add_argument("--json", action="store_true", help="print one JSON object instead of a table")
    parser.add_argument(
        "--callbacks", type=int, default=CALLBACKS, help="how many are told, repeats included"
    )
    arguments = parser.parse_args(argv)
    with scratch_database("payments") as server:
        report = _measure(arguments.callbacks) | {"server": server}
    print(json.dumps(report, indent=2, ensure_ascii=False) if arguments.json else _table(report))
    return 0 if all(report["holds"].values()) else 1


def _measure(callbacks: int) -> dict[str, Any]:
    from django.conf import settings

    from vanlang.kernel.scope import Scope, acting
    from vanlang.payments.adapters import ways

    settings.VANLANG_PAYMENT_PLATFORM = ADDRESS
    environment = {f"VANLANG_PAYMENT_{name.upper()}": value for name, value in ADDRESS.items()}
    ways.register()
    with acting(Scope.system()):
        singles = round(callbacks * (1 - REPEATED))
        references = _Province().begin(singles - ODD)  # as many as are told, but for those of nobody
        told = _tell(references, callbacks)
        naive_bodies = list(told.bodies)
        with worker(**environment) as web:
            heard = _timed(
                "heard over HTTP: seal, kept, answered",
                told.bodies,
                lambda: _post(web.port, PATH, told.bodies),
            )
        applied = _timed("applied by the job: two lines each, told on", told.bodies, _apply)
        found = _found()
        naive = _naive(references, naive_bodies)
    return {
        "machine": platform.platform(),
        "cores": os.cpu_count(),
        "callbacks": {
            "all": len(told.bodies), "repeated": len(told.bodies) - singles, "of another amount": ODD,
            "of an unknown reference": ODD, "under a wrong seal": ODD,
        },
        "rates": [{**asdict(rate), "per_second": rate.per_second} for rate in (heard, applied, naive[0])],
        "found": found,
        "naive": naive[1],
        "holds": {
            "every transaction booked once": found["booked"] == told.fitting,
            "strays are those injected": found["strays"] == told.strays,
            "wrong seals left only their count": found["false_seals"] == told.false_seals,
            "nothing waits and nothing died": found["left"] == 0,
            "the books are proved": found["faults"] == 0,
        },
    }  # fmt: skip


class _Province:
    """One ward with an account, and demands that wait for their money."""

    def __init__(self) -> None:
        from vanlang.kernel.clock import VIETNAM
        from vanlang.organizations.api import AgencyKind, NewName, add_agency
        from vanlang.payments.tests.conftest import make_money

        at = datetime.now(VIETNAM) - timedelta(hours=1)  # noqa: TID251 - the server has the real clock
        name = NewName("UBND tỉnh Phú Thọ", "UBND tỉnh")
        add_agency(
            code="H44.01", kind=AgencyKind.PROVINCE, name=name, valid_from=at.date() - timedelta(days=400)
        )
        self.at, self.money = at, make_money(at)

    def begin(self, count: int) -> list[str]:
        """Return the references of payments that were begun: each for a demand and a dossier of its own."""
        from django.db import connection, transaction

        from vanlang.kernel.ids import new_id
        from vanlang.payments.models import Demand, DemandLine, Entry, EntryLeg, Payment
        from vanlang.payments.rules import ledger
        from vanlang.payments.services.references import new_reference
        from vanlang.payments.types import Occasion

        ids = [new_id() for _ in range(count)]
        with connection.cursor() as cursor:
            cursor.execute(_DOSSIERS, {"ids": ids, "old": self.money.filed()})
        agency = self.money.world.viet_tri.id
        demands = [
            Demand(dossier_id=key, agency_id=agency, purpose="fees", state="open", amount_vnd=FEE_VND, raised_at=self.at)
            for key in ids
        ]  # fmt: skip
        lines = [
            DemandLine(
                demand=one, position=0, fee_id=1, is_charge=True, name="Lệ phí", quantity=1, full_vnd=FEE_VND,
                owed_vnd=FEE_VND,
            )
            for one in demands
        ]  # fmt: skip
        entries = [
            Entry(agency_id=agency, occasion=Occasion.DEMAND_CHARGE, source=f"bench:{one.pk}", at=self.at, demand=one)
            for one in demands
        ]  # fmt: skip
        payments = [
            Payment(
                demand=one, agency_id=agency, way="platform", state="begun", amount_vnd=FEE_VND,
                reference=new_reference(), begun_at=self.at, expires_at=self.at + timedelta(days=1),
            )
            for one in demands
        ]  # fmt: skip
        with transaction.atomic():
            for model, rows in (
                (Demand, demands),
                (DemandLine, lines),
                (Entry, entries),
                (Payment, payments),
            ):
                model.objects.bulk_create(rows, batch_size=1000)  # type: ignore[attr-defined] # models all
            EntryLeg.objects.bulk_create(
                (
                    EntryLeg(entry=entry, agency_id=agency, account=leg.account, vnd=leg.vnd)
                    for entry in entries
                    for leg in ledger.legs(Occasion.DEMAND_CHARGE, FEE_VND)
                ),
                batch_size=1000,
            )
        return [one.reference for one in payments]


_DOSSIERS = """
    INSERT INTO dossiers_dossier SELECT new.*
    FROM unnest(%(ids)s::uuid[]) AS copy (id), dossiers_dossier AS old,
    LATERAL jsonb_populate_record(old, jsonb_build_object('id', copy.id, 'receipt_token', md5(copy.id::text))) AS new
    WHERE old.id = %(old)s
"""


def _tell(references: Sequence[str], callbacks: int) -> Told:
    """Return callbacks in a random order: singles, repetitions, and a few that are not as they should be."""
    drawn = random.Random(SEED)
    other, good = set(references[:ODD]), references
    bodies = [
        _sealed(reference, f"GD{number:08}", FEE_VND - 1000 if reference in other else FEE_VND)
        for number, reference in enumerate(good)
    ]
    bodies += [_sealed(f"PTNOBODY{number:06}", f"GX{number:08}", FEE_VND) for number in range(ODD)]
    repeats = [_again(drawn.choice(bodies), number) for number in range(callbacks - len(bodies) - ODD)]
    false = [_sealed(good[number], f"GF{number:08}", FEE_VND, secret="another") for number in range(ODD)]
    every = bodies + repeats + false
    drawn.shuffle(every)
    return Told(every, fitting=len(good) - ODD, strays=2 * ODD, false_seals=ODD)


def _again(body: bytes, number: int) -> bytes:
    """Return a callback told again: word for word, or every other time with the hour at which it is told."""
    if number % 2:
        return body
    told = json.loads(body)
    return _sealed(
        told["MaThamChieu"], told["MaGiaoDich"], int(told["SoTien"]), at=f"20261123{9 + number % 9:02}0000"
    )


def _sealed(
    reference: str, transaction: str, vnd: int, *, secret: str = SECRET, at: str = "20261123080000"
) -> bytes:
    from vanlang.payments.rules import platform as words

    message = {
        "LoaiBanTin": "CONFIRM", "PhienBan": words.VERSION, "MaDoiTac": PARTNER, "MaThamChieu": reference,
        "SoTien": str(vnd), "MaLoi": "00", "MaGiaoDich": transaction, "ThoiGianGD": at,
    }  # fmt: skip
    return json.dumps(words.sealed(message, words.CALLBACK_FIELDS, secret)).encode()


def _post(port: int, path: str, bodies: Sequence[bytes]) -> None:
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    for body in bodies:
        connection.request("POST", path, body, {"Content-Type": "application/json"})
        connection.getresponse().read()
    connection.close()


def _apply() -> None:
    from vanlang.connectors.api import apply_round
    from vanlang.kernel import clock

    while apply_round(at=clock.now()):
        pass


def _found() -> dict[str, int]:
    from django.db.models import Sum

    from vanlang.connectors.models import Incoming
    from vanlang.payments.api import prove_books
    from vanlang.payments.models import Entry, FalseSeal, Payment, Stray

    return {
        "booked": Payment.objects.filter(state="booked").count(),
        "entries of money": Entry.objects.filter(occasion="paid_by_platform").count(),
        "strays": Stray.objects.count(),
        "false_seals": FalseSeal.objects.aggregate(all=Sum("count"))["all"] or 0,
        "arrivals": Incoming.objects.count(),
        "left": Incoming.objects.exclude(state="applied").count(),
        "faults": len(prove_books().faults),
    }


def _naive(references: Sequence[str], bodies: Sequence[bytes]) -> tuple[Rate, dict[str, int]]:
    """Return how fast the plain view was, and what it made of the same callbacks."""
    from bench.support import flag_paid

    flag_paid.prepare(references)
    with worker("bench.support.flag_paid:application", BENCH_FLAG_PAID="1") as web:
        rate = _timed(
            "beside it: a view that flags the demand paid", bodies, lambda: _post(web.port, "/", bodies)
        )
    return rate, flag_paid.found(FEE_VND)


def _timed(what: str, bodies: Sequence[bytes], work: Callable[[], None]) -> Rate:
    started = time.perf_counter()
    work()
    return Rate(what, len(bodies), time.perf_counter() - started)


def _table(report: dict[str, Any]) -> str:
    lines = [f"{'':48} {'callbacks':>9} {'a second':>9}"]
    lines += [f"{one['what']:48} {one['callbacks']:>9} {one['per_second']:>9.0f}" for one in report["rates"]]
    lines += [f"{'ok ' if holds else 'NO '} {what}" for what, holds in report["holds"].items()]
    lines.append(f"ours: {report['found']}")
    lines.append(f"the plain view: {report['naive']}")
    return "\n".join([*lines, f"{report['machine']}, {report['cores']} cores; PostgreSQL {report['server']}"])


if __name__ == "__main__":
    sys.exit(main())
