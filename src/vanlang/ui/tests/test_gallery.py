"""The gallery shows every component, and nobody sees it in production."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from vanlang.ui.templatetags import ui_actions, ui_forms, ui_layout, ui_status


@pytest.mark.parametrize("where", ["", "can-bo/", "phan/"])
def test_its_pages_render_with_nothing_undefined(client: Client, where: str) -> None:
    answer = client.get(f"/_gallery/{where}")
    assert answer.status_code == 200
    assert "!!undefined" not in answer.content.decode()


def test_it_is_not_served_where_real_people_work(client: Client, settings: Any) -> None:
    settings.VANLANG_DEMO = False
    assert {
        client.get(f"/_gallery/{where}").status_code for where in ("", "can-bo/", "phan/", "loi/409/")
    } == {404}


def test_every_component_is_in_it() -> None:
    folder = Path(ui_layout.__file__).parents[1] / "templates" / "ui"
    shown = "".join(path.read_text(encoding="utf-8") for path in folder.glob("*.html"))
    tags = {name for module in (ui_actions, ui_forms, ui_layout, ui_status) for name in module.register.tags}
    elsewhere = {"field_view", "back_link", "crumbs", "date_field", "radios_field", "checkboxes_field", "checkbox_field", "file_field"}  # fmt: skip
    assert {
        tag for tag in tags - elsewhere if f"{{% {tag} " not in shown and f"{{% {tag} %}}" not in shown
    } == set()
