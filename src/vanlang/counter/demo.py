"""The demo's hall: four services, two windows, and the tickets of a morning, made by the real commands."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

from vanlang.counter.models import QueuePlace, QueueService, Ticket, Window
from vanlang.counter.services import places, queueing
from vanlang.counter.types import Priority
from vanlang.identity.api import Actor, Role, actor_of, list_officers
from vanlang.kernel import clock
from vanlang.organizations.api import find_agency_by_code

_SERVICES = (
    (
        "A",
        "Hộ tịch",
        "Khai sinh, kết hôn, khai tử, trích lục",
        ("1.001193", "1.000894", "1.000656", "2.000635"),
        12,
    ),
    ("B", "Chứng thực", "Bản sao, chữ ký, hợp đồng", ("2.000815", "2.000884", "2.000908"), 6),
    ("C", "Đất đai, xây dựng, nông nghiệp", "Chuyển đổi cây trồng, nhà ở", ("1.008004", "1.013314"), 15),
    ("D", "Trả kết quả, việc khác", "Nhận kết quả, hỏi đáp, bảo trợ xã hội", ("1.011609", "1.001662"), 5),
)
_MORNING = (
    # service, minutes after the first, priority
    ("B", 0, Priority.NONE), ("A", 3, Priority.NONE), ("B", 5, Priority.NONE), ("D", 8, Priority.NONE),
    ("A", 11, Priority.ELDERLY), ("B", 14, Priority.NONE), ("C", 17, Priority.NONE), ("B", 19, Priority.NONE),
    ("A", 24, Priority.NONE), ("B", 26, Priority.PREGNANT), ("B", 31, Priority.NONE), ("D", 34, Priority.NONE),
    ("A", 37, Priority.NONE), ("B", 39, Priority.NONE), ("A", 42, Priority.SMALL_CHILD), ("B", 46, Priority.NONE),
    ("C", 49, Priority.NONE), ("D", 52, Priority.NONE), ("A", 54, Priority.NONE), ("B", 57, Priority.NONE),
)  # fmt: skip
_CALLS = (16, 22, 29, 36, 43, 50, 57, 62, 68, 74, 80, 86)
"""Minutes after the first ticket at which window 1 calls the next; the fourth does not come."""


def load(folder: Path, report: Callable[[str], None]) -> None:
    """Lay out the hall of phường Việt Trì and play its morning; adds nothing where it is there already."""
    now = clock.now()
    agency = find_agency_by_code("H44.100", now.date())
    officers = list_officers(agency.id, now.date(), role=Role.COUNTER) if agency else []
    if agency is None or not officers:
        report("Quầy trình diễn: bỏ qua, chưa có cán bộ trình diễn")
        return
    if QueuePlace.objects.filter(pk=agency.id).exists():
        report("Quầy trình diễn: đã có")
        return
    hung = actor_of(officers[0])
    windows = _lay_out(hung, now)
    tickets = _play(hung, windows[0], agency.id, now)
    report(f"Quầy trình diễn: {len(windows)} quầy, {tickets} số")


def _lay_out(hung: Actor, at: dt.datetime) -> list[int]:
    ids = [
        places.save_service(
            actor=hung, at=at, letter=letter, name=name, about=about, procedure_codes=codes, minutes=minutes
        )
        for letter, name, about, codes, minutes in _SERVICES
    ]
    places.say_at_foot(
        actor=hung, at=at, notice="Lấy nhầm nhóm việc: báo cán bộ để được chuyển quầy, không phải lấy số lại."
    )
    return [
        places.save_window(actor=hung, at=at, number=1, name="Hộ tịch, chứng thực", service_ids=ids[:2]),
        places.save_window(actor=hung, at=at, number=2, name="Tổng hợp, trả kết quả", service_ids=ids[2:]),
    ]


def _play(hung: Actor, window_id: int, agency_id: int, now: dt.datetime) -> int:
    """Print the morning's tickets and call them in their order in time; none lies in the future or on another day."""
    begins = max(
        now - dt.timedelta(minutes=90), now.astimezone(clock.VIETNAM).replace(hour=0, minute=1, second=0)
    )
    services = {row.letter: row for row in QueueService.objects.filter(agency_id=agency_id)}
    Window.objects.filter(pk=window_id).update(
        staffed_by_id=hung.appointment_id, staffed_on=begins.astimezone(clock.VIETNAM).date()
    )
    acts = [(minute, letter, priority) for letter, minute, priority in _MORNING]
    acts += [(minute, "", Priority.NONE) for minute in _CALLS]
    for minute, letter, priority in sorted(acts, key=lambda act: act[0]):
        at = begins + dt.timedelta(minutes=minute)
        if at > now:
            break
        if letter:
            queueing.issue(services[letter], priority=priority, at=at)
            continue
        called = queueing.call_next(actor=hung, at=at)
        if called is not None and minute == _CALLS[3]:
            queueing.skip(ticket_id=called, actor=hung, at=at + dt.timedelta(minutes=1))
    return Ticket.objects.filter(agency_id=agency_id).count()
