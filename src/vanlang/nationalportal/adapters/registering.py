"""What stands behind doors and ports, in one place: the system, its senders and receivers, its comparison, the store of results."""

from __future__ import annotations

from vanlang.connectors.api import register_receiver, register_sender, register_system
from vanlang.nationalportal.adapters.client import THE_PORTAL
from vanlang.nationalportal.adapters.comparing import PortalComparison
from vanlang.nationalportal.adapters.petition_answers import PetitionAnswerSender
from vanlang.nationalportal.adapters.senders import ProgressSender, SnapshotSender
from vanlang.nationalportal.adapters.store import PortalStore
from vanlang.nationalportal.arrivals import receivers
from vanlang.nationalportal.ports import register_store
from vanlang.nationalportal.types import APPOINTMENT, DOSSIER, MONEY
from vanlang.sentinel.api import register_comparison


def register() -> None:
    """Make the portal known."""
    register_system(THE_PORTAL)
    for kind in (DOSSIER, APPOINTMENT, MONEY):
        register_sender(SnapshotSender(kind))
    register_sender(ProgressSender())
    register_sender(PetitionAnswerSender())
    for receiver in receivers():
        register_receiver(receiver)
    register_comparison(PortalComparison())
    register_store(PortalStore())
