"""The portal misbehaves while the counter works: everything arrives all the same, once and in order."""

from __future__ import annotations

from launcher.demo.morning.day import Taken
from launcher.demo.portal.day import CONNECTIONS, Exchange, in_order

CALLS = "/adapter/integration"
SYNC, PROGRESS = f"{CALLS}/DongBoHoSoMC", f"{CALLS}/CapNhatTienDoHoSoMC"
DURING_OUTAGE = 5
TROUBLES = (
    ("Cổng nhận rồi mới ngắt máy (DongBoHoSoMC)", "answer_lost", SYNC, 1),
    ("Cổng nhận rồi mới ngắt máy (CapNhatTienDoHoSoMC)", "answer_lost", PROGRESS, 1),
    ("Cổng báo đã nhận rồi để mất", "lose_call", SYNC, 1),
    ("Cổng trả lời vô nghĩa hai lần", "nonsense", CALLS, 2),
    ("Phiên làm việc hết hạn giữa chừng", "expire_session", CALLS, 1),
    ("Cổng ngắt kết nối", "drop", CALLS, 1),
    ("Cổng trả một mã lỗi lạ", "code:99", SYNC, 1),
)


def tell(day: Exchange) -> None:
    """Take in a dossier under each trouble, and five while the portal is away."""
    for what, mode, path, times in TROUBLES:
        _under(day, what, mode, path, times)
    _outage(day)


def _under(day: Exchange, what: str, mode: str, path: str, times: int) -> None:
    day.portal.misbehave(mode, times=times, path=path)
    taken = day.take_in()
    arrived = _arrived(day, taken)
    day.check(f"{what}: hồ sơ vẫn đến Cổng, đúng một lần", arrived, taken.code)
    day.portal.behave()


def _arrived(day: Exchange, taken: Taken) -> bool:
    """Wait until the portal holds a dossier once, with its progress, each step once and in order."""

    def ask() -> tuple[int, list[tuple[str, ...]]]:
        records = day.portal.look(f"dossiers/{taken.code}").get("records", [])
        return len(records), day.steps_of(taken.code)

    count, steps = day.wait(ask, lambda found: found[0] and len(found[1]) >= 2, calling=True)
    is_spent = day.wait(lambda: day.portal.pending, lambda left: not left, calling=True)
    return count == 1 and len(steps) == len(set(steps)) >= 2 and in_order(steps) and not is_spent


def _outage(day: Exchange) -> None:
    """A day on which the portal does not answer: work goes on, nothing is lost, and it is told when it is back."""
    day.portal.misbehave("error_500", times=1_000_000, path="/adapter")
    taken = [day.take_in() for _ in range(DURING_OUTAGE)]
    for one in taken[:3]:
        day.hand_over(one)
    page = day.wait(lambda: day.linh.open(CONNECTIONS), lambda page: "tin đi đang chờ" in page.text)
    away = [one.code for one in taken if not day.portal.look(f"dossiers/{one.code}").get("records")]
    day.check(
        f"Cổng ngừng cả ngày: {DURING_OUTAGE} hồ sơ vẫn được tiếp nhận, ba hồ sơ được chuyển đi",
        len(away) == DURING_OUTAGE and "tin đi đang chờ" in page.text,
        f"Cổng chưa có {len(away)} hồ sơ",
    )
    day.portal.behave()
    for number, one in enumerate(taken):
        day.check_same("Cổng trở lại", one.code, one.dossier_id, "4" if number < 3 else "2", calling=True)
    steps = [day.steps_of(one.code) for one in taken]
    is_whole = all(len(set(some)) == len(some) and in_order(some) for some in steps)
    day.check(
        "Cổng trở lại: tiến độ đủ, đúng thứ tự, không lặp",
        is_whole,
        ", ".join(str(len(some)) for some in steps),
    )
