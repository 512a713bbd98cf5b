"""Electronic forms in a real browser, drawn by the product and served under its own policy."""

from __future__ import annotations

import pytest
from bench.eforms import TODAY, document
from django.template import Context, Template
from playwright.sync_api import Route, expect

from tests.journeys.conftest import Visitor
from vanlang.eforms import api as eforms
from vanlang.eforms.tests.samples import sample
from vanlang.ui.gallery import SampleShell
from vanlang.ui.security import policy_text

PAGE = """{% extends "ui/citizen.html" %}{% load eforms ui_actions ui_layout %}
{% block title %}{{ definition.title }}{% endblock %}
{% block content %}{% eform_errors errors=errors %}{% page_head title=definition.title %}{% endpage_head %}
<form method="post" action="" novalidate>{% eform definition=definition values=values errors=errors on=day %}
{% button text="Tiếp tục" %}</form>{% endblock %}"""


def serve(visitor: Visitor, definition: eforms.FormDefinition, answers: eforms.Answers | None = None) -> None:
    """Lead the visitor to `definition`, on a page like the portal's."""
    html = Template(PAGE).render(
        Context({
            "definition": definition, "day": TODAY, "shell": SampleShell(None), "messages": (), "csrf_token": "x",
            "values": answers.typed if answers else {}, "errors": answers.errors if answers else {},
        })
    )  # fmt: skip
    headers = {"Content-Security-Policy": policy_text(), "Content-Type": "text/html; charset=utf-8"}

    def answer(route: Route) -> None:
        route.fulfill(status=200, headers=headers, body=html)

    visitor.page.route("**/to-khai/", answer)
    visitor.goto("/to-khai/")


@pytest.mark.parametrize("state", ["empty", "wrong"])
def test_forty_questions_are_accessible(visitor: Visitor, state: str) -> None:
    definition = eforms.definition_of(document())
    answers = eforms.validate(definition, {"day_0": "31/02/2026"}, on=TODAY) if state == "wrong" else None
    serve(visitor, definition, answers)
    visitor.picture(f"eforms-forty-{state}")
    expect(visitor.page.locator(".govuk-error-message")).to_have_count(40 if state == "wrong" else 0)


def test_a_question_appears_when_it_is_asked(visitor: Visitor) -> None:
    serve(visitor, sample("general-request"))
    name = visitor.page.get_by_label("Họ tên hoặc tên tổ chức được đại diện")
    expect(name).to_be_hidden()
    visitor.page.get_by_label("Tôi đề nghị thay cho người khác").check()
    expect(name).to_be_visible()
    visitor.picture("eforms-general-request")
    visitor.page.get_by_label("Tôi đề nghị thay cho người khác").uncheck()
    expect(name).to_be_hidden()


def test_without_javascript_every_question_is_there_with_its_condition(
    visitor_without_javascript: Visitor,
) -> None:
    visitor = visitor_without_javascript
    serve(visitor, sample("general-request"))
    expect(visitor.page.get_by_label("Họ tên hoặc tên tổ chức được đại diện")).to_be_visible()
    expect(
        visitor.page.get_by_text("Chỉ điền khi có đánh dấu “Tôi đề nghị thay cho người khác”.").first
    ).to_be_visible()
