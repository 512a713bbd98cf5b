"""What each procedure still lacks before it can run, one light line each: a department's working list."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q

from vanlang.catalogue.models import Case, ProcessStep, TimeLimit, VersionOutcome
from vanlang.catalogue.queries.procedures import in_force
from vanlang.catalogue.rules.readiness import BLOCKS
from vanlang.catalogue.types import Aspect, Channel, Level, Reason


@dataclass(frozen=True, slots=True)
class CoverageLine:
    """A procedure in force, and which of its parts are there."""

    code: str
    name: str
    department_code: str
    levels: tuple[Level, ...]
    is_ready: bool
    lacks: frozenset[Aspect]
    """Aspects that a question keeps from being certain: clock, fee, papers."""
    has_process: bool
    has_form: bool
    has_template: bool
    is_timed_at_counter: bool
    """Every case has a time limit when the dossier is brought; another channel's limit is none of the counter's."""


def list_coverage(on: date, *, department_code: str = "") -> list[CoverageLine]:
    """Return the procedures in force by department and code; one query, however many there are."""
    rows = in_force(on)
    if department_code:
        rows = rows.filter(department_code=department_code)
    direct = TimeLimit.objects.filter(channel=Channel.DIRECT)
    own = Exists(direct.filter(case=OuterRef("pk")))
    cases = Case.objects.filter(version=OuterRef("pk"))
    whole = rows.annotate(
        has_process=Exists(ProcessStep.objects.filter(version=OuterRef("pk"))),
        has_form=Exists(Case.objects.filter(version=OuterRef("pk")).exclude(form_code="")),
        has_template=Exists(
            VersionOutcome.objects.filter(version=OuterRef("pk")).exclude(outcome_kind__template="")
        ),
        is_timed_at_counter=Q(Exists(direct.filter(version=OuterRef("pk"), case=None)))
        | (Q(Exists(cases)) & ~Q(Exists(cases.exclude(own)))),
    ).order_by("department_code", "procedure__code")
    found = whole.values_list(
        "procedure__code", "name", "department_code", "levels", "is_ready", "lacks", "has_process", "has_form", "has_template",
        "is_timed_at_counter",
    )  # fmt: skip
    return [
        CoverageLine(
            code, name, department, tuple(Level(level) for level in levels), is_ready,
            frozenset(aspect for reason in lacks if (aspect := BLOCKS[Reason(reason)]) is not None),
            has_process, has_form, has_template, is_timed,
        )
        for code, name, department, levels, is_ready, lacks, has_process, has_form, has_template, is_timed in found
    ]  # fmt: skip
