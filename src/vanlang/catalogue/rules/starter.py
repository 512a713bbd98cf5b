"""
Read our own starter format: TOML, one file per field.

    valid_from = 2025-07-01
    source = "Danh mục thủ tục hành chính quốc gia, 7/2026"
    field = "Hộ tịch"
    department = "H44.19"
    [process.simple]                      # named processes, shared by the procedures of the file
    steps = [["Tiếp nhận, kiểm tra hồ sơ", "counter", 1], …]
    [[procedure]]
    code = "1.001193" …
    limits = { direct = "same_day", online = "3 working_day" }
    fees = [{ amount = 0, kind = "charge", basis = "…" }]
    papers = [{ name = "…", kind = "form", originals = 1 }, …]
    asks = [{ reason = "fee_set_locally", path = "fees/", raw = "…" }]   # what a department has to confirm first
    [[procedure.case]]                    # instead of papers, when there are several cases
    [[procedure.later]]                   # from a later day on: other fees or limits
    valid_from = 2027-01-01

What is not written is not known: a starter procedure without a limit, a fee or a paper must ask for it, or does not load.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from vanlang.catalogue.rules.content import (
    CaseContent,
    Content,
    FeeContent,
    LimitContent,
    OutcomeContent,
    PaperContent,
    Question,
    StepContent,
    TakeContent,
    YieldContent,
)
from vanlang.catalogue.rules.readiness import BLOCKS
from vanlang.catalogue.types import (
    SAME_DAY,
    Aspect,
    Audience,
    Channel,
    FeeKind,
    Level,
    Limit,
    LimitUnit,
    Money,
    OnlineLevel,
    Origin,
    PaperKind,
    Reason,
    StepRole,
)

Table = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class StarterProcedure:
    """A procedure of the starter catalogue."""

    code: str
    popularity: int
    is_frequent: bool
    """One of the counter's daily procedures: offered first to the officer."""
    editions: tuple[tuple[date, Content], ...]
    """(valid from, content), in order of time; one, unless a later change is known already."""
    questions: tuple[Question, ...] = ()

    @property
    def content(self) -> Content:
        """What it will say in the end: what a reload is compared with."""
        return self.editions[-1][1]


@dataclass(frozen=True, slots=True)
class RegisterLinks:
    """What a procedure writes into a register, and which results it takes."""

    yields: YieldContent | None = None
    takes: tuple[TakeContent, ...] = ()


def read_starter(text: str) -> list[StarterProcedure]:
    """Return the procedures of one file. Raises KeyError or ValueError on what is missing or misspelt."""
    file = tomllib.loads(text)
    return [_procedure(file, table) for table in file["procedure"]]


def _procedure(file: Table, table: Table) -> StarterProcedure:
    cases = tuple(_case(case) for case in table.get("case", ({"title": "", **table},)))
    source = table.get("source", file["source"])
    content = Content(
        name=table["name"],
        field=table.get("field", file["field"]),
        levels=tuple(Level(level) for level in table["levels"]),
        audience=tuple(Audience(word) for word in table.get("audience", ("citizen",))),
        online_level=OnlineLevel(table.get("online_level", "unknown")),
        department=table.get("department", file["department"]),
        source=source,
        origin=Origin.STARTER,
        cases=cases,
        limits=_limits(table.get("limits", {}), source, None) + _case_limits(table, source),
        fees=_fees(table.get("fees", ()), source, None) + _case_fees(table, source),
        process=_process(file, table["process"]),
        outcomes=tuple(
            OutcomeContent(item.get("code", ""), item["name"], item.get("template", ""))
            for item in table["outcomes"]
        ),
        legal_basis=tuple((number, title) for number, title in table.get("legal_basis", ())),
        authority=table.get("authority", ""),
        receiving_place=table.get("receiving_place", ""),
        steps=table.get("steps", "").strip(),
        conditions=table.get("conditions", "").strip(),
        source_url=table.get("source_url", ""),
    )
    questions = tuple(
        Question(Reason(item["reason"]), item["path"], item["raw"]) for item in table.get("asks", ())
    )
    _check_complete(table["code"], content, questions)
    begins = table.get("valid_from", file["valid_from"])
    return StarterProcedure(
        code=table["code"],
        popularity=table["popularity"],
        is_frequent=table.get("frequent", False),
        editions=((begins, content), *(_later(content, later, source) for later in table.get("later", ()))),
        questions=questions,
    )


def read_registers(text: str) -> dict[str, RegisterLinks]:
    """
    Return, by procedure code, the registers that the starter catalogue writes into and takes from.

    Raises KeyError or ValueError on what is missing or misspelt.
    """
    file = tomllib.loads(text)
    found: dict[str, RegisterLinks] = {}
    for item in file.get("yields", ()):
        code = item["procedure"]
        if code in found:
            msg = f"{code}: yields twice"
            raise ValueError(msg)
        content = YieldContent(
            item["register"],
            item["fields"],
            item.get("holder", "dossier.applicant_name"),
            item.get("organisation", ""),
        )
        found[code] = RegisterLinks(content)
    for item in file.get("takes", ()):
        links = found.get(item["procedure"], RegisterLinks())
        take = TakeContent(item["register"], item.get("paper", ""), item.get("fills", {}))
        found[item["procedure"]] = replace(links, takes=(*links.takes, take))
    return found


def with_registers(starter: StarterProcedure, links: RegisterLinks | None) -> StarterProcedure:
    """Return a procedure whose cases write into and take from registers: each case those papers that it has."""
    if links is None:
        return starter
    editions = tuple(
        (begins, replace(content, cases=tuple(_linked(case, links) for case in content.cases)))
        for begins, content in starter.editions
    )
    asked = {paper.name for case in editions[-1][1].cases for paper in case.papers} | {""}
    strange = [take.paper for take in links.takes if take.paper not in asked]
    if strange:
        msg = f"{starter.code}: no such paper: {strange}"
        raise ValueError(msg)
    return replace(starter, editions=editions)


def _linked(case: CaseContent, links: RegisterLinks) -> CaseContent:
    papers = {paper.name for paper in case.papers} | {""}
    return replace(
        case, yields=links.yields, takes=tuple(take for take in links.takes if take.paper in papers)
    )


def _later(content: Content, table: Table, source: str) -> tuple[date, Content]:
    fees = _fees(table["fees"], source, None) if "fees" in table else content.fees
    limits = _limits(table["limits"], source, None) if "limits" in table else content.limits
    return table["valid_from"], replace(content, fees=fees, limits=limits)


def _check_complete(code: str, content: Content, questions: Sequence[Question]) -> None:
    asked = {BLOCKS[question.reason] for question in questions}
    for aspect, there in (
        (Aspect.CLOCK, content.limits),
        (Aspect.FEE, content.fees),
        (Aspect.PAPERS, all(case.papers for case in content.cases)),
    ):
        if not there and aspect not in asked:
            msg = f"{code}: {aspect}"
            raise ValueError(msg)


def _case(table: Table) -> CaseContent:
    return CaseContent(
        title=table["title"],
        form_code=table.get("form", ""),
        papers=tuple(_paper(item) for item in table["papers"]),
    )


def _paper(item: Table) -> PaperContent:
    kind = PaperKind(item.get("kind", "paper"))
    is_note = kind is PaperKind.NOTE
    return PaperContent(
        name=item["name"],
        kind=kind,
        originals=None if is_note else item.get("originals", 0),
        copies=None if is_note else item.get("copies", 0),
        form_files=tuple(item.get("form_files", ())),
        section=item.get("section", ""),
        condition=item.get("condition", ""),
        is_required=not is_note and not item.get("condition") and item.get("required", True),
        note=item.get("note", ""),
    )


def _limits(table: Table, source: str, case: int | None) -> tuple[LimitContent, ...]:
    return tuple(
        LimitContent(Channel(channel), _limit(text), source, Origin.STARTER, case)
        for channel, text in table.items()
    )


def _case_limits(table: Table, source: str) -> tuple[LimitContent, ...]:
    cases: Sequence[Table] = table.get("case", ())
    return tuple(
        limit
        for number, case in enumerate(cases)
        for limit in _limits(case.get("limits", {}), source, number)
    )


def _limit(text: str) -> Limit:
    if text == "same_day":
        return SAME_DAY
    amount, unit = text.split()
    return Limit(Decimal(amount), LimitUnit(unit))


def _fees(items: Sequence[Table], source: str, case: int | None) -> tuple[FeeContent, ...]:
    return tuple(
        FeeContent(
            money=Money(
                amount_vnd=item["amount"],
                kind=FeeKind(item.get("kind", "unstated")),
                per=item.get("per", ""),
                first_units=item.get("first_units"),
                then_vnd=item.get("then"),
                most_vnd=item.get("most"),
            ),
            source=source,
            origin=Origin.STARTER,
            channel=Channel(item["channel"]) if "channel" in item else None,
            name=item.get("name", ""),
            basis=item.get("basis", ""),
            case=case,
        )
        for item in items
    )


def _case_fees(table: Table, source: str) -> tuple[FeeContent, ...]:
    cases: Sequence[Table] = table.get("case", ())
    return tuple(
        fee for number, case in enumerate(cases) for fee in _fees(case.get("fees", ()), source, number)
    )


def _process(file: Table, name: str) -> tuple[StepContent, ...]:
    return tuple(
        StepContent(step, StepRole(role), share) for step, role, share in file["process"][name]["steps"]
    )
