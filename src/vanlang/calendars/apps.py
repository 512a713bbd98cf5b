from __future__ import annotations

from pathlib import Path

from django.apps import AppConfig
from typing_extensions import override

from vanlang.kernel import labels, reference


class CalendarsConfig(AppConfig):
    name = "vanlang.calendars"
    label = "calendars"

    @override
    def ready(self) -> None:
        from vanlang.calendars.labels import SENTENCES

        labels.register(SENTENCES)
        reference.register_reference("calendars", _load)


def _load(folder: Path, report: reference.Report) -> None:
    from vanlang.calendars.services import load_days, load_office_hours
    from vanlang.kernel import clock

    at = clock.now()
    report(f"Lịch nghỉ: {load_days(folder / 'calendar' / 'days.toml', at=at)} ngày thay đổi")
    report(f"Giờ làm việc: thêm {load_office_hours(folder / 'calendar' / 'office-hours.toml', at=at)} lịch")
