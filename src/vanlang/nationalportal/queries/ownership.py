"""Whose a dossier is: routes in force, dossiers of other systems, claims that wait for a person."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping

from django.db.models import Q

from vanlang.dossiers.api import mask_name
from vanlang.identity.api import Actor
from vanlang.kernel.scope import Scope, acting
from vanlang.nationalportal.cards import ClaimCard, ForeignCard, RouteCard
from vanlang.nationalportal.labels import CLAIMS, PORTAL_STATES, SIDES
from vanlang.nationalportal.models import Claim, ForeignDossier, Route
from vanlang.nationalportal.rules import reading
from vanlang.nationalportal.types import ClaimState, PortalState
from vanlang.organizations.api import get_agencies

LISTED = 200


def find_route(version_id: int, agency_id: int, *, on: dt.date) -> Route | None:
    """Return the route that holds for a procedure version and an agency on a day; None: the province processes it."""
    in_force = Q(valid_to__isnull=True) | Q(valid_to__gt=on)
    return Route.objects.filter(
        in_force, procedure_version_id=version_id, agency_id=agency_id, valid_from__lte=on
    ).first()


def list_routes(on: dt.date) -> tuple[RouteCard, ...]:
    """Return every route, those in force first."""
    rows = list(Route.objects.select_related("procedure_version__procedure").order_by("-valid_from", "-id"))
    agencies = get_agencies({row.agency_id for row in rows}, on)
    cards = [_route(row, agencies[row.agency_id].short_name, on) for row in rows]
    return tuple(sorted(cards, key=lambda card: not card.is_in_force))


def list_foreign(actor: Actor, *, text: str = "") -> tuple[ForeignCard, ...]:
    """Return the dossiers of other systems at an officer's agency, masked, the latest first: no read."""
    rows = ForeignDossier.objects.filter(agency_id=actor.agency_id or 0).order_by("-submitted_at")
    if text:
        rows = rows.filter(Q(external_code__icontains=text) | Q(procedure_code=text))
    names = _system_names()
    return tuple(_foreign(row, names, mask_name(row.applicant_name)) for row in rows[:LISTED])


def list_foreign_of(person_id: uuid.UUID) -> tuple[ForeignCard, ...]:
    """Return a citizen's own dossiers that other systems process, the latest first."""
    rows = list(ForeignDossier.objects.filter(person_id=person_id).order_by("-submitted_at")[:LISTED])
    names = _system_names() if rows else {}
    return tuple(_foreign(row, names, row.applicant_name) for row in rows)


def count_foreign(agency_id: int) -> int:
    """Return how many dossiers of an agency other systems process: each once, and none of them among ours."""
    return ForeignDossier.objects.filter(agency_id=agency_id).count()


def list_claims(actor: Actor) -> tuple[ClaimCard, ...]:
    """Return the claims on dossiers of an officer's agency, open ones first, the oldest first."""
    rows = Claim.objects.filter(agency_id=actor.agency_id or 0).order_by("claimed_at")
    names = _system_names()
    cards = [_claim(row, names) for row in rows[:LISTED]]
    return tuple(sorted(cards, key=lambda card: card.state is not ClaimState.OPEN))


def find_claim(claim_id: uuid.UUID, actor: Actor) -> ClaimCard | None:
    """Return a claim on a dossier of an officer's agency, or None."""
    row = Claim.objects.filter(pk=claim_id, agency_id=actor.agency_id or 0).first()
    return _claim(row, _system_names()) if row else None


def _route(row: Route, agency: str, on: dt.date) -> RouteCard:
    return RouteCard(
        id=row.pk,
        procedure_code=row.procedure_version.procedure.code,
        procedure_name=row.procedure_version.name,
        agency=agency,
        system=row.system,
        system_name=row.system_name,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        decision=row.decision,
        is_in_force=row.valid_from <= on and (row.valid_to is None or on < row.valid_to),
        may_end=row.valid_to is None or on < row.valid_to,
    )


def _system_names() -> dict[str, str]:
    with acting(Scope.system()):
        return dict(Route.objects.order_by("id").values_list("system", "system_name"))


def _foreign(row: ForeignDossier, names: dict[str, str], applicant: str) -> ForeignCard:
    state = PortalState(row.state)
    return ForeignCard(
        id=row.pk,
        system=names.get(row.system, row.system),
        code=row.external_code,
        procedure_name=row.procedure_name,
        applicant=applicant,
        state=state,
        state_label=PORTAL_STATES[state],
        submitted_at=row.submitted_at,
        due_at=row.due_at,
        heard_at=row.heard_at,
        address=row.address,
    )


def _claim(row: Claim, names: Mapping[str, str]) -> ClaimCard:
    return ClaimCard(
        id=row.pk,
        code=row.external_code,
        dossier_id=row.dossier_id,
        system=names.get(row.system, f"Hệ thống mã {row.system}"),
        claimed_at=row.claimed_at,
        state=ClaimState(row.state),
        state_label=CLAIMS[ClaimState(row.state)],
        rows=tuple(
            (label, _shown(name, row.ours), _shown(name, row.theirs))
            for name, label in SIDES.items()
            if row.ours.get(name) or row.theirs.get(name)
        ),
        reason=row.reason,
    )


def _shown(name: str, side: dict[str, object]) -> str:
    """Return a value as a person reads it."""
    value = reading.text(side, name)
    if name == "TrangThaiHoSo":
        return PORTAL_STATES[PortalState(value)] if value in set(PortalState) else value or "–"
    at = reading.maybe_instant(side, name)
    return f"{at:%H:%M}, {at:%d/%m/%Y}" if at else "–"
