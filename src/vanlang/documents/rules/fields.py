"""
The dictionary of facts that a template may name: labels, receipts, Word templates of results.

Written in Vietnamese, because who writes templates are officers: `{mã hồ sơ}` on a label, `{{ mã_hồ_sơ }}` in Word. The page
docs/reference/template-fields.md is printed from here (`manage.py template_fields`).
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TemplateField:
    """One fact of a dossier that a template may name."""

    word: str
    """As it is written on labels: "mã hồ sơ"."""
    says: str
    sample: str
    """What a preview shows."""

    @property
    def name(self) -> str:
        """The same as a name in Word: "mã_hồ_sơ"."""
        return self.word.replace(" ", "_")

    @property
    def in_word(self) -> str:
        return f"{{{{ {self.name} }}}}"


DOSSIER_FIELDS = (
    TemplateField("mã hồ sơ", "Mã hồ sơ đã cấp khi tiếp nhận", "H44.100-261123-0001"),
    TemplateField("thủ tục", "Tên thủ tục hành chính", "Thủ tục đăng ký khai sinh"),
    TemplateField("mã thủ tục", "Mã thủ tục trong cơ sở dữ liệu quốc gia", "1.001193"),
    TemplateField("nội dung đề nghị", "Nội dung đề nghị, một dòng", "Đăng ký khai sinh cho con Trần Gia An"),
    TemplateField("người nộp", "Họ và tên người nộp", "Nguyễn Thị Lan"),
    TemplateField("số định danh", "Số định danh cá nhân của người nộp", "025190012123"),
    TemplateField("điện thoại", "Điện thoại của người nộp", "0912345678"),
    TemplateField("nơi cư trú", "Nơi cư trú của người nộp", "Tổ 5, phường Việt Trì"),
    TemplateField("chủ hồ sơ", "Người mà hồ sơ nói về, khi khác người nộp", "Trần Gia An"),
    TemplateField("kênh nộp", "Cách hồ sơ đến", "Trực tiếp"),
    TemplateField("nơi tiếp nhận", "Cơ quan tiếp nhận", "Phường Việt Trì"),
    TemplateField("cơ quan giải quyết", "Cơ quan có thẩm quyền giải quyết", "Phường Việt Trì"),
    TemplateField("nơi trả kết quả", "Cơ quan trả kết quả", "Phường Việt Trì"),
    TemplateField("ngày nộp", "Ngày nộp", "23/11/2026"),
    TemplateField("ngày tiếp nhận", "Ngày tiếp nhận", "23/11/2026"),
    TemplateField("giờ tiếp nhận", "Giờ, phút tiếp nhận", "09:00"),
    TemplateField("ngày hẹn trả", "Ngày hẹn trả kết quả", "27/11/2026"),
    TemplateField("giờ hẹn trả", "Giờ, phút hẹn trả kết quả", "17:00"),
)
MARKS = (
    TemplateField("số văn bản", "Chỗ in số: hệ thống điền khi lãnh đạo ký", "[[SO]]"),
    TemplateField("ngày văn bản", "Chỗ in “ngày … tháng … năm …”: điền khi lãnh đạo ký", "[[NGAY-VAN-BAN]]"),
    TemplateField("chỗ ký", "Chỗ hiện chữ ký số của lãnh đạo", "[[CHO-KY]]"),
    TemplateField("mã xác minh", "Chỗ in mã QR để kiểm tra kết quả", "[[MA-XAC-MINH]]"),
)
"""Places in a Word template that the house prints over when the leader signs; the sample is the text that marks the place."""
WORDS = {field.word: field for field in DOSSIER_FIELDS}


def as_markdown() -> str:
    """Return the reference page of the dictionary."""
    lines = [
        "# Trường dùng trong mẫu",
        "",
        "Trang này được in từ mã nguồn bằng `manage.py template_fields`; không sửa tay.",
        "",
        "Trên nhãn và phiếu viết `{mã hồ sơ}`; trong mẫu Word viết `{{ mã_hồ_sơ }}`. Giá trị trong tờ khai điện tử của thủ tục viết",
        "`{{ khai.tên_trường }}` (chỉ trong Word); tên trường có ở trang tải mẫu của thủ tục.",
        "",
        "## Của hồ sơ",
        "",
        "| Trên nhãn, phiếu | Trong Word | Nghĩa | Ví dụ |",
        "|---|---|---|---|",
        *(f"| `{{{it.word}}}` | `{{{{ {it.name} }}}}` | {it.says} | {it.sample} |" for it in DOSSIER_FIELDS),
        "",
        "## Chỗ hệ thống in khi lãnh đạo ký (chỉ trong Word)",
        "",
        "| Trong Word | Nghĩa | Chữ giữ chỗ |",
        "|---|---|---|",
        *(f"| `{{{{ {it.name} }}}}` | {it.says} | `{it.sample}` |" for it in MARKS),
        "",
    ]
    return "\n".join(lines)
