"""What chains hear from dossiers: a leg moved."""

from __future__ import annotations

from vanlang.chains.services.following import follow
from vanlang.dossiers.api import (
    DossierDueMoved,
    DossierEvent,
    DossierExtended,
    DossierRefused,
    DossierStopped,
    DossierWithdrawn,
    OutcomeReleased,
)
from vanlang.kernel import clock
from vanlang.kernel.events import subscribe


def follow_leg(event: DossierEvent) -> None:
    """Move the chain that the dossier is a leg of, if it is one."""
    follow(dossier_id=event.dossier_id, at=max(clock.now(), event.at))


for _heard in (
    OutcomeReleased,
    DossierRefused,
    DossierStopped,
    DossierWithdrawn,
    DossierExtended,
    DossierDueMoved,
):
    subscribe(_heard)(follow_leg)
