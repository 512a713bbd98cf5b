"""The counter of phường Việt Trì with the procedure of certified copies as the starter catalogue has it."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import dataclass

import pikepdf
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from vanlang.catalogue.api import load_starter
from vanlang.certification.api import Brought, BroughtOriginal, RequestCard, enter, take_in
from vanlang.dossiers.tests.factories import World, make_world
from vanlang.identity.api import SYSTEM
from vanlang.kernel.ids import new_id

NAMES = (
    "Bằng tốt nghiệp đại học", "Giấy khai sinh", "Căn cước", "Giấy chứng nhận kết hôn", "Sổ hộ khẩu cũ",
    "Giấy phép lái xe", "Chứng chỉ tin học", "Bảng điểm",
)  # fmt: skip


def address_of(token: str) -> str:
    return f"https://van-lang.test/xac-minh/{token}/"


@dataclass(frozen=True, slots=True)
class Counter:
    """The world of dossiers, and what is done at this counter."""

    world: World

    def brought(self, *originals: BroughtOriginal, **more: object) -> Brought:
        facts: dict[str, object] = {
            "request_id": new_id(),
            "full_name": "Nguyễn Thị Lan",
            "personal_id": "025190012123",
            "specialist_id": self.world.mai.appointment_id,
            "originals": originals,
        }
        return Brought(**(facts | more))  # type: ignore[arg-type] # fields by name

    def take_in(self, *originals: BroughtOriginal, at: dt.datetime | None = None) -> RequestCard:
        return take_in(brought=self.brought(*originals), actor=self.world.hung, at=at or self.world.at)

    def enter(self, visit: RequestCard, *, at: dt.datetime | None = None) -> RequestCard:
        leader = self.world.phuc.appointment_id
        assert leader is not None
        return enter(
            request_id=visit.id,
            leader_id=leader,
            address_of=address_of,
            actor=self.world.mai,
            at=at or self.world.at,
        )


def make_counter(at: dt.datetime) -> Counter:
    world = make_world(at)
    load_starter(actor=SYSTEM, at=at)
    return Counter(world)


def eight_originals(copies: int = 5, pages: int = 3) -> tuple[BroughtOriginal, ...]:
    """Eight originals: forty copies with the default."""
    return tuple(BroughtOriginal(name=name, pages=pages, copies=copies) for name in NAMES)


def scan_of(pages: int) -> bytes:
    """Return a scanned original: so many empty A4 pages."""
    pdf = pikepdf.new()
    for _ in range(pages):
        pdf.add_blank_page(page_size=(595, 842))
    out = io.BytesIO()
    pdf.save(out)
    return out.getvalue()


def run_jobs() -> None:
    """Do every stored job in order, as a worker would."""
    since = 0
    while job := ProcrastinateJob.objects.filter(id__gt=since).order_by("id").first():
        if job.queue_name == "events":
            app.tasks[job.task_name](**job.args)
        since = job.id
