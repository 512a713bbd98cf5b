"""How the installation is, for whoever keeps it: what the doctor finds, and what was backed up."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from vanlang.identity.api import Role, officer_required
from vanlang.kernel import clock
from vanlang.kernel.labels import sentence_of
from vanlang.kernel.scope import Scope, acting
from vanlang.operations.labels import KINDS, PROBES, SEVERITIES
from vanlang.operations.queries.keeping import list_upkeep
from vanlang.operations.services.doctor import examine
from vanlang.operations.types import Finding, Looked, Severity, UpkeepCard
from vanlang.ui.rendering import render_page

TONES = {Severity.GOOD: "success", Severity.WARNING: "pending", Severity.DANGER: "danger"}


@officer_required(Role.ADMIN)
@require_safe
def doctor(request: HttpRequest) -> HttpResponse:
    """Examine now; what is worst stands first."""
    with acting(Scope.system()):  # figures and codes only: no row of anybody's
        found = examine(clock.now())
        done = list_upkeep()
    shown = [_shown(one, finding) for one in found.looked for finding in one.findings]
    context = {
        "at": found.at,
        "dangers": found.count(Severity.DANGER),
        "warnings": found.count(Severity.WARNING),
        "probes": len(found.looked),
        "urgent": [
            one for grave in (Severity.DANGER, Severity.WARNING) for one in shown if one["severity"] is grave
        ],
        "good": [one for one in shown if one["severity"] is Severity.GOOD],
        "done": [_done(card) for card in done],
    }
    return render_page(request, "operations/doctor.html", context)


def _shown(one: Looked, finding: Finding) -> dict[str, object]:
    return {
        "probe": PROBES[one.probe], "severity": finding.severity, "label": SEVERITIES[finding.severity],
        "tone": TONES[finding.severity], "sentence": sentence_of(finding.code, finding.facts),
    }  # fmt: skip


def _done(card: UpkeepCard) -> dict[str, object]:
    return {
        "kind": KINDS[card.kind], "card": card, "name": card.facts.get("name", ""),
        "tone": "success" if card.is_good else "danger", "label": "Đạt" if card.is_good else "Không đạt",
    }  # fmt: skip
