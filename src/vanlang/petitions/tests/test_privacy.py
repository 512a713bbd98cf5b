"""No published text contains what tells who somebody is, however it is written."""

from __future__ import annotations

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vanlang.petitions.labels import TAKEN_OUT
from vanlang.petitions.rules.folding import fold
from vanlang.petitions.rules.privacy import clean, find, redact, why_not_public
from vanlang.petitions.types import PersonalFact, Sender

THINH = Sender(
    name="Đỗ Văn Thịnh",
    phone="0987 654 321",
    email="thinh.do@example.vn",
    address="12/5 Hùng Vương, phường Việt Trì",
    personal_id="025052000003",
)
_F = PersonalFact


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("căn cước 025190012123", _F.IDENTITY_NUMBER),
        ("CMND 131 234 567 cấp năm 2009", _F.IDENTITY_NUMBER),
        ("số 0 2 5 1 9 0 0 1 2 1 2 3", _F.IDENTITY_NUMBER),
        ("gọi 0912.345.678", _F.PHONE),
        ("gọi +84 912 345 678", _F.PHONE),
        ("gọi (0210) 3 846 123", None),
        ("gọi 0210 3846123", _F.PHONE),
        ("gọi " + "".join(chr(0xFF10 + int(digit)) for digit in "0912345678"), _F.PHONE),
        ("gọi 09\u200b12\u200b345678", _F.PHONE),
        ("thư lan.nguyen@example.com.vn", _F.EMAIL),
        ("thư lan.nguyen (at) example.com", _F.EMAIL),
        ("STK 1023456789 Vietcombank", _F.ACCOUNT),
        ("tài khoản số 19.0345.6789.011", _F.ACCOUNT),
        ("xe 19A-123.45 đỗ sai", _F.PLATE),
        ("xe 19-H1 234.56", _F.PLATE),
        ("ở số nhà 12B", _F.ADDRESS),
        ("trong ngõ 45/12", _F.ADDRESS),
        ("số 12 đường Hùng Vương", _F.ADDRESS),
        ("hồ sơ H44.100-261123-0001", _F.DOSSIER_CODE),
        ("hồ sơ h44.100 - 261123 - 0001", _F.DOSSIER_CODE),
        ("mã 10234567890", _F.NUMBER),
        ("ngày 23/11/2026 lúc 9 giờ", None),
        ("ngày 23-11-2026 14 giờ 30", None),
        ("theo Nghị định 118/2025/NĐ-CP", None),
        ("phí 1.500.000.000 đồng", None),
        ("giai đoạn 2021-2025", None),
        ("quầy số 2, tầng 1", None),
        ("thủ tục 2.000815", None),
    ],
)
def test_shapes(text: str, fact: PersonalFact | None) -> None:
    found = {finding.fact for finding in find(text)}
    assert found >= ({fact} if fact else set())
    if fact is None and "0210" not in text:
        assert found == set()


@pytest.mark.parametrize(
    "text",
    [
        "Đỗ Văn Thịnh",
        "đỗ văn thịnh",
        "DO VAN THINH",
        "do.van.thinh",
        "Đỗ  Văn\nThịnh",
        unicodedata.normalize("NFD", "Đỗ Văn Thịnh"),
        "ĐỗVănThịnh",
        "ông Thịnh",
        "anh thinh",
        "Đỗ Thịnh",
        "0987654321",
        "+84987654321",
        "84 987-654-321",
        "0 9 8 7 6 5 4 3 2 1",
        "0987\u202e654321",
        "0987/654/321",
        "THINH.DO@EXAMPLE.VN",
        "thinh . do @ example . vn",
        "12/5 hung vuong",
        "0 2 5.0 5 2-0 0 0 0 0 3",
    ],
)
def test_the_senders_own_facts_are_found_however_written(text: str) -> None:
    said = f"Tôi là {text} xin phản ánh"
    assert why_not_public(said, THINH) is not None
    assert why_not_public(clean(said, THINH, TAKEN_OUT), THINH) is None


@pytest.mark.parametrize(
    "text", ["Phường Việt Trì đã thêm quầy.", "Văn phòng mở cửa từ 7 giờ.", "Phồn thịnh, văn minh."]
)
def test_other_words_are_left_alone(text: str) -> None:
    assert find(text, THINH) == ()


def test_a_short_name_is_not_found_inside_a_word() -> None:
    sender = Sender(name="Lê An")
    assert find("Khu vực clean và Elean", sender) == ()
    assert [finding.fact for finding in find("Lê An phản ánh", sender)] == [_F.NAME]


def test_a_part_of_a_name_is_proposed_and_left_to_a_person() -> None:
    findings = find("gặp Văn Thịnh ở quầy", THINH)
    assert [(finding.fact, finding.certain) for finding in findings] == [(_F.NAME, False)]
    assert why_not_public("gặp Văn Thịnh ở quầy", THINH) is None


def test_a_refusal_names_kinds_and_no_fact() -> None:
    refusal = why_not_public("Thịnh 0987654321, 12/5 Hùng Vương", THINH)
    assert refusal is not None
    assert refusal.facts == {"kinds": ["address", "phone"]}


def test_a_sender_called_like_a_placeholder_is_still_refused() -> None:
    sender = Sender(name="Tên Người")
    assert why_not_public(clean("Tên Người phản ánh", sender, TAKEN_OUT), sender) is not None


SEPARATORS = st.text(alphabet=" .-_\u00a0\u200b\n/,", max_size=3)
PLAIN = st.text(alphabet="abc đêô ưÂ Ắ.,\n?!", max_size=30)


@st.composite
def disguised_digits(draw: st.DrawFn, number: str) -> str:
    wide = {str(digit): chr(0xFF10 + digit) for digit in range(10)}
    return "".join(
        draw(SEPARATORS) + (wide.get(sign, sign) if draw(st.booleans()) else sign) for sign in number
    )


@st.composite
def disguised_name(draw: st.DrawFn, name: str) -> str:
    form = draw(st.sampled_from([str.lower, str.upper, str.title, str]))
    bare = draw(st.booleans())
    gap = draw(st.sampled_from([" ", ".", "_", "  ", "-", "\n", ""]))
    words = [fold(word).plain if bare else word for word in name.split()]
    composed = draw(st.sampled_from(["NFC", "NFD"]))
    return unicodedata.normalize(composed, gap.join(form(word) for word in words))


@given(
    before=PLAIN,
    after=PLAIN,
    number=st.sampled_from([THINH.personal_id, "0987654321", "+84987654321"]).flatmap(disguised_digits),
    name=disguised_name(THINH.name),
)
def test_nothing_of_the_sender_is_left(before: str, after: str, number: str, name: str) -> None:
    text = f"{before} {name} {number} {after}"
    public = clean(text, THINH, TAKEN_OUT)
    assert why_not_public(public, THINH) is None
    seen = "".join(sign for sign in fold(public).plain if sign.isalnum())
    assert "dovanthinh" not in seen
    assert "987654321" not in seen
    assert THINH.personal_id not in seen


@given(st.text(max_size=200))
def test_any_text_can_be_looked_at_and_findings_stand_apart(text: str) -> None:
    findings = find(text, THINH)
    assert all(0 <= one.start < one.end <= len(text) for one in findings)
    assert all(one.end <= other.start for one, other in pairwise(findings))
    kept = redact(text, (), TAKEN_OUT)
    assert kept == text


@given(PLAIN)
def test_what_names_nobody_is_not_changed(text: str) -> None:
    if not find(text, THINH):
        assert clean(text, THINH, TAKEN_OUT) == text


@given(st.text(max_size=100))
def test_a_fold_knows_where_each_sign_came_from(text: str) -> None:
    folded = fold(text)
    assert len(folded.plain) == len(folded.at)
    assert list(folded.at) == sorted(folded.at)
    assert all(0 <= place < len(text) for place in folded.at)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Tôi là Đỗ Văn Thịnh, gọi tôi sau", "Đỗ Văn Thịnh"),
        ("TÔI LÀ ĐỖ VĂN THỊNH", "ĐỖ VĂN THỊNH"),
        ("Tôi tên là Lê An.", "Lê An"),
        ("Họ và tên: Trần Thị Hoa", "Trần Thị Hoa"),
        ("Kính gửi phường, em tên Hoa", None),
        ("Tôi là người dân phường Việt Trì", None),
        ("Tôi là Chủ hộ kinh doanh", None),
    ],
)
def test_who_introduces_themselves_is_found_without_being_known(text: str, name: str | None) -> None:
    certain = [text[one.start : one.end] for one in find(text) if one.certain]
    assert certain == ([name] if name else [])


@pytest.mark.parametrize("text", ["bà Trần Thị Hoa ở quầy 3", "gặp Nguyễn Văn Nam", "đường Lê Lợi"])
def test_other_people_are_proposed_and_left_to_a_person(text: str) -> None:
    assert [(one.fact, one.certain) for one in find(text)] == [(_F.NAME, False)]
    assert why_not_public(text, Sender()) is None


@given(st.text(max_size=200))
def test_people_are_looked_for_in_any_text(text: str) -> None:
    assert all(0 <= one.start < one.end <= len(text) for one in find(text))
