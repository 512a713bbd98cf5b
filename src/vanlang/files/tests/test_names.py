"""Names: shown as they are stored, saved where they belong."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vanlang.files.rules.kinds import EXTENSIONS, FileKind
from vanlang.files.rules.names import LONGEST, safe_name
from vanlang.files.services.downloads import disposition


@pytest.mark.parametrize(
    ("name", "kind", "safe"),
    [
        ("Giấy chứng sinh.pdf", FileKind.PDF, "Giấy chứng sinh.pdf"),
        ("ẢNH.JPEG", FileKind.JPEG, "ẢNH.jpg"),
        ("anh.png", FileKind.JPEG, "anh.png.jpg"),
        ("../../etc/passwd", FileKind.PDF, "passwd.pdf"),
        ("C:\\Users\\Lan\\đơn.pdf", FileKind.PDF, "đơn.pdf"),
        ("hóa đơn\u202efdp.exe", FileKind.PDF, "hóa đơnfdp.exe.pdf"),
        ("a\x00b\nc\u200b.pdf", FileKind.PDF, "ab c.pdf"),
        (unicodedata.normalize("NFD", "Lệ phí trước bạ.pdf"), FileKind.PDF, "Lệ phí trước bạ.pdf"),
        ('a<b>:"|?*.pdf', FileKind.PDF, "a_b______.pdf"),
        ("", FileKind.PNG, "Tệp không tên.png"),
        ("....", FileKind.PNG, "Tệp không tên.png"),
        ("con.pdf", FileKind.PDF, "Tệp không tên.pdf"),
        ("  .pdf", FileKind.PDF, "Tệp không tên.pdf"),
        ("x" * 300 + ".pdf", FileKind.PDF, "x" * 116 + ".pdf"),
    ],
)
def test_safe_name(name: str, kind: FileKind, safe: str) -> None:
    assert safe_name(name, kind) == safe


@given(st.text(max_size=400), st.sampled_from(FileKind))
def test_any_name_becomes_one_that_can_be_shown_and_saved(name: str, kind: FileKind) -> None:
    safe = safe_name(name, kind)
    assert safe.endswith(EXTENSIONS[kind])
    assert len(safe) <= LONGEST
    assert len(safe.encode()) <= 255
    assert not set(safe) & set('/\\<>:"|?*')
    assert all(unicodedata.category(letter) not in {"Cc", "Cf", "Cs"} for letter in safe)
    assert unicodedata.is_normalized("NFC", safe)
    assert safe_name(safe, kind) == safe


@given(st.text(max_size=200))
def test_the_header_holds_one_line_of_ascii(name: str) -> None:
    header = disposition(safe_name(name, FileKind.PDF), inline=False)
    assert header.isascii()
    assert header.isprintable()
    assert header.count('"') == 2


def test_the_header_names_the_file_in_vietnamese_and_for_old_browsers() -> None:
    assert disposition("Giấy chứng sinh.pdf", inline=True) == (
        "inline; filename=\"giay chung sinh.pdf\"; filename*=UTF-8''Gi%E1%BA%A5y%20ch%E1%BB%A9ng%20sinh.pdf"
    )
