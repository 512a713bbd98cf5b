"""What a dossier needs of its procedure: name, time limit, steps. The only room of this app that asks the catalogue for it."""

from __future__ import annotations

from dataclasses import dataclass

from vanlang.calendars.api import LimitUnit, TimeLimit
from vanlang.catalogue import api as catalogue
from vanlang.dossiers.rules.states import Party
from vanlang.dossiers.rules.steps import Step
from vanlang.dossiers.types import Channel


@dataclass(frozen=True, slots=True)
class Terms:
    """A version of a procedure, as its dossiers see it."""

    version: catalogue.VersionCard

    @property
    def code(self) -> str:
        return self.version.code

    @property
    def name(self) -> str:
        return self.version.name

    def limit_for(self, channel: Channel, case_id: int | None) -> TimeLimit | None:
        """Return the confirmed time limit, or None while the catalogue still asks for it."""
        found = self.version.limit_for(channel, case_id)
        return None if found is None else TimeLimit(found.limit.amount, LimitUnit(found.limit.unit.value))

    def process_for(self, case_id: int | None) -> list[Step]:
        """Return the steps inside processing; empty when the procedure names none."""
        return [
            Step(step.name, Party(step.role.value), step.share, phase=step.phase)
            for step in self.version.process_for(case_id)
        ]


def terms_of(version_id: int) -> Terms:
    """Return the terms of a version, current or past: a running dossier keeps its own."""
    return Terms(catalogue.get_version(version_id))
