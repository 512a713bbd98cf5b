"""Who lives and works in a synthetic province. Everything is drawn from the seed and a number."""

from __future__ import annotations

import datetime as dt
import uuid
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from random import Random

from vanlang.identity.api import Role, check_digit_of, synthetic
from vanlang.kernel.ids import id_at
from vanlang.organizations.api import AgencyCard, AgencyKind, UnitCard, UnitKind
from vanlang.province.rules.nobody import (
    HOUSEHOLD,
    enterprise_name,
    enterprise_number,
    family_name,
    given_names,
    nobody,
)
from vanlang.province.rules.shares import share_out
from vanlang.province.types import Plan, Workload

ROLES = (
    (Role.COUNTER, UnitKind.COUNTER, "Công chức Một cửa", 0.10),
    (Role.LEADER, UnitKind.LEADERSHIP, "Lãnh đạo cơ quan", 0.05),
    (Role.CLERK, UnitKind.REGISTRY, "Văn thư", 0.05),
    (Role.SPECIALIST, UnitKind.SPECIALIST, "Chuyên viên", 0.80),
)
"""Who works in an agency: role, unit, title, share. Of each at least one."""


@dataclass(frozen=True, slots=True)
class Residents:
    """Whose homes are where: each commune has a run of numbers."""

    seed: int
    communes: tuple[AgencyCard, ...]
    up_to: tuple[int, ...]
    """Number after the last resident of each commune."""
    met_at: dt.datetime
    entities: int

    @classmethod
    def of(cls, seed: int, agencies: Sequence[AgencyCard], workload: Workload, plan: Plan, met_at: dt.datetime) -> Residents:  # fmt: skip
        communes = tuple(one for one in agencies if one.kind is AgencyKind.COMMUNE)
        parts = share_out(plan.people, [workload.get(one.code, (0, 0))[0] for one in communes], least=1)
        return cls(seed, communes, tuple(accumulate(parts)), met_at, plan.entities)

    def id_of(self, number: int) -> uuid.UUID:
        return id_at(self.met_at, f"{self.seed}:person:{number}")

    def entity_id_of(self, number: int) -> uuid.UUID:
        return id_at(self.met_at, f"{self.seed}:entity:{number}")

    def speaker_of(self, entity: int) -> int:
        """Return the number of the person who speaks for an enterprise."""
        return (entity * 37) % self.up_to[-1]

    def somebody(self, agency_id: int, draw: Random) -> tuple[uuid.UUID, uuid.UUID | None]:
        """Return who asks an agency: of a commune mostly its residents, of a department anybody, now and then an enterprise."""
        home = next((place for place, one in enumerate(self.communes) if one.id == agency_id), None)
        if draw.random() < (0.18 if home is None else 0.03):
            entity = draw.randrange(self.entities)
            return self.id_of(self.speaker_of(entity)), self.entity_id_of(entity)
        if home is None or draw.random() < 0.08:
            return self.id_of(draw.randrange(self.up_to[-1])), None
        first = self.up_to[home - 1] if home else 0
        return self.id_of(draw.randrange(first, self.up_to[home])), None

    def people(self) -> Iterator[synthetic.NewPerson]:
        """Yield everybody, household by household."""
        draw = Random(self.seed)  # noqa: S311 - the same again is what is wanted
        household, left, family, address = 0, 0, "", ""
        for number in range(self.up_to[-1]):
            if not left:
                household += 1
                left, family = draw.choice(HOUSEHOLD), family_name(draw)
                commune = self.communes[bisect_right(self.up_to, number)]
                address = f"Số nhà {household % 300 + 1}, khu {household % 17 + 1}, {commune.short_name}, tỉnh Phú Thọ"
            left -= 1
            one = nobody(number, draw, family=family)
            yield synthetic.NewPerson(
                self.id_of(number),
                one.personal_id,
                one.full_name,
                one.born_on,
                one.is_woman,
                address,
                one.phone,
            )

    def enterprises(self) -> list[synthetic.NewEntity]:
        draw = Random(self.seed + 1)  # noqa: S311 - the same again is what is wanted
        return [
            synthetic.NewEntity(
                id=self.entity_id_of(number),
                number=enterprise_number(number, check_digit_of),
                name=enterprise_name(number, draw),
                address=f"Lô {number % 90 + 1}, cụm công nghiệp {self.communes[number % len(self.communes)].short_name}, tỉnh Phú Thọ",
                phone=f"0109{number:06d}",
                representative_id=self.id_of(self.speaker_of(number)),
                representation_id=id_at(self.met_at, f"{self.seed}:representation:{number}"),
            )
            for number in range(self.entities)
        ]


def officers_of(
    agencies: Sequence[AgencyCard], units: Sequence[UnitCard], workload: Workload, plan: Plan, seed: int
) -> list[synthetic.NewOfficer]:
    """Return the officers of every agency: the more is asked of it the more, not in proportion."""
    draw = Random(seed + 2)  # noqa: S311 - the same again is what is wanted
    weights = [max(workload.get(one.code, (0, 0))[0], 1) ** 0.7 for one in agencies]
    found = []
    for agency, size in zip(agencies, share_out(plan.officers, weights, least=len(ROLES)), strict=True):
        parts = share_out(size, [share for *_, share in ROLES], least=1)
        serial = 0
        for (role, kind, title, _), number in zip(ROLES, parts, strict=True):
            own = [unit for unit in units if unit.agency_id == agency.id and unit.kind is kind]
            for turn in range(number):
                serial += 1
                is_woman = draw.random() < 0.55
                found.append(
                    synthetic.NewOfficer(
                        username=f"{agency.code.lower()}-{serial:04d}",
                        full_name=f"{family_name(draw)} {given_names(draw, is_woman=is_woman)}",
                        agency_id=agency.id,
                        unit_id=own[turn % len(own)].id,
                        title=title,
                        role=role,
                    )
                )
    return found
