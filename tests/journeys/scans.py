"""Papers that people bring: pages as a scanner or a phone would give them."""

from __future__ import annotations

import io

from PIL import Image, ImageDraw, ImageFont

from tests.journeys.provinces import ROOT

_FONTS = ROOT / "src" / "vanlang" / "documents" / "fonts"


def birth_paper(*, mother: str, child: str, kind: str = "JPEG") -> bytes:
    """Return a hospital's note of a birth as a picture (JPEG) or as a document (PDF)."""
    lines = (
        "Bệnh viện: Sản Nhi tỉnh (mẫu thử)", f"Họ và tên mẹ: {mother}", "Đã sinh con lúc 07 giờ 15, ngày 02/07/2026",
        "Giới tính của con: Nam", "Cân nặng: 3200 g", f"Dự định đặt tên con: {child}",
    )  # fmt: skip
    return _scan("GIẤY CHỨNG SINH", lines, kind)


def _scan(title: str, lines: tuple[str, ...], kind: str) -> bytes:
    page = Image.new("RGB", (827, 1169), "#fdfcf8")
    draw = ImageDraw.Draw(page)
    bold = ImageFont.truetype(str(_FONTS / "LiberationSerif-Bold.ttf"), 34)
    plain = ImageFont.truetype(str(_FONTS / "LiberationSerif-Regular.ttf"), 25)
    draw.rectangle((40, 40, 787, 1129), outline="#9a9a9a", width=2)
    draw.text((413, 110), "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", font=plain, fill="#222222", anchor="mm")
    draw.text((413, 145), "Độc lập - Tự do - Hạnh phúc", font=plain, fill="#222222", anchor="mm")
    draw.text((413, 240), title, font=bold, fill="#222222", anchor="mm")
    for number, line in enumerate(lines):
        draw.text((100, 330 + 52 * number), line, font=plain, fill="#222222")
    draw.text((413, 1080), "MẪU THỬ, KHÔNG CÓ GIÁ TRỊ", font=plain, fill="#a4161a", anchor="mm")
    answer = io.BytesIO()
    page.save(answer, kind, quality=70)
    return answer.getvalue()
