"""Money to be given back, decided by a leader; and money that fits nothing, explained by whoever finds out."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from vanlang.dossiers.api import DossierBrief
from vanlang.identity.api import Actor, actor_from, officer_required
from vanlang.kernel import clock
from vanlang.kernel.errors import DomainError
from vanlang.kernel.labels import sentence_of
from vanlang.payments.cards import RefundCard, StrayCard
from vanlang.payments.errors import MoneyNotAcceptable
from vanlang.payments.labels import REFUND_STATES, STRAY_REASONS, STRAY_STATES, WAYS
from vanlang.payments.queries import (
    find_demand_by_code,
    get_payment,
    get_refund,
    list_refunds,
    list_strays,
)
from vanlang.payments.services import ask_refund, confirm_refund, decline_refund, match_stray, return_stray
from vanlang.payments.services.authority import MoneyAct, may
from vanlang.payments.types import StrayState
from vanlang.payments.views.answers import KEEPERS, amount_of, briefs, say_why_not, uuid_of
from vanlang.ui.rendering import redirect_after_post, render_page
from vanlang.ui.types import FieldError

FIELDS = {"khong": "ly-do", "da-hoan": "chung-tu", "khop": "ma"}
"""The one thing that is typed for a deed."""


@dataclass(frozen=True, slots=True)
class Tried:
    """What was typed for a deed that was refused, and why: shown beside the field it was typed into."""

    deed: str
    of: uuid.UUID
    words: str
    error: str

    @property
    def told(self) -> FieldError:
        """The same on top of the page, leading to the field."""
        return FieldError(f"{FIELDS[self.deed]}-{self.of.hex}", self.error)


NOTHING = Tried("", uuid.UUID(int=0), "", "")


@dataclass(frozen=True, slots=True)
class RefundLine:
    """One refund as the page shows it."""

    card: RefundCard
    way: str
    state: str
    brief: DossierBrief | None
    tried: Tried
    """To decline it, or to confirm it."""

    @property
    def key(self) -> str:
        """For the ids of its fields."""
        return self.card.id.hex

    @property
    def answer(self) -> str:
        """Why it was declined, in a person's words: a code of the platform is none."""
        return self.card.answer if " " in self.card.answer else ""


@dataclass(frozen=True, slots=True)
class StrayLine:
    """Money that fits nothing, as the page shows it."""

    card: StrayCard
    way: str
    why: str
    state: str
    tried: Tried
    is_proposed: bool
    """To be sent back: a leader decides."""

    @property
    def key(self) -> str:
        """For the ids of its fields."""
        return self.card.id.hex

    @property
    def is_open(self) -> bool:
        return self.card.state is StrayState.OPEN


@officer_required(KEEPERS)
@require_http_methods(["GET", "POST"])
def refunds(request: HttpRequest) -> HttpResponse:
    """List what waits, and do what the pressed button says."""
    actor, status, tried = actor_from(request), 200, NOTHING
    if request.method == "POST":
        try:
            done = _do(request, actor)
        except DomainError as error:
            tried, status = _tried(request, error), type(error).status
            if not tried.error:
                say_why_not(request, error)
        else:
            messages.success(request, done)
            return redirect_after_post(request, reverse("payments:refunds"))
    return _page(actor, request, tried, status=status)


def _do(request: HttpRequest, actor: Actor) -> str:
    at, post = clock.now(), request.POST
    deed = post.get("viec", "")
    refund_id, stray_id = uuid_of(post.get("hoan", "")), uuid_of(post.get("khoan", ""))
    typed = post.get(FIELDS.get(deed, ""), "").strip()
    match deed:
        case "quyet":
            ask_refund(
                refund_id=refund_id, expected_balance=amount_of(post.get("so-tien", "")), actor=actor, at=at
            )
            return "Đã quyết định hoàn; tiền trả về bằng đúng cách đã nộp."
        case "khong":
            if len(typed) < 5:
                raise MoneyNotAcceptable("payments.reason_missing")
            decline_refund(refund_id=refund_id, answer=typed, actor=actor, at=at)
            return "Đã ghi không hoàn."
        case "da-hoan":
            if not typed:
                raise MoneyNotAcceptable("payments.voucher_missing")
            get_refund(refund_id)
            confirm_refund(refund_id=refund_id, transaction_id=typed, actor=actor, at=at)
            return "Đã ghi hoàn xong."
        case "khop":
            demand = find_demand_by_code(typed)
            if demand is None or demand.agency_id != actor.agency_id:
                raise MoneyNotAcceptable("payments.no_demand_of_code")
            match_stray(stray_id=stray_id, demand_id=demand.id, actor=actor, at=at)
            return "Đã khớp khoản tiền với hồ sơ."
        case _:
            return_stray(stray_id=stray_id, reason="Trả lại tiền không rõ khoản nộp", actor=actor, at=at)
            return "Đã đề nghị trả lại; chờ lãnh đạo quyết định."


def _tried(request: HttpRequest, error: DomainError) -> Tried:
    """Return what was typed, when the refusal is about that; nothing when it is about who or when."""
    post, deed = request.POST, request.POST.get("viec", "")
    if deed not in FIELDS or type(error).status in {403, 404}:
        return NOTHING
    sentence = sentence_of(error.code, error.facts)
    of = uuid_of(post.get("khoan" if deed == "khop" else "hoan", ""))
    return Tried(deed, of, post.get(FIELDS[deed], ""), f"{sentence.says} {sentence.do_now}")


def _page(actor: Actor, request: HttpRequest, tried: Tried, *, status: int) -> HttpResponse:
    agency_id = actor.agency_id or 0
    waiting, over = list_refunds(agency_id), list_refunds(agency_id, is_open=False)
    of = {one.id: get_payment(one.payment_id).dossier_id for one in (*waiting, *over[:50]) if one.payment_id}
    dossiers = briefs(of.values(), actor)
    known = {refund_id: dossiers.get(dossier_id) for refund_id, dossier_id in of.items()}
    strays, proposed = list_strays(agency_id), {one.stray_id for one in waiting}
    context = {
        "waiting": [_line(one, known, tried) for one in waiting],
        "over": [_line(one, known, NOTHING) for one in over[:50]],
        "strays": [_stray(one, tried, is_proposed=one.id in proposed) for one in strays],
        "stray_vnd": sum(one.amount_vnd for one in strays),
        "errors": [tried.told] if tried.error else [],
        "may_refund": may(MoneyAct.REFUND, actor),
        "may_match": may(MoneyAct.MATCH, actor),
    }
    return render_page(request, "payments/refunds.html", context, status=status)


def _line(one: RefundCard, known: dict[uuid.UUID, DossierBrief | None], tried: Tried) -> RefundLine:
    mine = tried if tried.of == one.id else NOTHING
    return RefundLine(one, WAYS[one.way], REFUND_STATES[one.state], known.get(one.id), mine)


def _stray(one: StrayCard, tried: Tried, *, is_proposed: bool) -> StrayLine:
    mine = tried if tried.of == one.id else NOTHING
    return StrayLine(
        one, WAYS[one.way], STRAY_REASONS[one.reason], STRAY_STATES[one.state], mine, is_proposed
    )
