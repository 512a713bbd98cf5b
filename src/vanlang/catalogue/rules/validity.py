"""When a version is in force: half-open [valid_from, valid_to)."""

from __future__ import annotations

from datetime import date

from vanlang.catalogue.types import VersionState
from vanlang.kernel.errors import Refusal


def is_valid_on(valid_from: date, valid_to: date | None, on: date) -> bool:
    """Return whether `on` lies in [valid_from, valid_to)."""
    return valid_from <= on and (valid_to is None or on < valid_to)


def may_be_received_on(
    state: VersionState, valid_from: date, valid_to: date | None, on: date, *, is_ready: bool
) -> Refusal | None:
    """Return why a new dossier may not be received under this version on `on`. A running dossier keeps its own."""
    facts: dict[str, object] = {"on": on, "valid_from": valid_from, "valid_to": valid_to}
    if state is VersionState.DRAFT or on < valid_from:
        return Refusal("catalogue.version_not_yet_valid", facts)
    if not is_valid_on(valid_from, valid_to, on):
        return Refusal("catalogue.version_expired", facts)
    return None if is_ready else Refusal("catalogue.version_not_ready", facts)


def may_publish_from(valid_from: date, current_from: date | None) -> Refusal | None:
    """Return why a successor may not come into force on `valid_from`: its predecessor must have begun before or then."""
    if current_from is not None and valid_from < current_from:
        return Refusal(
            "catalogue.successor_too_early", {"valid_from": valid_from, "current_from": current_from}
        )
    return None
