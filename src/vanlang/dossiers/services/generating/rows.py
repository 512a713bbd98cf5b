"""
A table of lives turned into rows of this app: one statement for each table.

Lives go into the temporary table `life` by COPY; `leg` says what each act of each course leaves behind, `offer` what the
procedures say. Ids are made from the instant and from what the row is, as `kernel.ids.id_at` makes them.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal

from django.db.backends.utils import CursorWrapper

from vanlang.audit.api import record_acts_from
from vanlang.calendars.api import TimeLimit
from vanlang.documents.api import number_from
from vanlang.dossiers.models import (
    Attachment,
    CodeCounter,
    Dossier,
    DueChange,
    Movement,
    Opinion,
    Outcome,
    Rating,
    Seat,
    SeatWords,
    SupplementItem,
    SupplementProposal,
    SupplementRequest,
)
from vanlang.dossiers.rules.acts import Act
from vanlang.dossiers.rules.clock import ClockChange
from vanlang.dossiers.rules.lives.roads import Desk, Front, Middle, Road
from vanlang.dossiers.rules.lives.walking import Leg
from vanlang.dossiers.rules.states import PAUSED
from vanlang.dossiers.services.generating import statements
from vanlang.dossiers.services.generating.offers import BOOK_KIND, Offer
from vanlang.dossiers.services.generating.planning import Life, _walked, more_for
from vanlang.files.api import FileKind, safe_name, store_again_from
from vanlang.kernel.database.loading import FUNCTIONS
from vanlang.kernel.vietnamese import search_key

TABLES: tuple[str, ...] = tuple(
    model._meta.db_table
    for model in (
        Dossier, Seat, SeatWords, CodeCounter, Movement, DueChange, Attachment, SupplementRequest, SupplementItem,
        SupplementProposal, Opinion, Outcome, Rating,
    )
)  # fmt: skip
"""What `write_lives` writes, beside the rows that it asks of lower doors."""

PAYERS = "SELECT id AS dossier_id, payer_name AS payer FROM dossiers_dossier"
"""Who pays for each dossier, as a question that others may ask."""

Report = Callable[[str, int, int], None]
Courses = dict[tuple[Road, int], int]


def write_lives(
    cursor: CursorWrapper, lines: Iterable[bytes], *, offers: Sequence[Offer], specimen: str, report: Report
) -> None:
    """
    Write the rows of lives, planned and put in order by `lines_of`. In the caller's transaction, as the owner of the tables.

    `specimen`: id of the stored file whose content every scan shows.
    """
    cursor.execute(FUNCTIONS + statements.TEMPORARY)
    courses = courses_of(offers)
    _copy(cursor, "leg", _legs(offers, courses))
    _copy(cursor, "offer", _offers(offers))
    _copy(cursor, "offer_limit", _limits(offers))
    _copy(cursor, "paper", _papers(offers))
    with cursor.copy("COPY life FROM STDIN") as rows:
        for line in lines:
            rows.write(line)
    steps: list[tuple[str, Callable[[], object]]] = [
        ("Mã hồ sơ", lambda: cursor.execute(statements.CODES)),
        ("Số kết quả", lambda: number_from(cursor, statements.NUMBERED, into="numbered")),
        *((what, lambda sql=sql: cursor.execute(sql)) for what, sql in statements.ROWS),
        ("Tệp", lambda: store_again_from(cursor, statements.FILES, specimen=specimen)),
        ("Nhật ký", lambda: record_acts_from(cursor, statements.RECORDS)),
        ("Nhật ký đánh giá", lambda: record_acts_from(cursor, statements.RATING_RECORDS)),
    ]
    for done, (what, step) in enumerate(steps):
        report(what, done, len(steps))
        step()


def courses_of(offers: Sequence[Offer]) -> Courses:
    """Return a number for each road under each offer; offers with the same process share theirs."""
    found: dict[object, int] = {}
    courses: Courses = {}
    for index, offer in enumerate(offers):
        for road in _roads():
            courses[road, index] = found.setdefault((road, offer.process, offer.is_phased), len(found))
    return courses


def _roads() -> Iterator[Road]:
    return (Road(front, desk, middle) for front in Front for desk in Desk for middle in Middle)


def lines_of(lives: Iterable[Life], *, offers: Sequence[Offer], courses: Courses) -> Iterator[bytes]:
    """Yield the lines of the table `life`, as COPY reads them."""
    steps = [
        [
            json.dumps(
                {"name": step.name, "party": step.party.value, "share": step.share, "phase": step.phase},
                ensure_ascii=False,
            )[:-1].replace("\\", "\\\\")
            for step in offer.process
        ]
        for offer in offers
    ]
    for life in lives:
        process = ", ".join(
            f'{step}, "due_at": "{end.isoformat()}"}}'
            for step, end in zip(steps[life.offer], life.process, strict=False)
        )
        yield "\t".join(
            (
                str(life.number), str(life.dossier_id), str(courses[life.road, life.offer]), str(len(life.legs)),
                str(life.offer), str(life.intake), str(life.competent), _text(life.adviser),
                f"{{{','.join(map(str, life.officers))}}}", str(life.person_id), _text(life.entity_id),
                life.channel.value, _instants(life.at), _instants(life.due), _instants(life.step_due),
                _said(life.said), f"[{process}]", _instants(life.process), "t" if life.forecast else "f",
                life.answer_due_at.isoformat(), _text(life.opinion_due_at), "t" if life.scanned else "f",
                life.until.isoformat(),
            )
        ).encode() + b"\n"  # fmt: skip


def _text(value: object) -> str:
    return "\\N" if value is None else str(value)


def _instants(moments: Sequence[dt.datetime | None]) -> str:
    return "{" + ",".join("NULL" if one is None else one.isoformat() for one in moments) + "}"


def _said(words: Sequence[str]) -> str:
    return "{" + ",".join(f'"{one}"' for one in words) + "}" if any(words) else "{}"


def _copy(cursor: CursorWrapper, table: str, rows: Iterable[Sequence[object]]) -> None:
    with cursor.copy(f"COPY {table} FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


def _legs(offers: Sequence[Offer], courses: Courses) -> Iterator[tuple[object, ...]]:
    written: set[int] = set()
    for (road, index), course in courses.items():
        if course in written:
            continue
        written.add(course)
        legs = _walked(road, offers[index])
        yield from (_leg_row(course, leg, legs) for leg in legs)


def _leg_row(course: int, leg: Leg, legs: Sequence[Leg]) -> tuple[object, ...]:
    before = legs[: leg.number]
    step = leg.ended_step
    return (
        course, leg.number, leg.act.value, int(leg.by), leg.before.value, leg.state.value, leg.party.value,
        leg.clock.value, leg.waits_for.value if leg.waits_for else "", leg.lies_at.value if leg.lies_at else None,
        _slot(leg.holder), _slot(leg.unit), _slot(leg.specialist), leg.position, step, leg.on_paper, leg.supplements,
        leg.extensions, leg.supplement_proposed, leg.state in PAUSED, leg.paused_by, _number_of(before, Act.RECEIVE),
        next((one.number for one in before if one.clock is ClockChange.FINISH), None),
        _number_of(before, Act.RELEASE), _number_of(before, Act.DELIVER), _last_of(before, Act.PROPOSE),
        _last_of(before, Act.APPROVE), _answered_by(leg, legs),
    )  # fmt: skip


def _slot(slot: object) -> int | None:
    return None if slot is None else int(slot)  # type: ignore[call-overload] # a Slot


def _number_of(legs: Sequence[Leg], act: Act) -> int | None:
    return next((leg.number for leg in legs if leg.act is act), None)


def _last_of(legs: Sequence[Leg], act: Act) -> int | None:
    return next((leg.number for leg in reversed(legs) if leg.act is act), None)


_ASKS = frozenset(
    {Act.REQUEST_SUPPLEMENT, Act.APPROVE_SUPPLEMENT, Act.CONSULT, Act.PROPOSE_SUPPLEMENT, Act.CLOSE_PHASE}
)


def _answered_by(leg: Leg, legs: Sequence[Leg]) -> int | None:
    """Return the number of the act that answers what this one asks."""
    follows = leg.number < len(legs) and leg.act in _ASKS
    return leg.number + 1 if follows else None


def _offers(offers: Sequence[Offer]) -> Iterator[tuple[object, ...]]:
    for number, offer in enumerate(offers):
        phase = next((step.phase for step in offer.process), 1)
        yield (
            number, offer.version_id, offer.case_id, offer.code, offer.name, offer.request, offer.title, BOOK_KIND,
            search_key(f"{offer.name} {offer.request}"), phase,
        )  # fmt: skip


def _limits(offers: Sequence[Offer]) -> Iterator[tuple[object, ...]]:
    for number, offer in enumerate(offers):
        for channel, limit in offer.limits.items():
            more = more_for(limit)
            yield number, channel.value, *_amount(limit), *_amount(more)


def _amount(limit: TimeLimit) -> tuple[Decimal, str]:
    return Decimal(limit.amount.numerator) / limit.amount.denominator, limit.unit.value


def _papers(offers: Sequence[Offer]) -> Iterator[tuple[object, ...]]:
    for number, offer in enumerate(offers):
        for position, paper in enumerate(offer.papers):
            file_name = safe_name(f"{paper.name}.png", FileKind.PNG)
            yield (
                number,
                position,
                paper.required_document_id,
                paper.name,
                file_name,
                paper.originals,
                paper.copies,
            )
