"""
What the generator writes is what the commands write: the same lives both ways, compared table by table and row by row.

Both worlds are made in one database one after the other: the generated one is looked at and rolled back, so the second
begins where the first began. Codes and numbers are given in the order of time, as on a counter.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from itertools import zip_longest

import pytest
from django.db import connection, transaction

from tests.province.paying import PlatformOfTests, deeds_of
from tests.province.performing import perform, rate
from tests.province.speaking import petition_deeds
from vanlang.catalogue.models import Procedure
from vanlang.dossiers.api import generating
from vanlang.dossiers.rules.acts import Act
from vanlang.dossiers.rules.lives.roads import Desk, Front, Middle
from vanlang.dossiers.services.generating.planning import SHOWN
from vanlang.dossiers.tests.factories import OBLIGED_AFTER, TWO_PHASES, make_procedure
from vanlang.files.api import store
from vanlang.kernel.database.base import as_owner
from vanlang.kernel.database.loading import bare_tables
from vanlang.kernel.sealing import unseal
from vanlang.payments import ports
from vanlang.payments.api import PaymentWay, prove_books
from vanlang.payments.api import generating as payments
from vanlang.payments.rules.purses import Paying
from vanlang.petitions.api import PetitionState
from vanlang.petitions.api import generating as petitions
from vanlang.petitions.rules.lives import SOURCE_SHARES, Turn
from vanlang.petitions.services.generating import plan as plan_petitions
from vanlang.petitions.services.generating import write_petitions
from vanlang.province.services.founding import LOADED, SPECIMEN, SPECIMEN_NAME, settle
from vanlang.province.services.money import money_lines, purses_of
from vanlang.province.services.voices import people_of, soil_of
from vanlang.province.tests.conftest import SEALED, SMALL, UNTIL

_OWN = "an id of its own, made at random by the command and from the seed by the generator"
_TOKEN = "a secret, drawn at random by the command"
_POINTS = "points at a row by such an id; compared is whether it points"
_SERIAL = "counted on by the database; where the count stands is no fact"

VOLATILE: dict[str, dict[str, str]] = {
    "dossiers_dossier": {"receipt_token": _TOKEN},
    "dossiers_seat": {"id": _SERIAL},
    "dossiers_seatwords": {"seat_id": _SERIAL},
    "dossiers_codecounter": {"id": _SERIAL},
    "dossiers_movement": {"id": _OWN},
    "dossiers_duechange": {"id": _OWN},
    "dossiers_attachment": {"id": _OWN, "file_id": _POINTS},
    "dossiers_supplementrequest": {"id": _OWN},
    "dossiers_supplementitem": {"id": _OWN, "request_id": _POINTS, "attachment_id": _POINTS},
    "dossiers_supplementproposal": {"id": _OWN},
    "dossiers_opinion": {"id": _OWN},
    "dossiers_outcome": {"id": _OWN, "token": _TOKEN},
    "dossiers_rating": {},
    "documents_book": {"id": _SERIAL},
    "documents_registerentry": {"id": _SERIAL, "book_id": _SERIAL},
    "files_storedfile": {"id": _OWN},
    "payments_demand": {"id": _OWN},
    "payments_demandline": {"id": _SERIAL, "demand_id": _POINTS},
    "payments_feequestion": {"id": _OWN},
    "payments_payment": {"id": _OWN, "demand_id": _POINTS, "reference": _TOKEN, "transaction": _TOKEN},
    "payments_inquiry": {"payment_id": _POINTS},
    "payments_refund": {"id": _OWN, "payment_id": _POINTS, "reference": _TOKEN, "transaction": _TOKEN},
    "payments_feereceipt": {"id": _OWN, "payment_id": _POINTS, "register_entry": _POINTS},
    "payments_entry": {"id": _SERIAL, "demand_id": _POINTS, "payment_id": _POINTS},
    "payments_entryleg": {"id": _SERIAL, "entry_id": _SERIAL},
    "counter_cashdrawer": {"id": _OWN},
    "counter_cashentry": {"id": _OWN, "drawer_id": _POINTS},
    "petitions_petitioncounter": {},
    "petitions_petition": {
        "id": _OWN,
        "secret_mark": _TOKEN,
        "repeats_id": _POINTS,
        "merged_into_id": _POINTS,
    },
    "petitions_petitionmovement": {"id": _OWN, "petition_id": _POINTS},
    "petitions_petitionsupplement": {"id": _SERIAL, "petition_id": _POINTS},
    "petitions_petitionanswer": {"id": _SERIAL, "petition_id": _POINTS},
    "petitions_petitionpublication": {"id": _OWN, "petition_id": _POINTS},
    "petitions_petitionsatisfaction": {"petition_id": _POINTS},
    "audit_record": {"id": _SERIAL},
}
"""Table → column that is not compared → why."""
IDS_IN_FACTS = ("opinions", "opinion_id", "into")
"""Ids inside `facts` of a movement: made at random by the command."""
IDS_IN_SOURCES = re.compile(r"(?<=line:)\d+|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
"""Ids inside the source of an entry of the books."""


@pytest.mark.usefixtures("reference")
def test_lives_by_the_commands_leave_the_same_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ports, "_ways", {PaymentWay.PLATFORM: PlatformOfTests()})
    make_procedure("1.012345", days=5, process=TWO_PHASES, first_phase=OBLIGED_AFTER)
    Procedure.objects.filter(code="1.012345").update(popularity=60)
    with as_owner(), transaction.atomic(), connection.cursor() as cursor:
        specimen = store(content=SPECIMEN, name=SPECIMEN_NAME, at=UNTIL)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        ground = settle(cursor, SMALL, seed=7, until=UNTIL, report=_silent)
        fee_book = payments.fee_book_of([(offer.version_id, offer.case_id) for offer in ground.offers])
        lives = _one_of_each(ground, fee_book)
        voices = _each_turn(list(plan_petitions(soil_of(ground, SMALL.petitions))))
        people = people_of(voices)
        before = _rows()

        sid = transaction.savepoint()
        with bare_tables(cursor, LOADED, _silent):
            lines = generating.lines_of(
                lives, offers=ground.offers, courses=generating.courses_of(ground.offers)
            )
            generating.write_lives(
                cursor, lines, offers=ground.offers, specimen=str(specimen.id), report=_silent
            )
            payments.write_purses(
                cursor, money_lines(lives, fee_book, ground.seed), fee_book=fee_book, payers=generating.PAYERS, until=UNTIL,
                report=_silent,
            )  # fmt: skip
            write_petitions(cursor, voices, people=people)
        generated, said = _rows(), _rows(as_said=True)
        assert prove_books().faults == ()
        transaction.savepoint_rollback(sid)
        assert _rows() == before

        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        money = deeds_of(ground, list(purses_of(lives, fee_book, ground.seed)), said)
        perform(ground, lives, beside=[*money, *petition_deeds(voices, people)])
        rate(lives, generated["dossiers_rating"])
        lived = _rows()

    assert {table: rows for table in VOLATILE if (rows := _differing(generated[table], lived[table]))} == {}
    assert [table for table in VOLATILE if len(lived[table]) <= len(before[table])] == [], (
        "nothing was compared"
    )


def _differing(generated: Sequence[str], lived: Sequence[str]) -> list[tuple[str, str]]:
    """Return the rows that only one side has, side by side, as far as a reader wants them."""
    only = (sorted(set(generated) - set(lived)), sorted(set(lived) - set(generated)))
    if not any(only) and len(generated) != len(lived):
        return [(f"{len(generated)} rows", f"{len(lived)} rows")]
    return list(zip_longest(*only, fillvalue="nothing"))[:3]


def test_every_column_is_compared_but_those_named() -> None:
    """A table or column that dossiers gain later is compared too, or this says where it is missing."""
    assert {*generating.TABLES, *payments.TABLES, *petitions.TABLES} <= set(VOLATILE)


def _one_of_each(ground: generating.Ground, fee_book: payments.FeeBook) -> list[generating.Life]:
    """Return the first lives, which stand in every state, and one more for every way of doing each part, and of paying."""
    lives = list(generating.plan(ground, range(SMALL.dossiers)))
    chosen = {life.number: life for life in lives[: len(SHOWN) + 40]}
    for part in (*Front, *Desk, *Middle):
        long = [life for life in lives if part in {life.road.front, life.road.desk, life.road.middle}]
        assert long, part
        longest = max(long, key=lambda life: (len(life.legs), -life.number))
        chosen[longest.number] = longest
    for entity in [life for life in lives if life.entity_id is not None][:6]:
        chosen[entity.number] = entity
    for life in _each_paying(list(purses_of(lives, fee_book, ground.seed))):
        chosen[life.number] = life
    done = {leg.act for life in chosen.values() for leg in life.legs}
    assert done >= set(Act) - _NOT_GENERATED, set(Act) - _NOT_GENERATED - done
    return [chosen[number] for number in sorted(chosen)]


def _each_turn(planned: Sequence[petitions.Brought]) -> list[petitions.Brought]:
    """Return the first petitions, which stand in every state, and two more of each turn and source."""
    chosen = {one.number: one for one in planned[:16]}
    assert {one.legs[-1].state for one in chosen.values()} == set(PetitionState)
    for part in (*Turn, *SOURCE_SHARES):
        long = [one for one in planned if part in {one.turn, one.source}]
        assert long, part
        for one in sorted(long, key=lambda one: (-len(one.legs), one.number))[:2]:
            chosen[one.number] = one
            if one.repeats is not None:
                chosen[one.number - 1] = planned[one.number - 1]
    assert {one.satisfied for one in chosen.values()} >= {None, True}
    return [chosen[number] for number in sorted(chosen)]


def _each_paying(known: Sequence[tuple[generating.Life, payments.Purse]]) -> Iterator[generating.Life]:
    """Yield three lives for each way of paying, and one for everything that becomes of money."""
    for paying in Paying:
        yield from [life for life, purse in known if purse.paying is paying][:3]
    for became in _BECAME:
        found = [life for life, purse in known if became(purse)]
        assert found, f"no money of which {became.__name__}"
        yield found[0]


def _is_counted(purse: payments.Purse) -> bool:
    return purse.units > 0 and purse.asked_at is not None


def _is_not_counted(purse: payments.Purse) -> bool:
    return purse.gap is not None and purse.asked_at is None


def _failed_once(purse: payments.Purse) -> bool:
    return purse.failed_at is not None and purse.booked_at is not None


def _lapsed(purse: payments.Purse) -> bool:
    return purse.lapsed_at is not None and purse.voided_at is None


def _runs(purse: payments.Purse) -> bool:
    return purse.begun_at is not None and purse.booked_at is None and purse.lapsed_at is None


def _ended_unpaid(purse: payments.Purse) -> bool:
    return purse.voided_at is not None and purse.booked_at is None and purse.exempted_at is None


def _goes_back(purse: payments.Purse) -> bool:
    return purse.proposed_at is not None and purse.refund_asked_at is None


def _is_asked_back(purse: payments.Purse) -> bool:
    return purse.refund_asked_at is not None and purse.refunded_at is None


def _went_back(purse: payments.Purse) -> bool:
    return purse.refunded_at is not None


_BECAME: tuple[Callable[[payments.Purse], bool], ...] = (
    _is_counted, _is_not_counted, _failed_once, _lapsed, _runs, _ended_unpaid, _goes_back, _is_asked_back, _went_back,
)  # fmt: skip
_NOT_GENERATED = {
    Act.DRAFT, Act.DECLINE_SUPPLEMENT, Act.CONSULT_UNIT, Act.FORGO_OPINION, Act.ENDORSE, Act.SIGN, Act.EXPLAIN_DELAY,
    Act.DROP_APOLOGY, Act.REOPEN, Act.KEEP_OUTCOME, Act.REVOKE, Act.ADOPT, Act.TRANSFER,
}  # fmt: skip
"""Acts that no generated life has (ADR 0023)."""


def _rows(*, as_said: bool = False) -> dict[str, Sequence[str]]:
    """Return every row that is compared; `as_said`: whole, as the table has it."""
    return {
        table: _rows_of(table, set() if as_said else set(columns), as_said=as_said)
        for table, columns in VOLATILE.items()
    }


def _rows_of(table: str, volatile: set[str], *, as_said: bool) -> Sequence[str]:
    where = f"WHERE kind = 'act' AND act ~ '{RECORDED}'" if table == "audit_record" else ""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT to_jsonb(row) FROM {table} AS row {where}", [])  # noqa: S608 - of the table above
        rows = [row if isinstance(row, dict) else json.loads(row) for (row,) in cursor]
    return sorted(json.dumps(row) if as_said else _line(table, row, volatile) for row in rows)


RECORDED = r"^(dossiers|payments|counter|petitions)\.|^documents\.void_number$"
"""
Acts that are compared: what people and the house did, not what the house was set up with.

Reads are not: a generated province has none (ADR 0023), while a receipt that is issued opens its dossier.
"""
_NAMED_BY_IDS = ("payments.", "cash_drawer", "documents.entry", "petition")
"""Object types whose ids are made by the command."""


def _opened(table: str, column: str, value: str) -> object:
    return unseal(bytes.fromhex(value.removeprefix("\\x")), bound_to=f"{table.replace('_', '.')}.{column}")


def _line(table: str, row: dict[str, object], volatile: set[str]) -> str:
    kept = {key: value if key not in volatile else value not in {None, ""} for key, value in row.items()}
    kept |= {
        key: _opened(table, key, str(kept[key])) for key in SEALED.get(table, ()) if kept[key] is not None
    }
    facts = kept.get("facts")
    if isinstance(facts, dict):
        kept["facts"] = {key: value if key not in IDS_IN_FACTS else "…" for key, value in facts.items()}
    if "source" in kept:
        kept["source"] = IDS_IN_SOURCES.sub("…", str(kept["source"]))
    if str(kept.get("object_type", "")).startswith(_NAMED_BY_IDS):
        kept["object_id"] = "…"
    return json.dumps(kept, ensure_ascii=False, sort_keys=True)


def _silent(what: str, done: int, of: int) -> None:
    """Report nothing."""
