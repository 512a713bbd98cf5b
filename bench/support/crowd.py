"""
A province at work, for benches: five communes with their officers, and dossiers in every state.

A few dossiers are led to each state by the real commands. The crowd is copied from them inside the database, each copy
with an applicant, a code, tokens and days of its own: what a real life leaves behind, a copy has too, and `check`
compares them. Numbers are drawn from a fixed seed; days are counted back from today.
"""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, TypeVar

from django.core.management import call_command
from django.db import connection
from django.db.backends.utils import CursorWrapper

from bench.support.copying import CHECKS, COPIES, CROWD
from vanlang.catalogue.models import Case, ProcedureVersion
from vanlang.documents.api import Article, DecisionLetter, Head, Signer
from vanlang.dossiers.api import Draft, Medium, OutcomeKind, Paper, PartyFacts, State, prove
from vanlang.dossiers.models import Dossier
from vanlang.dossiers.rules.codes import DossierCode
from vanlang.dossiers.rules.states import FINAL
from vanlang.dossiers.tests.factories import PAPER_DRAFT, Lives, Office, World, make_citizen, staff_office
from vanlang.files.api import store
from vanlang.identity.models import Person
from vanlang.kernel.database.base import as_owner
from vanlang.kernel.ids import new_id
from vanlang.kernel.vietnamese import search_key
from vanlang.kernel.zone import VIETNAM
from vanlang.organizations.api import UnitKind, find_agency_by_code, list_units

T = TypeVar("T")

SEED = 44
AGENCIES = ("H44.100", "H44.101", "H44.102", "H44.103", "H44.104")
PROCEDURES = ("1.001193", "1.004222", "1.004837", "2.001621", "1.012898")
"""Of civil status, residence, guardianship, irrigation, housing: limits from a day to half a month."""

SHARES = {
    State.DELIVERED: 55, State.REFUSED: 5, State.STOPPED: 3, State.WITHDRAWN: 4, State.RELEASED: 3,
    State.SUBMITTED: 5, State.AWAITING_COMPLETION: 2, State.RECEIVED: 3, State.HANDED_OVER: 3, State.IN_PROGRESS: 8,
    State.AWAITING_SUPPLEMENT: 3, State.AWAITING_OPINION: 1, State.PROPOSED: 2, State.APPROVED: 1, State.SIGNED: 2,
}  # fmt: skip
"""Of a hundred dossiers: how many are in which state."""

OWN_OF_LAN = 12
"""How many of the crowd are Bà Lan's."""

LETTER = DecisionLetter(
    head=Head(agency="UBND phường Việt Trì", place="Việt Trì"),
    signer=Signer(title="PHÓ CHỦ TỊCH", name="Nguyễn Văn Phúc"),
    kind="Quyết định",
    abstract="Về việc đăng ký khai sinh",
    authority="Ủy ban nhân dân phường Việt Trì",
    resolving="Quyết định:",
    articles=(Article(paragraphs=("Đăng ký khai sinh cho Trần Gia An.",)),),
)
ELECTRONIC = Draft(
    kind=OutcomeKind.GRANTED, medium=Medium.ELECTRONIC, title="Quyết định", book_kind="QĐ", data=LETTER
)
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c63f8cfc0f01f0005"
    "0001ff89993d1d0000000049454e44ae426082"
)


@dataclass(slots=True)
class Crowd:
    """The province, and how many dossiers it has."""

    at: datetime
    worlds: list[World]
    patterns: dict[State, list[Dossier]]
    people: list[PartyFacts]
    numbers: random.Random
    codes: Counter[tuple[str, object]] = field(default_factory=Counter)
    size: int = 0
    alone: bool = False
    """Every copy is of the first agency, and one in twenty is open, as after some years; else all share, and a third is."""

    def grow(self, size: int) -> None:
        """Copy dossiers until there are `size`, the patterns left out of the count."""
        with as_owner(), connection.cursor() as cursor:
            cursor.execute(CROWD)
            with cursor.copy("COPY crowd FROM STDIN") as rows:
                for row in self._copies(size - self.size):
                    rows.write_row(row)
            for statement in COPIES:
                cursor.execute(statement)
            _compare(cursor)
            cursor.execute("DROP TABLE crowd")
            cursor.execute("ANALYZE")
        self.size = size

    def _copies(self, count: int) -> Iterator[tuple[object, ...]]:
        weights = [share * (10 if self.alone and state in FINAL else 1) for state, share in SHARES.items()]
        states = self.numbers.choices(list(SHARES), weights=weights, k=count)
        for number, state in enumerate(states, start=self.size):
            pattern = self.numbers.choice(self.patterns[state][: 2 if self.alone else None])
            shift = -timedelta(weeks=self._weeks(state), minutes=self.numbers.randrange(90))
            person = self.people[
                0 if number % 80 == 7 and number < OWN_OF_LAN * 80 else number % len(self.people)
            ]
            code = self._code(pattern, shift)
            words = f"{person.full_name} {pattern.procedure_name} {pattern.request}"
            yield (
                pattern.pk, new_id(), shift, code, person.person_id, person.full_name, person.personal_id, person.phone,
                " ".join(filter(None, [code and code.lower(), search_key(words)])), json.dumps(_moved(pattern.process, shift)),
            )  # fmt: skip

    def _weeks(self, state: State) -> int:
        """Return how long ago: what is closed lies anywhere in the last two years, what is open is recent."""
        if state in FINAL:
            return self.numbers.randint(1, 104)
        return self.numbers.choices([0, 1, 2, 5], weights=[80, 12, 6, 2])[0]

    def _code(self, pattern: Dossier, shift: timedelta) -> str | None:
        known = DossierCode.parse(pattern.code or "")
        if known is None or pattern.received_at is None:
            return None
        day = (pattern.received_at + shift).astimezone(VIETNAM).date()
        self.codes[known.agency_code, day] += 1
        return str(replace(known, received_on=day, number=1000 + self.codes[known.agency_code, day]))


def settle(at: datetime) -> Crowd:
    """Load the reference, appoint the officers, and lead the patterns to their states. In the scope of the system."""
    call_command("load_reference", verbosity=0, stdout=_Silent())
    call_command("catalogue", "starter", stdout=_Silent())
    numbers = random.Random(SEED)
    offices = [_office(code, at) for code in AGENCIES]
    _, lan = make_citizen("Nguyễn Thị Lan", "025190012123", "0912345678", at)
    somebody, facts = make_citizen("Trần Văn Sơn", "025085000456", "0987654321", at)
    worlds = [
        World(office, neighbour, somebody, facts, *_procedure(code), at)
        for office, neighbour, *codes in zip(
            offices, _next(offices), PROCEDURES, _next(PROCEDURES), strict=True
        )
        for code in codes
    ]
    patterns = {state: [_lead(world, state, at) for world in worlds] for state in SHARES}
    return Crowd(at, worlds, patterns, [lan, *_people(2_500, numbers, at)], numbers)


def check(at: datetime) -> None:
    """Stop when an open dossier of the crowd has no owner, clock or next step."""
    proof = prove(at)
    assert proof.holds, proof.violations[:3]


def _next(places: Sequence[T]) -> list[T]:
    return [*places[1:], places[0]]


def _office(code: str, at: datetime) -> Office:
    agency = find_agency_by_code(code, at.date())
    assert agency is not None, code
    units: dict[UnitKind, int] = {}
    for unit in list_units(agency.id, at.date()):
        units.setdefault(unit.kind, unit.id)
    return staff_office(agency.id, code, units, at)


def _procedure(code: str) -> tuple[int, int, int]:
    version = ProcedureVersion.objects.get(procedure__code=code, valid_to__isnull=True)
    case = Case.objects.filter(version=version).order_by("position")[0]
    document = case.documents.order_by("position")[0]
    return version.pk, case.pk, document.pk


def _lead(world: World, state: State, at: datetime) -> Dossier:
    card = store(content=PNG, name="giay-chung-sinh.png", at=at)
    papers = tuple(
        Paper(file_id=card.id, name=name, required_document_id=world.document_id)
        for name in ("Giấy tờ phải nộp", "Giấy tờ phải xuất trình")
    )
    draft = ELECTRONIC if state is State.SIGNED else PAPER_DRAFT
    key = Lives(world, draft).to(state, at=at, pace=timedelta(minutes=20), papers=papers)
    return Dossier.objects.get(pk=key)


FAMILY = (
    "Nguyễn",
    "Trần",
    "Lê",
    "Phạm",
    "Hoàng",
    "Phan",
    "Vũ",
    "Đặng",
    "Bùi",
    "Đỗ",
    "Hồ",
    "Ngô",
    "Dương",
    "Lý",
)
MIDDLE = ("Thị", "Văn", "Thị Thu", "Đức", "Minh", "Ngọc", "Hữu", "Quang", "Thanh", "Xuân")
GIVEN = ("An", "Bình", "Chi", "Dũng", "Giang", "Hà", "Hùng", "Khánh", "Lan", "Mai", "Nam", "Oanh", "Phúc", "Quân", "Sơn", "Thảo", "Uyên", "Yến")  # fmt: skip


def _people(count: int, numbers: random.Random, at: datetime) -> list[PartyFacts]:
    """Add people who are nobody: names drawn at random, personal ids of a series that no province gives."""
    people = [
        PartyFacts(
            person_id=new_id(),
            full_name=" ".join(numbers.choice(part) for part in (FAMILY, MIDDLE, GIVEN)),
            personal_id=f"000{number:09d}",
            phone=f"09{number:08d}",
        )
        for number in range(count)
    ]
    Person.objects.bulk_create(
        Person(
            id=one.person_id,
            personal_id=one.personal_id,
            full_name=one.full_name,
            search_name=search_key(one.full_name),
            phone=one.phone,
            created_at=at,
        )
        for one in people
    )
    return people


def _moved(process: list[dict[str, Any]], shift: timedelta) -> list[dict[str, Any]]:
    return [
        step
        | (
            {"due_at": (datetime.fromisoformat(step["due_at"]) + shift).isoformat()}
            if step.get("due_at")
            else {}
        )
        for step in process
    ]


def _compare(cursor: CursorWrapper) -> None:
    """Stop when a copy lacks what its pattern has: a filled column, a movement, a paper, a line of the log."""
    for what, statement in CHECKS.items():
        cursor.execute(statement)
        (differing,) = cursor.fetchone() or (None,)
        assert differing == 0, f"{differing} copies differ from their patterns in {what}"


class _Silent:
    def write(self, text: str) -> None:
        """Say nothing: a bench prints figures."""
