from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from django.db import models, transaction
from django.db.models import ProtectedError, Q, QuerySet

from vanlang.audit.api import ActorRef, record_act
from vanlang.kernel.errors import Refusal, refuse_if
from vanlang.kernel.vietnamese import normalise, search_key
from vanlang.organizations.errors import AgencyCodeError, ReorganizationError, UnknownAgencyError
from vanlang.organizations.models import Agency, AgencyChange, AgencyChangePart, AgencyVersion, Unit
from vanlang.organizations.rules.codes import check_code
from vanlang.organizations.rules.reorganization import Period, may_reorganize
from vanlang.organizations.types import AgencyId, AgencyKind, ChangeKind, UnitId, UnitKind

STANDARD_UNITS = {
    AgencyKind.COMMUNE: (
        ("Trung tâm Phục vụ hành chính công", UnitKind.COUNTER),
        ("Văn phòng HĐND và UBND", UnitKind.SPECIALIST),
        ("Phòng Kinh tế", UnitKind.SPECIALIST),
        ("Phòng Văn hóa - Xã hội", UnitKind.SPECIALIST),
        ("Lãnh đạo UBND", UnitKind.LEADERSHIP),
        ("Văn thư", UnitKind.REGISTRY),
    ),
    AgencyKind.DEPARTMENT: (
        ("Bộ phận Một cửa", UnitKind.COUNTER),
        ("Phòng chuyên môn", UnitKind.SPECIALIST),
        ("Ban Giám đốc", UnitKind.LEADERSHIP),
        ("Văn thư", UnitKind.REGISTRY),
    ),
}
"""Units that an agency starts with; each agency changes its own. Law: unverified"""


@dataclass(frozen=True, slots=True)
class NewName:
    """What an agency is called from a day on."""

    name: str
    short_name: str
    address: str = ""


@transaction.atomic
def add_agency(
    *, code: str, kind: AgencyKind, name: NewName, valid_from: dt.date, source: str = "", stat_code: str = ""
) -> AgencyId:
    """
    Add an agency with its first name and its standard units.

    Raises: AgencyCodeError when the code is malformed; ReorganizationError when it was ever used.
    """
    refuse_if(check_code(code), AgencyCodeError)
    if Agency.objects.filter(code=code).exists():
        raise ReorganizationError("organizations.code_taken", agency=code)
    agency = Agency.objects.create(code=code, kind=kind, stat_code=stat_code)
    _add_version(agency, name, valid_from, source)
    Unit.objects.bulk_create(
        Unit(agency=agency, name=unit, kind=unit_kind, valid_from=valid_from)
        for unit, unit_kind in STANDARD_UNITS.get(kind, STANDARD_UNITS[AgencyKind.DEPARTMENT])
    )
    return AgencyId(agency.pk)


@transaction.atomic
def add_unit(*, agency_id: int, name: str, kind: UnitKind, valid_from: dt.date) -> UnitId:
    """Add a unit to an agency."""
    return UnitId(
        Unit.objects.create(agency_id=agency_id, name=normalise(name), kind=kind, valid_from=valid_from).pk
    )


@transaction.atomic
def change_unit(
    *, unit_id: int, name: str, kind: UnitKind, valid_to: dt.date | None, actor: ActorRef, at: dt.datetime
) -> None:
    """Call a unit otherwise, or end it on a day; what was done in it stays."""
    changed = Unit.objects.filter(pk=unit_id).update(name=normalise(name), kind=kind, valid_to=valid_to)
    if not changed:
        raise UnknownAgencyError(agency=unit_id)
    record_act(act="organizations.change_unit", actor=actor, object_type="unit", object_id=unit_id, at=at)


@transaction.atomic
def discard_unit(*, unit_id: int, actor: ActorRef, at: dt.datetime) -> None:
    """
    Take away a unit that was added by mistake.

    Raises: ReorganizationError when anything rests on it: an officer, a dossier.
    """
    _discard(Unit.objects.filter(pk=unit_id), "organizations.unit_in_use")
    record_act(act="organizations.discard_unit", actor=actor, object_type="unit", object_id=unit_id, at=at)


@transaction.atomic
def discard_agency(*, code: str, actor: ActorRef, at: dt.datetime) -> None:
    """
    Take away an agency that was added by mistake, with its name and its units.

    Raises: UnknownAgencyError; ReorganizationError when anything rests on it.
    """
    agency = _agency(code)
    for rows in (Unit.objects.filter(agency=agency), AgencyVersion.objects.filter(agency=agency)):
        _discard(rows, "organizations.agency_in_use", agency=code)
    _discard(Agency.objects.filter(pk=agency.pk), "organizations.agency_in_use", agency=code)
    record_act(act="organizations.discard_agency", actor=actor, object_type="agency", object_id=code, at=at)


def _discard(rows: QuerySet[models.Model], code: str, agency: str = "") -> None:
    try:
        with transaction.atomic():
            rows.delete()
    except ProtectedError:
        raise ReorganizationError(code, agency=agency) from None


@transaction.atomic
def rename(
    *, code: str, name: NewName, effective_on: dt.date, decision: str, actor: ActorRef, at: dt.datetime
) -> None:
    """Call an agency by another name from a day on; what is older keeps the old name."""
    agency = _agency(code)
    _refuse(may_reorganize(ChangeKind.RENAME, _periods([agency]), [code], effective_on))
    _close([agency], effective_on)
    _add_version(agency, name, effective_on, decision)
    _remember(ChangeKind.RENAME, effective_on, decision, [agency], [agency], actor, at)


@transaction.atomic
def call_otherwise(
    *, code: str, name: NewName, on: dt.date, decision: str, actor: ActorRef, at: dt.datetime
) -> None:
    """Give an agency other words from a day on; a name that began that very day is corrected in place."""
    agency = _agency(code)
    began = AgencyVersion.objects.filter(agency=agency, valid_from=on, valid_to__isnull=True)
    if not began.exists():
        rename(code=code, name=name, effective_on=on, decision=decision, actor=actor, at=at)
        return
    began.update(
        name=normalise(name.name),
        short_name=normalise(name.short_name),
        search_name=search_key(name.name),
        address=normalise(name.address),
    )
    record_act(act="organizations.correct_name", actor=actor, object_type="agency", object_id=code, at=at)


@transaction.atomic
def merge(
    *,
    codes: Sequence[str],
    into: str,
    name: NewName,
    effective_on: dt.date,
    decision: str,
    actor: ActorRef,
    at: dt.datetime,
) -> None:
    """
    Merge agencies into one, from a day on. `into` may be one of them or a new code (of the first one's kind).

    Raises: UnknownAgencyError; ReorganizationError when one of them does not exist the day before.
    """
    before = [_agency(code) for code in codes]
    _refuse(may_reorganize(ChangeKind.MERGE, _periods(before), [into], effective_on))
    _close(before, effective_on)
    target = next((agency for agency in before if agency.code == into), None)
    target = target or Agency.objects.get_or_create(code=into, defaults={"kind": before[0].kind})[0]
    _add_version(target, name, effective_on, decision)
    _remember(ChangeKind.MERGE, effective_on, decision, before, [target], actor, at)


@transaction.atomic
def split(
    *,
    code: str,
    into: dict[str, NewName],
    effective_on: dt.date,
    decision: str,
    actor: ActorRef,
    at: dt.datetime,
) -> None:
    """Split one agency into several, from a day on; the old code may be one of them."""
    before = _agency(code)
    _refuse(may_reorganize(ChangeKind.SPLIT, _periods([before]), list(into), effective_on))
    _close([before], effective_on)
    after = []
    for new_code, name in into.items():
        refuse_if(check_code(new_code), AgencyCodeError)
        agency = Agency.objects.get_or_create(code=new_code, defaults={"kind": before.kind})[0]
        _add_version(agency, name, effective_on, decision)
        after.append(agency)
    _remember(ChangeKind.SPLIT, effective_on, decision, [before], after, actor, at)


@transaction.atomic
def load_agencies(path: Path) -> int:
    """Add the agencies of a reference file that are not there yet; return how many were added. Idempotent."""
    content = tomllib.loads(path.read_text(encoding="utf-8"))
    known = set(Agency.objects.values_list("code", flat=True))
    added = 0
    for row in content["agency"]:
        if row["code"] in known:
            continue
        add_agency(
            code=row["code"],
            kind=AgencyKind(row["kind"]),
            name=NewName(row["name"], row.get("short_name", row["name"]), row.get("address", "")),
            valid_from=content["valid_from"],
            source=content["source"],
            stat_code=row.get("stat_code", ""),
        )
        added += 1
    return added


def _agency(code: str) -> Agency:
    found = Agency.objects.select_for_update(of=("self",)).filter(code=code).first()
    if found is None:
        raise UnknownAgencyError(agency=code)
    return found


def _periods(agencies: Sequence[Agency]) -> dict[str, Period]:
    rows = AgencyVersion.objects.filter(agency__in=agencies).select_related("agency").order_by("valid_from")
    return {row.agency.code: Period(row.valid_from, row.valid_to) for row in rows}


def _close(agencies: Sequence[Agency], on: dt.date) -> None:
    running = Q(valid_to__isnull=True) | Q(valid_to__gt=on)
    AgencyVersion.objects.filter(running, agency__in=agencies, valid_from__lt=on).update(valid_to=on)


def _add_version(agency: Agency, name: NewName, valid_from: dt.date, source: str) -> None:
    AgencyVersion.objects.create(
        agency=agency,
        name=normalise(name.name),
        short_name=normalise(name.short_name),
        search_name=search_key(name.name),
        address=normalise(name.address),
        valid_from=valid_from,
        source=source,
    )


def _remember(
    kind: ChangeKind,
    effective_on: dt.date,
    decision: str,
    before: Sequence[Agency],
    after: Sequence[Agency],
    actor: ActorRef,
    at: dt.datetime,
) -> None:
    change = AgencyChange.objects.create(kind=kind, effective_on=effective_on, decision=decision)
    AgencyChangePart.objects.bulk_create(
        [AgencyChangePart(change=change, agency=agency, continues=False) for agency in before]
        + [AgencyChangePart(change=change, agency=agency, continues=True) for agency in after]
    )
    record_act(
        act=f"organizations.{kind}",
        actor=actor,
        object_type="agency_change",
        object_id=change.pk,
        at=at,
        facts={"from": [agency.code for agency in before], "to": [agency.code for agency in after]},
    )


def _refuse(refusal: Refusal | None) -> None:
    refuse_if(refusal, ReorganizationError)
