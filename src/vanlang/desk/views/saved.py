"""Lists under a name."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.views.decorators.http import require_POST

from vanlang.desk.forms import inbox as addresses
from vanlang.desk.views.inbox import WORKERS
from vanlang.identity.api import actor_from, officer_required
from vanlang.kernel import clock
from vanlang.teamwork import api as teamwork
from vanlang.ui.rendering import redirect_after_post


@officer_required(WORKERS)
@require_POST
def save(request: HttpRequest) -> HttpResponse:
    """Keep the list that is being looked at under a name."""
    address = addresses.read(QueryDict(request.POST.get("dia-chi", "")).dict()).href().removeprefix("?")
    name = request.POST.get("ten", "")
    teamwork.save_view(
        name=name,
        address=address,
        actor=actor_from(request),
        at=clock.now(),
        is_shared="chung" in request.POST,
        is_default="mac-dinh" in request.POST,
    )
    messages.success(request, f"Đã lưu danh sách “{name.strip()}”.")
    return redirect_after_post(request, f"{reverse('desk:inbox')}?{address}")


@officer_required(WORKERS)
@require_POST
def change(request: HttpRequest, view_id: int) -> HttpResponse:
    """Make one's own list the one that opens first, stop that, or drop it."""
    actor, wanted = actor_from(request), request.POST.get("viec", "")
    if wanted == "xoa":
        teamwork.forget_view(view_id=view_id, actor=actor)
        messages.success(request, "Đã xóa danh sách đã lưu.")
    else:
        teamwork.choose_default_view(view_id=view_id if wanted == "mac-dinh" else None, actor=actor)
        messages.success(request, "Đã đổi danh sách mở đầu.")
    return redirect_after_post(request, reverse("desk:inbox") + "?loc=cho-toi")
