"""What `sentinel` is given: our side streamed, the portal over the wire, and how what differs is told again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass

from vanlang.connectors.api import Subject, list_under_way, tell_again
from vanlang.dossiers.api import count_received
from vanlang.nationalportal.adapters.client import THE_PORTAL
from vanlang.nationalportal.adapters.replica import PortalReplica, the_portal
from vanlang.nationalportal.queries.projection import (
    earlier_states,
    find_known,
    iterate_records,
    list_records,
    list_references,
)
from vanlang.nationalportal.services.ownership import renew_foreign
from vanlang.nationalportal.services.telling import subjects_of
from vanlang.nationalportal.types import SYSTEM
from vanlang.sentinel.api import DifferenceKind, Lens, Record, StateOwner, Way

Kinds = Mapping[str, frozenset[DifferenceKind]]
REFERENCE = Lens(frozenset({"returned", "results"}))
"""A reference to a dossier elsewhere knows neither its return nor its results."""


@dataclass(frozen=True, slots=True)
class PortalComparison:
    """
    The national portal, compared with us.

    What another system processes is believed as the portal shows it, as far as a reference goes; everything else that this
    house knows is its own. What it does not know is nobody's to take here: a person finds out whose it is.
    """

    system: str = SYSTEM
    name: str = THE_PORTAL.name
    ways: tuple[Way, ...] = (Way.DIGESTS, Way.LIST)
    reference_lens: Lens = REFERENCE

    def here(self, first_on: dt.date, last_on: dt.date) -> Iterable[Record]:
        return iterate_records(first_on, last_on)

    def count_here(self, first_on: dt.date, last_on: dt.date) -> int:
        return count_received(first_on, last_on)

    def find_here(self, codes: Collection[str]) -> Sequence[Record]:
        return [*list_records(codes), *list_references(codes)]

    def there(self) -> AbstractContextManager[PortalReplica]:
        return the_portal()

    def owners_of(self, codes: Collection[str]) -> Mapping[str, StateOwner]:
        theirs = {one.code for one in list_references(codes)}
        return {code: StateOwner.THERE if code in theirs else StateOwner.HERE for code in codes}

    def earlier_states(self, codes: Collection[str]) -> Mapping[str, frozenset[str]]:
        return earlier_states(codes)

    def under_way(self, codes: Collection[str], since: dt.datetime) -> frozenset[str]:
        known = find_known(codes)
        moving = list_under_way(SYSTEM, [str(one.dossier.id) for one in known], since)
        return frozenset(
            one.code for one in known if one.dossier.moved_at >= since or str(one.dossier.id) in moving
        )

    def send(self, codes: Kinds, at: dt.datetime) -> frozenset[str]:
        """Tell the newest snapshot again; of a dossier that was lost, every step as well."""
        known = find_known(codes)
        subjects: list[Subject] = []
        for one in known:
            dossier = one.dossier
            whole = subjects_of(dossier.id, dossier.version, dossier.competent_agency_id)
            subjects += whole if DifferenceKind.LOST in codes[one.code] else whole[:1]
        tell_again(system=SYSTEM, subjects=subjects, at=at)
        return frozenset(one.code for one in known)

    def fetch(self, found: Mapping[str, Record], at: dt.datetime) -> frozenset[str]:
        """Bring references to other systems' dossiers up to date."""
        return renew_foreign(found, at=at)
