"""The typed tags: what they ask for, what they escape, how label, hint and error are tied to a field."""

from __future__ import annotations

import datetime as dt
import re
from html.parser import HTMLParser
from typing import Any

import pytest
from django import forms
from django.template import Context, Template, TemplateSyntaxError
from django.test import RequestFactory
from typing_extensions import override

from vanlang.ui.types import Choice, FieldError, FieldView, Link, Page

LOAD = "{% load ui_actions ui_forms ui_layout ui_status ui_text %}"
NASTY = '<script>alert("x")</script>'


def render(source: str, **context: Any) -> str:
    return Template(LOAD + source).render(Context(context))


@pytest.mark.parametrize(
    "source",
    [
        "{% button tone='primary' %}",
        "{% link_button text='Nộp' %}",
        "{% status tone='info' %}",
        "{% text_field name='x' %}",
        "{% table %}{% endtable %}",
        "{% event at=None %}{% endevent %}",
        "{% figure value=1 %}",
        "{% confirmation title='Chắc chưa?' %}{% endconfirmation %}",
        "{% button 'Nộp' %}",
        "{% button text='Nộp' colour='red' %}",
    ],
)
def test_a_missing_or_unknown_parameter_fails_when_the_template_is_read(source: str) -> None:
    with pytest.raises(TemplateSyntaxError):
        Template(LOAD + source)


@pytest.mark.parametrize(
    "source",
    [
        "{% button text='Nộp' tone='blue' %}",
        "{% status text='Xong' tone='green' %}",
        "{% notice title='A' tone='error' %}{% endnotice %}",
        "{% step text='A' state='doing' %}",
        "{% card look='fancy' %}{% endcard %}",
        "{% text_field name='x' label='X' width='wide' %}",
        "{% text_field name='x' label='X' kind='textarea' %}",
    ],
)
def test_a_word_that_is_not_offered_fails(source: str) -> None:
    with pytest.raises(TemplateSyntaxError, match="is not one of"):
        render(source)


@pytest.mark.parametrize(
    "source",
    [
        "{% button text=nasty %}",
        "{% link_button text=nasty href=nasty %}",
        "{% action_link text=nasty href=nasty about=nasty %}",
        "{% post_button text=nasty action=nasty value=nasty name='n' %}",
        "{% confirmation title=nasty action=nasty confirm_text=nasty cancel_href=nasty %}{{ nasty }}{% endconfirmation %}",
        "{% copy_code code=nasty %}",
        "{% text_field name=nasty label=nasty value=nasty hint=nasty error=nasty suffix=nasty %}",
        "{% textarea_field name='t' label=nasty value=nasty %}",
        "{% select_field name='s' label=nasty choices=choices value=nasty %}",
        "{% radios_field name='r' label=nasty choices=choices hint=nasty %}",
        "{% checkboxes_field name='c' label=nasty choices=choices %}",
        "{% checkbox_field name='c' label=nasty error=nasty %}",
        "{% error_summary errors=errors %}",
        "{% fieldset legend=nasty hint=nasty %}{{ nasty }}{% endfieldset %}",
        "{% search_field action=nasty label=nasty value=nasty %}",
        "{% page_head title=nasty caption=nasty lead=nasty %}{{ nasty }}{% endpage_head %}",
        "{% section title=nasty id='a' %}{{ nasty }}{% endsection %}",
        "{% card title=nasty href=nasty %}{{ nasty }}{% endcard %}",
        "{% details summary=nasty %}{{ nasty }}{% enddetails %}",
        "{% empty_state title=nasty text=nasty action_text=nasty action_href=nasty %}",
        "{% figure value=nasty label=nasty %}",
        "{% facts rows=rows %}",
        "{% summary_list rows=rows %}",
        "{% summary %}{% summary_row key=nasty %}{{ nasty }}{% endsummary_row %}{% endsummary %}",
        "{% table caption=nasty %}<tr><td>{{ nasty }}</td></tr>{% endtable %}",
        "{% timeline label=nasty %}{% event title=nasty who=nasty %}{{ nasty }}{% endevent %}{% endtimeline %}",
        "{% steps %}{% step text=nasty state='done' href=nasty %}{% endsteps %}",
        "{% tabs label=nasty %}{% tab text=nasty href=nasty %}{% endtabs %}",
        "{% breadcrumb %}{% crumb text=nasty href=nasty %}{% endbreadcrumb %}",
        "{% crumbs links=links %}",
        "{% status text=nasty %}{% badge text=nasty %}{% count number=1 label=nasty %}",
        "{% due on=None left=nasty %}{% progress value=1 total=2 label=nasty %}",
        "{% notice title=nasty %}{{ nasty }}{% endnotice %}{% notice_line text=nasty %}",
        "{% done title=nasty %}{{ nasty }}{% enddone %}{% icon name=nasty label=nasty %}",
        "{{ nasty|highlight:'alert' }}{{ nasty|highlight:nasty }}{{ nasty|highlight:'' }}",
        "{% hero title=nasty lead=nasty action=nasty label=nasty value=nasty %}{{ nasty }}{% endhero %}",
    ],
)
def test_what_people_typed_is_escaped_everywhere(source: str) -> None:
    html = render(
        source,
        nasty=NASTY,
        choices=[Choice(NASTY, NASTY, NASTY)],
        errors=[FieldError(NASTY, NASTY)],
        rows=[(NASTY, NASTY)],
        links=[Link(NASTY, NASTY)],
    )
    assert "<script" not in html
    assert "&lt;" in html


class Anatomy(HTMLParser):
    """Ids, and the ids that attributes point at."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.pointed_at: set[str] = set()
        self.feed(html)

    @override
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name == "id":
                self.ids.append(value or "")
            if name in ("for", "aria-describedby", "aria-labelledby", "aria-controls"):
                self.pointed_at.update((value or "").split())


KINDS = ["text", "email", "tel", "number", "date", "password", "textarea", "select", "radios", "checkboxes", "checkbox", "file"]  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_label_hint_and_error_are_tied_to_the_control(kind: Any) -> None:
    view = FieldView(
        name="a", label="Nhãn", kind=kind, hint="Gợi ý", error="Hãy điền.", max_length=100,
        choices=(Choice("1", "Một", "Gợi ý một"), Choice("2", "Hai")),
    )  # fmt: skip
    anatomy = Anatomy(render("{% field_view view=view %}", view=view))
    assert anatomy.pointed_at <= set(anatomy.ids)
    assert {"id_a", "id_a-hint", "id_a-error"} <= set(anatomy.ids)
    assert "id_a-error" in anatomy.pointed_at
    assert len(anatomy.ids) == len(set(anatomy.ids))


def test_an_optional_field_says_so_and_a_required_one_does_not() -> None:
    assert "(không bắt buộc)" in render("{% text_field name='a' label='A' required=False %}")
    assert "(không bắt buộc)" not in render("{% text_field name='a' label='A' %}")


def test_a_page_may_begin_in_a_field() -> None:
    assert " autofocus" in render("{% text_field name='a' label='A' focus=True %}")
    assert " autofocus" not in render("{% text_field name='a' label='A' %}")


class Sample(forms.Form):
    name = forms.CharField(label="Họ tên", max_length=5)
    born_on = forms.DateField(label="Ngày sinh", initial=dt.date(1990, 11, 2))
    sex = forms.ChoiceField(label="Giới tính", widget=forms.RadioSelect, choices=[("f", "Nữ"), ("m", "Nam")])
    note = forms.CharField(label="Ghi chú", widget=forms.Textarea, max_length=200, required=False)
    secret = forms.CharField(label="Mật khẩu", widget=forms.PasswordInput)

    @override
    def clean(self) -> dict[str, Any] | None:
        raise forms.ValidationError("Hai ngày không khớp.")


def test_a_form_field_brings_its_value_its_kind_and_its_error() -> None:
    form = Sample({"name": "Nguyễn Thị Lan", "born_on": "02/11/1990", "sex": "f", "secret": "mật"})
    html = render("{% for one in form %}{% field field=one %}{% endfor %}", form=form)
    assert 'value="Nguyễn Thị Lan"' in html
    assert 'id="id_name-error"' in html
    assert 'value="02/11/1990"' in html
    assert re.search(r'id="id_sex"[^>]*value="f" checked', html)
    assert 'data-maxlength="200"' in html
    assert "mật" not in html.replace("Mật khẩu", ""), "a password never comes back"


def test_an_initial_day_is_written_as_it_is_typed() -> None:
    assert 'value="02/11/1990"' in render("{% field field=form.born_on %}", form=Sample())


def test_the_summary_leads_to_the_first_control_of_each_wrong_field() -> None:
    form = Sample({"name": "Nguyễn Thị Lan", "born_on": "31/02/1990", "secret": "x"})
    html = render("{% error_summary form=form %}", form=form)
    assert re.findall(r'href="#([^"]+)"', html) == ["id_name", "id_born_on", "id_sex"]
    assert "Hai ngày không khớp." in html
    assert render("{% error_summary form=form %}", form=Sample()).strip() == ""


def page(number: int, last: int) -> Page[int]:
    return Page(items=(1,), number=number, last=last, total=last, first_index=number)


@pytest.mark.parametrize(
    ("number", "last", "shown"),
    [
        (1, 1, (1,)),
        (1, 3, (1, 2, 3)),
        (1, 72, (1, 2, None, 72)),
        (3, 72, (1, 2, 3, 4, None, 72)),
        (4, 72, (1, 2, 3, 4, 5, None, 72)),
        (40, 72, (1, None, 39, 40, 41, None, 72)),
        (72, 72, (1, None, 71, 72)),
    ],
)
def test_page_numbers_worth_showing(number: int, last: int, shown: tuple[int | None, ...]) -> None:
    assert page(number, last).numbers == shown


def test_pagination_keeps_the_other_parameters_of_the_address() -> None:
    request = RequestFactory().get("/", {"q": "khai sinh", "trang": "2"})
    html = render("{% pagination page=page %}", request=request, page=page(2, 3))
    assert 'href="?q=khai+sinh&amp;trang=3"' in html
    assert html.count("aria-current") == 1


def test_a_table_is_named_and_a_wide_one_can_be_scrolled_by_keyboard() -> None:
    html = render("{% table caption='Lệ phí' stack=False %}<tr><td>1</td></tr>{% endtable %}")
    assert "<caption>Lệ phí</caption>" in html
    assert 'tabindex="0"' in html


def test_a_post_button_carries_the_csrf_token() -> None:
    assert 'value="abc"' in render("{% post_button text='Nhận' action='/a' %}", csrf_token="abc")


def test_an_instant_has_its_time_and_a_day_has_none() -> None:
    at = dt.datetime(2026, 11, 23, 2, 12, tzinfo=dt.UTC)
    assert "09:12, 23/11/2026" in render("{% event title='Nộp' at=at %}{% endevent %}", at=at)
    assert "00:00" not in render("{% event title='Hẹn' at=at %}{% endevent %}", at=at.date())
