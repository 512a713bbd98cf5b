"""Lists and figures: what is counted, and that titles name nobody."""

from __future__ import annotations

import datetime as dt

from vanlang.identity.api import NOBODY
from vanlang.kernel.scope import Scope, acting
from vanlang.petitions import queries, services
from vanlang.petitions.tests.factories import Desk
from vanlang.petitions.types import (
    PetitionFilter,
    PetitionState,
    Sender,
)


def test_figures_count_late_and_satisfied_by_agency(desk: Desk) -> None:
    on_time = desk.published()
    services.say_satisfaction(petition_id=on_time.id, is_satisfied=True, key=desk.key(on_time), at=desk.at)
    desk.file(
        agency_id=desk.world.nong_trang.id,
        text="Một việc khác hẳn ở phường Nông Trang.",
        sender=Sender(phone="0911222333"),
    )
    much_later = desk.at + dt.timedelta(days=60)
    period = {"from_on": dt.date(2026, 11, 1), "to_on": dt.date(2026, 12, 1)}
    home, other = sorted(queries.figures_of(**period, at=much_later), key=lambda one: one.agency_id)
    assert (home.filed, home.on_time, home.late, home.satisfied, home.on_time_percent) == (1, 1, 0, 1, 100)
    assert (other.filed, other.open, other.late, other.on_time_percent) == (1, 1, 1, 0)
    with acting(Scope.nobody()):
        assert len(queries.figures_of(**period, at=much_later)) == 2, "figures name nobody"


def test_the_figures_agree_with_the_rule_of_lateness(desk: Desk) -> None:
    for state in PetitionState:
        desk.in_state(state)
    for days in (0, 3, 10, 60):
        at = desk.at + dt.timedelta(days=days)
        (home,) = queries.figures_of(from_on=dt.date(2026, 11, 1), to_on=dt.date(2026, 12, 1), at=at)
        lines = queries.list_for_export(
            desk.world.mai, from_on=dt.date(2026, 11, 1), to_on=dt.date(2026, 12, 1), at=at
        )
        assert home.late == sum(line.is_late for line in lines)


def test_piles_of_the_inbox(desk: Desk) -> None:
    for state in PetitionState:
        desk.in_state(state)
    counts = queries.count_inbox(desk.world.mai, at=desk.at)
    for pile, count in counts.items():
        assert len(queries.list_inbox(desk.world.mai, pile=pile, at=desk.at)) == count
    assert counts[PetitionFilter.WAITING] == 1
    assert counts[PetitionFilter.LATE] == 0
    assert queries.count_inbox(desk.world.mai, at=desk.at + dt.timedelta(days=60))[PetitionFilter.LATE] > 4
    assert set(queries.count_inbox(desk.world.thao, at=desk.at).values()) == {0}, "clerks read none"
    assert set(queries.count_inbox(NOBODY, at=desk.at).values()) == {0}


def test_titles_in_lists_name_nobody(desk: Desk) -> None:
    desk.file(title="Ông Đỗ Văn Thịnh 0987654321 chờ lâu")
    (line,) = queries.list_inbox(desk.world.mai, pile=PetitionFilter.TO_DECIDE, at=desk.at)
    assert "Thịnh" not in line.title
    assert "0987" not in line.title
