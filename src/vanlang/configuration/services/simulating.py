"""
Simulate a procedure before it is published: made-up filings, each walked from filing to delivery.

The walk asks the table that decides (`dossiers.rehearse`), the due date the calendar, the answers the e-form: nothing is
written, so nothing remains in the tables and no code is burnt. The same seed makes the same filings. A hundred walks take
no longer than a page, so no job is needed.
"""

from __future__ import annotations

import datetime as dt
import random
import uuid
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from vanlang.calendars.api import CalendarGapError, LimitUnit, TimeLimit, calendar_of, due
from vanlang.catalogue.api import (
    CaseCard,
    Channel,
    Level,
    OnlineLevel,
    PaperKind,
    StepCard,
    StepRole,
    VersionCard,
    get_procedure,
    get_version,
)
from vanlang.configuration.models import ImportRow
from vanlang.configuration.queries.coverage import NEEDED
from vanlang.dossiers.api import ACTS, Party, Rehearsal, State, Step, rehearse
from vanlang.eforms.api import FieldDefinition, FormDefinition, find_definition, validate
from vanlang.identity.api import Role, list_staff
from vanlang.kernel.labels import sentence_of
from vanlang.organizations.api import AgencyCard, AgencyKind, find_agency_by_code, list_agencies

MOST = 1000
_SURNAMES = ("Nguyễn", "Trần", "Lê", "Phạm", "Đỗ", "Hoàng", "Bùi", "Đinh")
_GIVEN = ("An", "Bình", "Chi", "Dũng", "Hà", "Khánh", "Lan", "Minh", "Ngọc", "Phúc", "Quân", "Thảo")


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something that would stop dossiers, how often, and where it is repaired."""

    what: str
    where: str
    count: int


@dataclass(frozen=True, slots=True)
class Sample:
    """One made-up filing, as the report lists a few of them."""

    number: int
    case: str
    channel: Channel
    agency: str
    received_at: dt.datetime
    due_at: dt.datetime | None
    acts: int
    ended: State


@dataclass(frozen=True, slots=True)
class Simulation:
    """What happened to the made-up filings of one procedure."""

    version: VersionCard
    proposed: bool
    """Whether the process is one that an import proposes."""
    filings: int
    delivered: int
    troubles: tuple[Trouble, ...]
    unstaffed: tuple[tuple[str, str, tuple[Role, ...]], ...]
    """(agency code, name, roles that nobody holds)."""
    agencies: int
    flow: tuple[tuple[State, int], ...]
    """How many walks came through each state."""
    acts: tuple[tuple[str, int], ...]
    samples: tuple[Sample, ...]


def simulate(*, procedure_code: str, run_id: uuid.UUID | None, filings: int, at: dt.datetime) -> Simulation:
    """
    Return what happens to `filings` made-up filings under the version in force, or under the process that an import proposes.

    Raises: UnknownProcedureError.
    """
    version = get_version(get_procedure(procedure_code, at.date()).version_id)
    proposed = _proposed(version, run_id)
    version = replace(version, process=proposed) if proposed else version
    agencies = competent(version, at.date())
    held = _held(at.date())
    troubles: Counter[tuple[str, str]] = Counter(_standing_troubles(version))
    flow: Counter[State] = Counter()
    acts: Counter[str] = Counter()
    samples: list[Sample] = []
    delivered = 0
    for number in range(1, min(filings, MOST) + 1):
        rng = random.Random(f"{procedure_code}/{number}")  # noqa: S311 - made-up filings, the same each time
        walk, sample = _one(number, version, agencies, rng, at, troubles)
        flow.update({State.DRAFT, *(stride.after for stride in walk.strides)})
        acts.update(ACTS[stride.act] for stride in walk.strides)
        delivered += walk.state is State.DELIVERED
        samples.append(sample)
    missing = [
        (card, tuple(role for role in NEEDED if role not in held.get(card.id, set()))) for card in agencies
    ]
    return Simulation(
        version=version, proposed=bool(proposed), filings=len(samples), delivered=delivered,
        troubles=tuple(Trouble(what, where, count) for (what, where), count in troubles.most_common()),
        unstaffed=tuple((card.code, card.short_name, roles) for card, roles in missing if roles),
        agencies=len(agencies), flow=tuple((state, flow[state]) for state in State if flow[state]),
        acts=tuple(acts.most_common()), samples=tuple(samples[:20]),
    )  # fmt: skip


def competent(version: VersionCard, on: dt.date) -> list[AgencyCard]:
    """Return the agencies that would settle the procedure: every commune, or the department that answers for it."""
    if Level.COMMUNE in version.levels:
        return list_agencies(on, kind=AgencyKind.COMMUNE)
    department = find_agency_by_code(version.department_code, on)
    return [department] if department else []


def _one(
    number: int, version: VersionCard, agencies: Sequence[AgencyCard], rng: random.Random, at: dt.datetime,
    troubles: Counter[tuple[str, str]],
) -> tuple[Rehearsal, Sample]:  # fmt: skip
    case = rng.choice(version.cases) if version.cases else None
    channel = rng.choice(_channels(version))
    agency = rng.choice(agencies) if agencies else None
    received_at = at.replace(hour=7, minute=30, second=0, microsecond=0)
    received_at += dt.timedelta(days=rng.randrange(60), minutes=rng.randrange(9 * 60))
    due_at = _due(version, case, channel, agency, received_at, troubles)
    _ask(case, rng, at, troubles)
    walk = rehearse(_steps(version, case), detours=_turns(rng))
    if walk.refusal:
        troubles[sentence_of(walk.refusal, {"act_label": "", "state_label": ""}).says, "process"] += 1
    title = case.title if case else ""
    name = agency.short_name if agency else ""
    return walk, Sample(number, title, channel, name, received_at, due_at, len(walk.strides), walk.state)


def _due(
    version: VersionCard, case: CaseCard | None, channel: Channel, agency: AgencyCard | None, received_at: dt.datetime,
    troubles: Counter[tuple[str, str]],
) -> dt.datetime | None:  # fmt: skip
    limit = version.limit_for(channel, case.id if case else None)
    if limit is None:
        troubles["Chưa có thời hạn cho kênh này, hồ sơ không tiếp nhận được", "clock"] += 1
        return None
    try:
        calendar = calendar_of(agency.id if agency else None)
        return due(
            calendar,
            received_at=received_at,
            limit=TimeLimit(limit.limit.amount, LimitUnit(limit.limit.unit.value)),
        ).due_at
    except CalendarGapError:
        troubles["Lịch làm việc không phủ ngày hẹn trả", "calendar"] += 1
        return None


def _ask(
    case: CaseCard | None, rng: random.Random, at: dt.datetime, troubles: Counter[tuple[str, str]]
) -> None:
    definition = find_definition(case.form_code) if case and case.form_code else None
    if case and case.form_code and definition is None:
        troubles[f"Không có mẫu đơn “{case.form_code}”", "form"] += 1
    if definition is None:
        return
    labels = {field.name: field.label for field in definition.fields}
    for name in validate(definition, _answers(definition, rng, at.date()), on=at.date()).errors:
        troubles[f"Dữ liệu thử không qua kiểm tra ở câu “{labels.get(name, name)}”", "form"] += 1


def _standing_troubles(version: VersionCard) -> Iterator[tuple[str, str]]:
    """Yield what no walk is needed to see."""
    if not version.fees:
        yield "Chưa có mức phí được xác nhận (miễn phí cũng phải ghi mức 0)", "fee"
    if not version.process:
        yield "Chưa có quy trình nội bộ: không chia thời gian cho từng bước", "process"
    if not any(case.form_code for case in version.cases):
        yield "Chưa có mẫu đơn điện tử riêng", "form"
    if not any(kind.template for kind in version.outcome_kinds):
        yield "Chưa có mẫu in kết quả", "template"
    for case in version.cases:
        for paper in case.documents:
            if paper.kind is PaperKind.UNCLEAR or (paper.kind is PaperKind.PAPER and paper.originals is None):
                yield f"Giấy tờ chưa rõ: “{paper.name[:80]}”", "papers"


def _channels(version: VersionCard) -> list[Channel]:
    offered = [Channel.DIRECT, Channel.POSTAL]
    return (
        [*offered, Channel.ONLINE]
        if version.online_level in {OnlineLevel.FULL, OnlineLevel.PARTIAL}
        else offered
    )


def _steps(version: VersionCard, case: CaseCard | None) -> list[Step]:
    return [
        Step(step.name, Party(step.role.value), step.share)
        for step in version.process_for(case.id if case else None)
    ]


def _turns(rng: random.Random) -> Iterator[bool]:
    while True:
        yield rng.random() < 0.15


def _held(on: dt.date) -> dict[int, set[Role]]:
    held: dict[int, set[Role]] = {}
    for card in list_staff(on):
        if card.valid_from <= on and card.is_active:
            held.setdefault(card.agency_id, set()).update(card.roles)
    return held


def _proposed(version: VersionCard, run_id: uuid.UUID | None) -> tuple[StepCard, ...]:
    """Return the process that an import proposes for the procedure, or nothing."""
    rows = ImportRow.objects.filter(
        run_id=run_id, run__kind="quy-trinh", after__procedure=version.code
    ).order_by("place")
    cases = {case.title: case.id for case in version.cases}
    lines = [row.after for row in rows if row.after] if run_id else []
    lines.sort(key=lambda line: (line["case"], line["position"]))
    return tuple(
        StepCard(
            0,
            cases.get(line["case"]) if line["case"] else None,
            line["position"],
            line["name"],
            StepRole(line["role"]),
            line["share"],
        )
        for line in lines
    )


# ---- made-up answers ------------------------------------------------------------------------------


def _answers(definition: FormDefinition, rng: random.Random, on: dt.date) -> dict[str, object]:
    """Return answers as a person might type them; who has a date of birth has a number that agrees with it."""
    days = {field.name: on - dt.timedelta(days=rng.randrange(30, 60 * 365)) for field in definition.fields}
    return {field.name: _answer(field, days, rng, on) for field in definition.fields}


def _answer(field: FieldDefinition, days: dict[str, dt.date], rng: random.Random, on: dt.date) -> object:
    match field.widget:
        case "date":
            day = days[field.name]
            if field.earliest:
                first = on if field.earliest == "today" else dt.date.fromisoformat(field.earliest)
                day = max(day, first)
                days[field.name] = day
            return f"{day:%d/%m/%Y}"
        case "number":
            return str(rng.randrange(1, 5))
        case "choice":
            return rng.choice(field.options).value if field.options else ""
        case "choices":
            return [rng.choice(field.options).value] if field.options else []
        case "checkbox":
            return "1"
        case "personal_id":
            born = days.get(field.born_on, on - dt.timedelta(days=12_000))
            return f"025{2 * (born.year // 100 - 19) + rng.randrange(2)}{born.year % 100:02d}{rng.randrange(10**6):06d}"
        case "commune":
            return "H44.100"
        case "phone":
            return f"09{rng.randrange(10**8):08d}"
        case "email":
            return "lan@example.vn"
        case _:
            return f"{rng.choice(_SURNAMES)} Văn {rng.choice(_GIVEN)}"
