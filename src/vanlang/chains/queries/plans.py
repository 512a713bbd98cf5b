"""What a chain's definition comes to on a day: versions, cases, agencies, the one form and the one list of papers."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from vanlang.catalogue.api import (
    CaseCard,
    DocumentCard,
    PaperKind,
    VersionCard,
    competent_agency_for,
    find_procedure,
    get_version,
)
from vanlang.chains.errors import ChainNotFoundError
from vanlang.chains.models import PlanRow
from vanlang.chains.rules.asking import is_shared, question_of, source_of
from vanlang.chains.rules.definitions import plan_of
from vanlang.chains.types import LegPlan, Plan, PlanCard
from vanlang.dossiers.api import Channel
from vanlang.eforms.api import FieldDefinition, FormDefinition, Group, UnknownFormError, get_definition
from vanlang.kernel.errors import Refusal
from vanlang.kernel.vietnamese import search_key
from vanlang.organizations.api import find_agency_by_code, get_agency, list_successors

_HANDED_IN = frozenset({PaperKind.FORM, PaperKind.PAPER})
"""Notes and what is unclear are no papers; what is only shown is left to the counter's eyes."""


@dataclass(frozen=True, slots=True)
class Ground:
    """What a leg of this house stands on, on a day."""

    version: VersionCard
    case: CaseCard
    form: FormDefinition | None
    agency_id: int


@dataclass(frozen=True, slots=True)
class AskedPaper:
    """One paper that the chain asks for, for one leg or several."""

    name: str
    is_required: bool
    condition: str
    note: str
    originals: int
    copies: int
    legs: tuple[str, ...]
    documents: Mapping[str, int]
    """Leg → id of the required document."""

    @property
    def key(self) -> str:
        """Return what names it in a form."""
        return "-".join(str(number) for number in sorted(self.documents.values()))


def plan_of_row(row: PlanRow) -> Plan:
    """Return the plan of an edition, which was checked when it was loaded."""
    plan = plan_of(row.content)
    assert isinstance(plan, Plan), f"{row}: an edition that was loaded reads"  # noqa: S101 - checked at loading
    return plan


def get_plan(code: str, on: dt.date) -> tuple[int, Plan]:
    """Return the edition of a chain in force on a day. Raises: ChainNotFoundError."""
    row = (
        PlanRow.objects.filter(code=code, valid_from__lte=on)
        .exclude(valid_to__lte=on)
        .order_by("-number")
        .first()
    )
    if row is None:
        raise ChainNotFoundError
    return row.pk, plan_of_row(row)


def list_plans(on: dt.date, *, intake_agency_id: int | None = None) -> list[PlanCard]:
    """Return the chains in force on a day, and what each lacks to be opened by the agency."""
    rows = PlanRow.objects.filter(valid_from__lte=on).exclude(valid_to__lte=on).order_by("code")
    return [_card(row, on, intake_agency_id) for row in rows]


def _card(row: PlanRow, on: dt.date, intake_agency_id: int | None) -> PlanCard:
    plan = plan_of_row(row)
    lacks = [
        (leg.title, found.code)
        for leg in plan.legs
        if not leg.is_outside and isinstance(found := ground_of(leg, on, intake_agency_id), Refusal)
    ]
    return PlanCard(
        id=row.pk,
        code=plan.code,
        title=plan.title,
        short_title=plan.short_title,
        legs=tuple(leg.title for leg in plan.legs),
        lacks=tuple(lacks),
    )


def ground_of(
    leg: LegPlan, on: dt.date, intake_agency_id: int | None, channel: Channel = Channel.DIRECT
) -> Ground | Refusal:
    """Return what a leg of this house stands on, or why it cannot start today."""
    named: dict[str, object] = {"leg": leg.title, "procedure": leg.procedure_code}
    card = find_procedure(leg.procedure_code, on)
    if card is None:
        return Refusal("chains.no_procedure", named)
    if not card.is_ready:
        return Refusal("chains.procedure_not_ready", named)
    version = get_version(card.version_id)
    if len(version.cases) < leg.case_number:
        return Refusal("chains.no_case", named | {"case": leg.case_number})
    case = version.cases[leg.case_number - 1]
    if not version.is_timed(channel, case.id):
        return Refusal("chains.no_limit", named)
    form = None
    if case.form_code:
        try:
            form = get_definition(case.form_code, on=on)
        except UnknownFormError:
            return Refusal("chains.no_form", named)
    agency_id = _agency_of(leg, version, on, intake_agency_id)
    return agency_id if isinstance(agency_id, Refusal) else Ground(version, case, form, agency_id)


def _agency_of(
    leg: LegPlan, version: VersionCard, on: dt.date, intake_agency_id: int | None
) -> int | Refusal:
    """Return who settles a leg: the agency that the plan names, or its successor; else whom the catalogue says."""
    if not leg.agency_code:
        if intake_agency_id is None:
            return 0
        found = competent_agency_for(version.id, intake_agency_id, on)
        if found is None:
            return Refusal("chains.agency_unknown", {"leg": leg.title})
        return _standing_agency(found, leg, on)
    named = find_agency_by_code(leg.agency_code, on)
    if named is None:
        return Refusal("chains.agency_gone", {"leg": leg.title, "agency": leg.agency_code})
    return _standing_agency(named.id, leg, on)


def _standing_agency(agency_id: int, leg: LegPlan, on: dt.date) -> int | Refusal:
    agency = get_agency(agency_id, on)
    if agency.is_open:
        return int(agency.id)
    heirs = [heir for heir in list_successors(agency.code, on) if heir.is_open]
    if len(heirs) == 1:
        return int(heirs[0].id)
    return Refusal("chains.agency_gone", {"leg": leg.title, "agency": agency.name})


def joined_form(plan: Plan, on: dt.date) -> FormDefinition:
    """Return one form of the forms of all legs: what one answers is not asked again by the next."""
    fields: dict[str, FieldDefinition] = {}
    properties: dict[str, object] = {}
    required: set[str] = set()
    for leg, form in _forms(plan, on):
        for field in form.fields:
            asked = question_of(plan, leg.key, field.name)
            required |= {asked} if field.name in form.schema.get("required", ()) else set()
            owns = source_of(plan, leg.key, field.name) == (leg.key, field.name)
            if asked in fields or not (owns or is_shared(asked)):
                continue
            fields[asked] = _asked(plan, leg, field, asked)
            properties[asked] = form.schema["properties"][field.name]
    ordered = sorted(fields.values(), key=lambda field: field.name == "truthful")
    return FormDefinition(
        code=f"chain-{plan.code}",
        title=plan.title,
        version=1,
        fields=tuple(
            dataclasses.replace(field, required=field.required or field.name in required) for field in ordered
        ),
        groups=tuple(Group(leg.key, leg.title) for leg, _ in _forms(plan, on)),
        schema={
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "type": "object",
            "properties": properties,
            "required": [name for name in properties if name in required],
            "additionalProperties": False,
        },
    )


def _forms(plan: Plan, on: dt.date) -> list[tuple[LegPlan, FormDefinition]]:
    found = []
    for leg in plan.legs:
        ground = None if leg.is_outside else ground_of(leg, on, None)
        if isinstance(ground, Ground) and ground.form is not None:
            found.append((leg, ground.form))
    return found


def _asked(plan: Plan, leg: LegPlan, field: FieldDefinition, asked: str) -> FieldDefinition:
    condition = field.show_if
    if condition is not None:
        condition = dataclasses.replace(condition, field=question_of(plan, leg.key, condition.field))
    born_on = question_of(plan, leg.key, field.born_on) if field.born_on else ""
    return dataclasses.replace(field, name=asked, group=leg.key, show_if=condition, born_on=born_on)


def asked_papers(plan: Plan, on: dt.date) -> list[AskedPaper]:
    """Return the papers of all legs once: one that several ask for by the same name, and none that a leg before yields."""
    found: dict[str, AskedPaper] = {}
    for leg in plan.legs:
        ground = None if leg.is_outside else ground_of(leg, on, None)
        if not isinstance(ground, Ground):
            continue
        yielded = [search_key(name) for name in leg.papers.values()]
        for document in ground.case.documents:
            key = search_key(document.name)
            if document.kind not in _HANDED_IN or any(name in key for name in yielded):
                continue
            found[key] = _joined(found.get(key), leg.key, document)
    return list(found.values())


def _joined(before: AskedPaper | None, leg: str, document: DocumentCard) -> AskedPaper:
    if before is None:
        return AskedPaper(
            name=document.name,
            is_required=document.is_required and not document.condition,
            condition=document.condition,
            note=document.note,
            originals=document.originals or 0,
            copies=document.copies or 0,
            legs=(leg,),
            documents={leg: document.id},
        )
    return dataclasses.replace(
        before,
        is_required=before.is_required or (document.is_required and not document.condition),
        originals=max(before.originals, document.originals or 0),
        copies=max(before.copies, document.copies or 0),
        legs=(*before.legs, leg),
        documents={**before.documents, leg: document.id},
    )
