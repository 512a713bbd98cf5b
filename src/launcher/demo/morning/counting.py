"""The end of the morning: what was done against what the pages say."""

from __future__ import annotations

from collections import defaultdict

from launcher.demo.morning.day import CODE, Morning, figure
from launcher.demo.morning.intakes import SIXTY

LIST = "/can-bo/ho-so/?loc=tat-ca"
NEXT, MOST_PAGES = "Xem tiếp", 100


def tell(morning: Morning) -> None:
    """Count codes, and find every one of them in the list of the agency's dossiers."""
    mine = [one.code for one in morning.taken] + morning.besides
    ours = [code for code in mine if code.startswith("H44.100-")]
    morning.check("Không mã nào lặp lại", len(set(mine)) == len(mine), f"{len(mine)} mã")
    days: dict[str, list[int]] = defaultdict(list)
    for code in ours:
        place, day, number = code.rsplit("-", 2)
        days[f"{place}-{day}"].append(int(number))
    for day, numbers in days.items():
        wanted = list(range(min(numbers), min(numbers) + len(numbers)))
        morning.check(
            f"{day}: {SIXTY} hồ sơ của buổi sáng và {len(numbers) - SIXTY} hồ sơ khác mang số liên tiếp",
            sorted(numbers) == wanted, f"{min(numbers):04d} … {max(numbers):04d}",
        )  # fmt: skip
    listed = _listed(morning)
    missing = [code for code in ours if code not in listed]
    morning.check(
        "Danh sách hồ sơ của phường có đủ mọi mã", not missing, ", ".join(missing) or f"{len(ours)} mã"
    )
    day_page = morning.hung.open("/can-bo/quay/goi-so/trong-ngay/")
    issued, served = figure(day_page, r"([\d.]+) số đã lấy"), figure(day_page, r"([\d.]+) đã phục vụ")
    by_hour = [(int(line["Lấy số"]), int(line["Phục vụ xong"])) for line in day_page.rows() if "Giờ" in line]
    agrees = (sum(one for one, _ in by_hour), sum(two for _, two in by_hour)) == (issued, served)
    morning.check(
        "Số liệu gọi số trong ngày: bảng theo giờ cộng lại bằng tổng", agrees, f"{issued} số, {served} lượt"
    )


def _listed(morning: Morning) -> set[str]:
    """Return the codes of every page of the list."""
    page = morning.hung.open(LIST)
    found = set(CODE.findall(page.text))
    for _ in range(MOST_PAGES):
        if not page.has_link(NEXT):
            break
        page = morning.hung.click(page, NEXT)
        found |= set(CODE.findall(page.text))
    return found
