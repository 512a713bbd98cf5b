"""The end of the morning: what was done against what the pages say."""

from __future__ import annotations

import io
from collections import defaultdict

from python_calamine import CalamineWorkbook

from launcher.demo import papers
from launcher.demo.forms import Value
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
    _register(morning, ours)
    _queue_of_the_day(morning)


def _register(morning: Morning, ours: list[str]) -> None:
    """Take out the register of the day (form 07): every dossier once; not without saying for what."""
    hung, on = morning.hung, day_of(ours[0])
    page = hung.press(hung.open("/can-bo/so-theo-doi/"), "Xem sổ", {"Từ ngày": on, "Đến hết ngày": on})
    total = figure(page, r"([\d.]+) hồ sơ")
    unsaid = hung.press(page, "Tải bảng Excel, đủ cột")
    morning.check_refused("Xuất sổ không ghi mục đích", unsaid, 422, "Mục đích xuất sổ")
    why: dict[str, Value] = {"Mục đích xuất sổ": "Đối chiếu cuối buổi sáng"}
    cells = CalamineWorkbook.from_filelike(io.BytesIO(hung.press(page, "Tải bảng Excel", why).content))
    written = CODE.findall(str(cells.get_sheet_by_index(0).to_python()))
    is_whole = set(ours) <= set(written) and len(set(written)) == len(written)
    morning.check(
        f"Sổ theo dõi (mẫu 07) ngày {on}: đủ mọi mã, mỗi mã một dòng",
        is_whole,
        f"{len(written)} mã, sổ ghi {total} hồ sơ",
    )
    printed = papers.expect_pdf(hung.press(page, "In quyển 1", why))
    morning.check("Sổ theo dõi in thành quyển", CODE.search(papers.text_in(printed)), f"{len(printed)} byte")


def day_of(code: str) -> str:
    """Return the day that a code names, as it is typed."""
    day = code.split("-")[1]
    return f"{day[4:]}/{day[2:4]}/20{day[:2]}"


def _queue_of_the_day(morning: Morning) -> None:
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
