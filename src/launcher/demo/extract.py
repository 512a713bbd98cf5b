"""Filing for copies of an extract, the procedure that everything about filing is tried with: what is typed, what is uploaded."""

from __future__ import annotations

import uuid

from launcher.demo import papers
from launcher.demo.forms import Value
from launcher.demo.pages import Page, nodes, text_of

EXTRACT = "2.000635"


def answers_of(name: str, *, lives_in: str) -> dict[str, Value]:
    """Return the form as somebody fills it in who asks for their own."""
    return {
        "Nơi cư trú (xã, phường)": lives_in,
        "Quan hệ với người có việc hộ tịch": "Bản thân",
        "Loại giấy tờ cần cấp bản sao": "Giấy khai sinh",
        "Họ, chữ đệm, tên người có việc hộ tịch": name,
        "Ngày sinh của người đó": "12/03/1985",
        "Nơi đã đăng ký": "UBND xã Tiên Cát",
        "Số bản sao": "2",
        "Tôi cam đoan": True,
    }


def papers_for(upload: Page) -> dict[str, Value]:
    """Return a file for each paper that the page asks for, no two of one content."""
    asked = nodes(upload.tree, "//section[.//*[normalize-space()='Cần nộp']]//h2")
    return {
        f"Chọn tệp cho {text_of(one)}": papers.pdf(f"giay-{number}.pdf", uuid.uuid4().hex)
        for number, one in enumerate(asked, start=1)
    }
