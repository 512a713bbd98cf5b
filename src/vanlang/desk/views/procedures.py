"""Editor of the catalogue: what is uncertain is confirmed, processes and fees change from a day on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from vanlang.catalogue import api as catalogue
from vanlang.catalogue.api import (
    Channel,
    FeeCard,
    FeeContent,
    FeeKind,
    Money,
    Origin,
    StepCard,
    StepContent,
    StepRole,
    VersionCard,
)
from vanlang.desk.forms import catalogue as forms
from vanlang.desk.rules.changes import Row, changes
from vanlang.identity.api import Role, actor_from, officer_required
from vanlang.kernel import clock
from vanlang.kernel.errors import DomainError
from vanlang.kernel.labels import Sentence, sentence_of
from vanlang.organizations.api import find_agency_by_code
from vanlang.ui.rendering import paginate, redirect_after_post, render_page
from vanlang.ui.types import Choice

EDITORS = Role.CATALOGUE_EDITOR
PER_PAGE = 40


@officer_required(EDITORS)
@require_GET
def procedures(request: HttpRequest) -> HttpResponse:
    """List the catalogue in force, and what departments still have to confirm."""
    on, text, field = clock.today(), request.GET.get("q", "").strip(), request.GET.get("linh-vuc", "")
    if text:
        found = [hit.procedure for hit in catalogue.search(text, on=on, limit=200)]
        found = [card for card in found if not field or card.field == field]
    else:
        found = catalogue.list_procedures(on, field=field)
    if request.GET.get("chua") == "1":
        found = [card for card in found if not card.is_ready]
    context = {
        "page": paginate(request, found, per_page=PER_PAGE),
        "text": text,
        "field": field,
        "only_unready": request.GET.get("chua") == "1",
        "fields": [Choice("", "Mọi lĩnh vực"), *(Choice(one.name, one.name) for one in catalogue.list_fields(on))],
        "summaries": [
            {"department": _department(one.department_code, on), "code": one.department_code, "open": one.open,
             "procedures": one.procedures}
            for one in catalogue.count_todos()
        ],
    }  # fmt: skip
    return render_page(request, "desk/procedures.html", context)


@officer_required(EDITORS)
@require_GET
def todos(request: HttpRequest) -> HttpResponse:
    """List what one department has to confirm."""
    code = request.GET.get("co-quan", "")
    found = catalogue.list_todos(code, limit=100)
    context = {
        "department": _department(code, clock.today()),
        "todos": [{"card": card, "reason": catalogue.REASONS[card.reason]} for card in found],
    }
    return render_page(request, "desk/todos.html", context)


@officer_required(EDITORS)
@require_http_methods(["GET", "POST"])
def todo(request: HttpRequest, todo_id: int) -> HttpResponse:
    """Confirm or reject one uncertain value."""
    card = catalogue.get_todo(todo_id)
    form = forms.answer_form(card.reason.value, request.POST if request.method == "POST" else None)
    trouble: Sentence | None = None
    if request.method == "POST":
        try:
            if request.POST.get("viec") == "khong-ap-dung":
                note = request.POST.get("note", "")
                catalogue.reject(todo_id=todo_id, note=note, actor=actor_from(request), at=clock.now())
            elif form.is_valid():
                catalogue.confirm(
                    todo_id=todo_id, value=form.value(), actor=actor_from(request), at=clock.now()
                )
            else:
                return _todo_page(request, card, form, None, 422)
        except DomainError as error:
            trouble = sentence_of(error.code, error.facts)
            return _todo_page(request, card, form, trouble, type(error).status)
        messages.success(request, f"Đã trả lời câu hỏi về thủ tục {card.procedure_code}.")
        return redirect_after_post(request, f"{reverse('desk:todos')}?co-quan={card.department_code}")
    return _todo_page(request, card, form, trouble, 200)


def _todo_page(
    request: HttpRequest,
    card: catalogue.ToDoCard,
    form: forms.Answer,
    trouble: Sentence | None,
    status: int,
) -> HttpResponse:
    context = {
        "card": card,
        "reason": catalogue.REASONS[card.reason],
        "form": form,
        "fields": list(form),
        "trouble": trouble,
        "note": request.POST.get("note", ""),
    }
    return render_page(request, "desk/todo.html", context, status=status)


@officer_required(EDITORS)
@require_GET
def procedure(request: HttpRequest, code: str) -> HttpResponse:
    """Show what a version says, with its sources, and what is still asked about it."""
    version = _version(code)
    shares = catalogue.percentages([step.share for step in version.process])
    context = {
        "version": version,
        "department": _department(version.department_code, clock.today()),
        "steps": [
            {"step": step, "role": catalogue.STEP_ROLES[step.role], "share": share}
            for step, share in zip(version.process, shares, strict=True)
        ],
        "limits": [
            {"card": one, "channel": catalogue.CHANNELS[one.channel], "origin": catalogue.ORIGINS[one.origin]}
            for one in version.limits
        ],
        "fees": [
            {
                "card": one,
                "channel": catalogue.CHANNELS[one.channel] if one.channel else "Mọi kênh",
                "kind": catalogue.FEE_KINDS[one.money.kind],
            }
            for one in version.fees
        ],
        "todos": [
            {"card": one, "reason": catalogue.REASONS[one.reason], "state": catalogue.TODO_STATES[one.state]}
            for one in catalogue.list_todos_of_version(version.id)
        ],
    }
    return render_page(request, "desk/procedure.html", context)


@officer_required(EDITORS)
@require_http_methods(["GET", "POST"])
def process(request: HttpRequest, code: str) -> HttpResponse:
    """Change the internal process from a day on: first the differences, then the new version."""
    version = _version(code)
    general = [step for step in version.process if step.case_id is None]
    if request.method == "GET":
        shares = catalogue.percentages([step.share for step in general])
        steps = [
            (step.name, step.role.value, share, step.phase)
            for step, share in zip(general, shares, strict=True)
        ]
        return _edit(request, version, "process", {"lines": forms.step_lines(steps)})
    lines = forms.read_steps(request.POST)
    dated = forms.DatedForm(request.POST)
    wrong = forms.wrong_steps(lines)
    shown = {"lines": [*lines, *forms.step_lines([])], "dated": dated, "wrong": wrong}
    if not dated.is_valid() or wrong:
        return _edit(request, version, "process", shown, status=422)
    found = changes(_step_rows_of(general), _step_rows(lines), noun="Bước")
    if dated.cleaned_data["step"] == "xem":
        return _edit(request, version, "process", {**shown, "changes": found, "reviewed": True})
    steps_now = [
        StepContent(line.name, StepRole(line.role), int(line.share), case=None, phase=int(line.phase))
        for line in lines
    ] + _steps_of_cases(version)
    try:
        catalogue.change_process(
            procedure_code=code,
            steps=steps_now,
            valid_from=dated.cleaned_data["valid_from"],
            actor=actor_from(request),
            at=clock.now(),
        )
    except DomainError as error:
        return _edit(
            request, version, "process", {**shown, "trouble": sentence_of(error.code, error.facts)}, status=type(error).status
        )  # fmt: skip
    return _changed(request, code, dated.cleaned_data["valid_from"])


@officer_required(EDITORS)
@require_http_methods(["GET", "POST"])
def fees(request: HttpRequest, code: str) -> HttpResponse:
    """Change the fees from a day on: first the differences, then the new version."""
    version = _version(code)
    general = [fee for fee in version.fees if fee.case_id is None]
    spare = [forms.FeeLine(len(general) + number, "", "", "", "", "", "") for number in range(forms.SPARE)]
    if request.method == "GET":
        return _edit(request, version, "fees", {"lines": [*_fee_lines(general), *spare]})
    lines = forms.read_fees(request.POST)
    dated = forms.DatedForm(request.POST)
    wrong = forms.wrong_fees(lines)
    shown = {"lines": [*lines, *spare], "dated": dated, "wrong": wrong}
    if not dated.is_valid() or wrong:
        return _edit(request, version, "fees", shown, status=422)
    found = changes(_fee_rows(_fee_lines(general)), _fee_rows(lines), noun="Mức thu")
    if dated.cleaned_data["step"] == "xem":
        return _edit(request, version, "fees", {**shown, "changes": found, "reviewed": True})
    kept = {(fee.name, fee.money.amount_vnd): fee.money for fee in general}
    try:
        catalogue.change_fee(
            procedure_code=code,
            fees=[_fee(line, kept) for line in lines] + _fees_of_cases(version),
            valid_from=dated.cleaned_data["valid_from"],
            actor=actor_from(request),
            at=clock.now(),
        )
    except DomainError as error:
        return _edit(
            request, version, "fees", {**shown, "trouble": sentence_of(error.code, error.facts)}, status=type(error).status
        )  # fmt: skip
    return _changed(request, code, dated.cleaned_data["valid_from"])


def _edit(
    request: HttpRequest, version: VersionCard, what: str, shown: dict[str, object], *, status: int = 200
) -> HttpResponse:
    context = {
        "version": version,
        "what": what,
        "action": reverse(f"desk:{what}", args=[version.code]),
        "roles": forms.ROLE_CHOICES,
        "kinds": forms.FEE_KIND_CHOICES,
        "channels": forms.CHANNEL_CHOICES,
        "dated": forms.DatedForm(initial={"valid_from": clock.today() + dt.timedelta(days=1)}),
        "changes": (),
        "reviewed": False,
        "wrong": "",
        "trouble": None,
        "has_cases": any(step.case_id is not None for step in version.process),
        **shown,
    }
    return render_page(request, "desk/procedure_edit.html", context, status=status)


def _changed(request: HttpRequest, code: str, valid_from: dt.date) -> HttpResponse:
    messages.success(
        request,
        f"Đã ban hành phiên bản mới, áp dụng từ {valid_from:%d/%m/%Y}. Hồ sơ đang giải quyết giữ phiên bản cũ.",
    )
    return redirect_after_post(request, reverse("desk:procedure", args=[code]))


def _version(code: str) -> VersionCard:
    return catalogue.get_version(catalogue.get_procedure(code, clock.today()).version_id)


def _department(code: str, on: dt.date) -> str:
    agency = find_agency_by_code(code, on)
    return agency.short_name if agency else code


def _step_rows_of(steps: Sequence[StepCard]) -> list[Row]:
    shares = catalogue.percentages([step.share for step in steps])
    return [
        (
            ("tên", step.name),
            ("vai trò", catalogue.STEP_ROLES[step.role]),
            ("tỷ lệ", f"{share} %"),
            ("giai đoạn", str(step.phase)),
        )
        for step, share in zip(steps, shares, strict=True)
    ]


def _step_rows(lines: Sequence[forms.StepLine]) -> list[Row]:
    return [
        (
            ("tên", line.name),
            ("vai trò", catalogue.STEP_ROLES[StepRole(line.role)]),
            ("tỷ lệ", f"{line.share} %"),
            ("giai đoạn", line.phase),
        )
        for line in lines
    ]


def _fee_lines(fees: Sequence[FeeCard]) -> list[forms.FeeLine]:
    return [
        forms.FeeLine(
            number,
            fee.name,
            fee.money.kind.value,
            str(fee.money.amount_vnd),
            fee.money.per,
            fee.channel.value if fee.channel else "",
            fee.basis,
        )
        for number, fee in enumerate(fees)
    ]


def _fee_rows(lines: Sequence[forms.FeeLine]) -> list[Row]:
    return [
        (
            ("tên", line.name),
            ("loại", catalogue.FEE_KINDS[FeeKind(line.kind)] if line.kind else ""),
            ("mức", f"{int(line.amount):,} đồng".replace(",", ".")),
            ("tính theo", line.per),
            ("kênh", catalogue.CHANNELS[Channel(line.channel)] if line.channel else "mọi kênh"),
            ("căn cứ", line.basis),
        )
        for line in lines
    ]


def _fee(line: forms.FeeLine, kept: dict[tuple[str, int], Money]) -> FeeContent:
    """Return the fee that was typed; tiers of one that kept its name and amount are kept too."""
    amount = int(line.amount)
    before = kept.get((line.name, amount))
    money = Money(
        amount_vnd=amount,
        kind=FeeKind(line.kind) if line.kind else FeeKind.UNSTATED,
        per=line.per,
        first_units=before.first_units if before else None,
        then_vnd=before.then_vnd if before else None,
        most_vnd=before.most_vnd if before else None,
    )
    return FeeContent(
        money=money,
        source=line.basis,
        origin=Origin.DEPARTMENT,
        channel=Channel(line.channel) if line.channel else None,
        name=line.name,
        basis=line.basis,
    )


def _steps_of_cases(version: VersionCard) -> list[StepContent]:
    """Return the steps of single cases: an edit of the general process leaves them."""
    places = {case.id: index for index, case in enumerate(version.cases)}
    return [
        StepContent(step.name, step.role, step.share, case=places[step.case_id], phase=step.phase)
        for step in version.process
        if step.case_id is not None
    ]


def _fees_of_cases(version: VersionCard) -> list[FeeContent]:
    places = {case.id: index for index, case in enumerate(version.cases)}
    return [
        FeeContent(
            money=fee.money,
            source=fee.source,
            origin=fee.origin,
            channel=fee.channel,
            name=fee.name,
            basis=fee.basis,
            case=places[fee.case_id],
        )
        for fee in version.fees
        if fee.case_id is not None
    ]
