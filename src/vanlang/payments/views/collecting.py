"""Where the agency's money goes, and what its receipts say."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from vanlang.identity.api import Role, actor_from, officer_required
from vanlang.kernel import clock
from vanlang.kernel.errors import DomainError
from vanlang.payments.queries import find_collecting
from vanlang.payments.services import set_account
from vanlang.payments.types import BankAccount
from vanlang.payments.views import shown
from vanlang.payments.views.answers import say_why_not
from vanlang.ui.rendering import redirect_after_post, render_page

_FIELDS = {
    "ma-ngan-hang": "bank", "ten-ngan-hang": "bank_name", "so-tai-khoan": "number", "chu-tai-khoan": "holder",
    "ma-so-thue": "tax_code", "mau-so": "receipt_form", "ky-hieu": "receipt_series",
}  # fmt: skip


_ABOUT = {
    "payments.bank_is_six_digits": "ma-ngan-hang",
    "payments.account_is_no_number": "so-tai-khoan",
    "payments.holder_missing": "chu-tai-khoan",
    "payments.tax_code_malformed": "ma-so-thue",
}
"""Which field a refusal is about."""


@officer_required((Role.ADMIN, Role.LEADER))
@require_http_methods(["GET", "POST"])
def account(request: HttpRequest) -> HttpResponse:
    """Show and change the account; the former one stays with its days."""
    actor, status, wrong = actor_from(request), 200, shown.NOTHING_WRONG
    if request.method == "POST":
        typed = {field: request.POST.get(name, "").strip() for name, field in _FIELDS.items()}
        try:
            set_account(agency_id=actor.agency_id or 0, actor=actor, at=clock.now(), **typed)
        except DomainError as error:
            status = type(error).status
            if error.code in _ABOUT:
                wrong = shown.wrong(f"id_{_ABOUT[error.code]}", error.code, error.facts)
            else:
                say_why_not(request, error)
        else:
            messages.success(request, "Đã lưu tài khoản thu; mã QR từ nay dẫn tới tài khoản này.")
            return redirect_after_post(request, reverse("payments:account"))
    else:
        card = find_collecting(actor.agency_id or 0, clock.today())
        known = (card.account if card else None) or BankAccount("", "", "")
        typed = {
            "bank": known.bank, "number": known.number, "holder": known.holder,
            "bank_name": card.bank_name if card else "", "tax_code": card.tax_code if card else "",
            "receipt_form": card.receipt_form if card else "", "receipt_series": card.receipt_series if card else "",
        }  # fmt: skip
    context = {
        "typed": typed,
        "wrong": {
            about: wrong.error if wrong.field == f"id_{name}" else "" for name, about in _FIELDS.items()
        },
        "errors": [wrong.told] if wrong.error else [],
    }
    return render_page(request, "payments/account.html", context, status=status)
