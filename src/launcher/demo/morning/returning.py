"""Results leave: one over the counter, one by post; and one dossier is refused with its slip (form 03)."""

from __future__ import annotations

from launcher.demo import acting, papers
from launcher.demo.acting import Story
from launcher.demo.forms import Value
from launcher.demo.morning.day import DOSSIER, Morning, Taken, typed
from launcher.demo.morning.people import tracking_number
from launcher.demo.pages import PageError

UNIT = "Văn phòng HĐND và UBND"
COPY = "2.000815"
ORIGINAL: dict[str, Value] = {
    "Tên bản chính": "Bằng tốt nghiệp đại học",
    "Số trang bản chính": "1",
    "Số bản chứng thực": "2",
}
REASON = "Thửa đất không nằm trong kế hoạch chuyển đổi của phường."


def tell(morning: Morning) -> None:
    """Return two results, refuse one dossier."""
    if morning.by_post is None:
        raise PageError("Không có hồ sơ nào xin gửi kết quả về nhà")
    here = next(one for one in morning.taken if one.procedure == COPY and one != morning.by_post)
    _over_the_counter(morning, here)
    _by_post(morning, morning.by_post)
    _refused(morning)


def _over_the_counter(morning: Morning, taken: Taken) -> None:
    story = _released(morning, taken)
    page = morning.hung.open(f"/can-bo/quay/tra-nhieu/?q={taken.person.personal_id}")
    done = morning.hung.press(page, "Trả tại quầy")
    morning.check("Anh Hùng trả kết quả tại quầy", "Đã trả 1 kết quả." in done.said, done.said)
    _check_delivered(morning, story)


def _by_post(morning: Morning, taken: Taken) -> None:
    story, hung, number = _released(morning, taken), morning.hung, tracking_number()
    overview = hung.open("/can-bo/quay/buu-gui/")
    line = next((one for one in overview.rows() if taken.code in one["Hồ sơ"]), {})
    morning.check(
        "Kết quả đã phát hành: bưu gửi sẵn sàng", line.get("Tình trạng") == "Sẵn sàng gửi", taken.code
    )
    item = hung.open(overview.link_near("Chưa có số hiệu", taken.code))
    receiver: dict[str, Value] = {"Người nhận": taken.person.full_name, "Địa chỉ nhận": taken.person.address}
    sent = hung.press(item, "Ghi đã gửi", {"Số hiệu bưu gửi": number, **receiver})
    morning.check("Ghi đã gửi bưu chính", f"Đã ghi gửi {number}." in sent.said, sent.said)
    listed = papers.text_in(papers.expect_pdf(hung.click(sent, "In bảng kê gửi hôm nay")))
    morning.check("Bảng kê gửi hôm nay có bưu gửi này", number in listed, number)
    arrived = hung.press(hung.open(item.url), "Đã phát đến người nhận")
    morning.check("Bưu gửi đã đến người nhận", "Đã xong bưu gửi với 1 hồ sơ." in arrived.said, arrived.said)
    _check_delivered(morning, story)


def _released(morning: Morning, taken: Taken) -> Story:
    """Lead a copy's certification from the counter to its released result."""
    story = Story(morning.report, morning.cast, taken.dossier_id, taken.code)
    story.act(morning.hung, "Chuyển xử lý", {"Chuyển đến": UNIT})
    story.act(morning.cast.mai, "Nhận xử lý")
    acting.propose(story, ORIGINAL)
    acting.decide(story)
    return story


def _check_delivered(morning: Morning, story: Story) -> None:
    page = morning.hung.open(story.at_desk)
    morning.check(f"{story.code}: Đã trả kết quả", "Đã trả kết quả" in page.text)


def _refused(morning: Morning) -> None:
    """Somebody brings papers that cannot be taken: filed, refused, the slip printed."""
    hung, person = morning.hung, morning.people.new()
    asked = hung.press(morning.intake_page("1.008004"), "Thiếu giấy tờ", typed(person))
    found = DOSSIER.search(asked.url)
    if found is None:
        raise PageError(f"Không ghi được hồ sơ thiếu giấy tờ ({asked.status}): {asked.said}")
    story = Story(morning.report, morning.cast, found[1])
    story.act(
        hung,
        "Từ chối tiếp nhận",
        {"Lý do từ chối": REASON, "Hướng dẫn người nộp": "Đăng ký vào kế hoạch năm sau."},
    )
    slip = papers.text_in(papers.expect_pdf(hung.click(hung.open(story.at_desk), "Mẫu 03")))
    morning.check("Phiếu từ chối (mẫu 03) in nguyên văn lý do", REASON in slip, REASON)
    page = hung.open(story.at_desk)
    morning.check("Hồ sơ bị từ chối không có mã", "Chưa cấp mã" in page.text, page.after("Hồ sơ"))
