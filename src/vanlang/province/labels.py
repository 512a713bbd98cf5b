from __future__ import annotations

from vanlang.kernel.labels import Sentence

SENTENCES = {
    "province.not_empty": Sentence(
        says="Cơ sở dữ liệu này đã có %(what)s.",
        do_now="Tỉnh giả lập chỉ được tạo trong cơ sở dữ liệu mới; hãy đặt VANLANG_DATABASE_URL trỏ đến cơ sở dữ liệu khác.",
    ),
}
