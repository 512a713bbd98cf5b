"""A small electronic form, enough for every kind of step: a name, a day, a choice."""

from __future__ import annotations

from typing import Any

BIRTH_FORM: dict[str, Any] = {
    "code": "birth-registration",
    "title": "Tờ khai đăng ký khai sinh",
    "version": 1,
    "schema": {
        "type": "object",
        "properties": {
            "applicant_name": {"type": "string", "maxLength": 150},
            "child_name": {"type": "string", "maxLength": 150},
            "child_born_on": {"type": "string", "format": "date"},
            "mother_name": {"type": "string", "maxLength": 150},
        },
        "required": ["applicant_name", "child_name", "child_born_on"],
    },
    "ui": {
        "order": ["applicant_name", "child_name", "child_born_on", "mother_name"],
        "applicant_name": {"label": "Họ, chữ đệm, tên người yêu cầu"},
        "child_name": {"label": "Họ, chữ đệm, tên của trẻ"},
        "child_born_on": {"label": "Ngày sinh", "widget": "date", "latest": "today"},
        "mother_name": {"label": "Họ, chữ đệm, tên người mẹ"},
    },
}
