"""Cash over the counter: opened, taken by the fee of the catalogue, one slip taken back, counted to the đồng, handed over."""

from __future__ import annotations

from launcher.demo import papers
from launcher.demo.forms import Value
from launcher.demo.morning.day import Morning, figure
from launcher.demo.pages import Page, nodes

ADDRESS = "/can-bo/quay/so-quy/"
NOTES = (500_000, 200_000, 100_000, 50_000, 20_000, 10_000, 5_000, 2_000, 1_000, 500)
OPENING, SLIP = 200_000, 50_000
PAYERS = 5
CONFLICT = 409
TREASURER = "Đào Thị Quỹ"
EXPECTED, TAKEN = r"([\d.]+) phải có trong ngăn", r"([\d.]+) thu trong ngày"


def tell(morning: Morning) -> None:
    """Keep the drawer from opening to treasurer; the sum that the book says is the sum that was told to people."""
    hung = morning.hung
    drawer = _opened(morning)
    before = figure(drawer, TAKEN)
    told = 0
    for taken in [one for one in morning.taken if one.procedure in {"2.000635", "2.000884"}][:PAYERS]:
        drawer, amount = _take(morning, drawer, taken.code)
        told += amount
    slip: dict[str, Value] = {"Thu khoản gì": "Ghi nhầm", "Số tiền": str(SLIP)}
    wrong = hung.press(drawer, "Ghi thu", slip)
    drawer = hung.press(wrong, "Ghi đối ứng", near="Ghi nhầm")
    morning.check("Ghi nhầm: đối ứng, không xóa", "Đã ghi bút toán đối ứng" in drawer.said, drawer.said)
    taken_in = figure(drawer, TAKEN) - before
    morning.check(
        "Sổ thu bằng các khoản đã thu, đến từng đồng",
        taken_in == told,
        f"{taken_in} đồng, đã thu {told} đồng",
    )
    _close(morning, drawer)


def _opened(morning: Morning) -> Page:
    hung = morning.hung
    page = hung.open(ADDRESS)
    if page.has_button("Mở ngăn tiền"):
        page = hung.press(page, "Mở ngăn tiền", {"Tiền có sẵn trong ngăn": str(OPENING)})
        told = figure(page, r"([\d.]+) đầu ngày")
        morning.check("Mở ngăn tiền", told == OPENING, f"{told} đồng")
        return page
    morning.report.note("Ngăn tiền đang mở từ trước; dùng tiếp")
    return hung.click(page, "Vào ngăn tiền đang mở")


def _take(morning: Morning, drawer: Page, code: str) -> tuple[Page, int]:
    """
    Take the fee that the catalogue says for a dossier; where none is confirmed, 8 000 đồng as written on the wall.

    What was demanded of a dossier is taken on its own page, with its receipt: the drawer says so, and takes nothing.
    """
    hung = morning.hung
    asked = hung.press(drawer, "Lấy mức phí", {"Mã hồ sơ": code})
    suggested = next(str(one.get("value")) for one in nodes(asked.tree, "//input[@name='so-tien']"))
    amount = suggested or "8000"
    values: dict[str, Value] = {"Số tiền": amount, "Thu khoản gì": f"Phí hồ sơ {code}"}
    answer = hung.press(asked, "Ghi thu", values)
    if answer.status == CONFLICT:
        said = "Hãy thu ở trang “Phí, lệ phí” của hồ sơ"
        morning.check_refused(
            "Khoản đã lập thì thu ở trang của hồ sơ, không thu hai nơi", answer, CONFLICT, said
        )
        return asked, 0
    return answer, int(amount)


def _close(morning: Morning, drawer: Page) -> None:
    hung, expected = morning.hung, figure(drawer, EXPECTED)
    notes = _notes(expected)
    short = hung.press(drawer, "Khóa ngăn tiền", {**notes, "1.000 đồng": "99"})
    morning.check_refused(
        "Khóa ngăn tiền khi kiểm đếm lệch mà không giải trình",
        short,
        422,
        "Hãy đếm lại, hoặc ghi rõ lý do chênh lệch.",
    )
    closed = hung.press(short, "Khóa ngăn tiền", notes)
    morning.check("Kiểm đếm khớp sổ, khóa ngăn tiền", "khớp sổ" in closed.text, closed.said)
    handed = hung.press(closed, "Ghi đã giao", {"Họ tên thủ quỹ": TREASURER})
    morning.check("Giao thủ quỹ", f"Giao thủ quỹ {TREASURER}" in handed.text, handed.said)
    printed = papers.text_in(papers.expect_pdf(hung.click(handed, "In bảng kê")))
    amount = f"{expected:,}".replace(",", ".")
    morning.check("Bảng kê thu tiền in ra ghi số tiền đã giao", amount in printed, f"{amount} đồng")


def _notes(amount: int) -> dict[str, Value]:
    """Return how many of each note make up an amount, the largest first."""
    counts: dict[str, Value] = {}
    for note in NOTES:
        counts[f"{note:,} đồng".replace(",", ".")] = str(amount // note)
        amount %= note
    return counts
