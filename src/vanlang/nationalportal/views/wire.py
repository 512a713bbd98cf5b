"""
Where the portal speaks to us, without a person: it shows a token, never a session.

    POST /ket-noi/cong-quoc-gia/                         {"id", "service", "data"} → {"error_code"}: kept, then answered
    GET  /ket-noi/cong-quoc-gia/tep/<dossier>/<paper>/   a paper of a dossier that we told of
    GET  /ket-noi/cong-quoc-gia/ket-qua/<dossier>/       its issued outcome
"""

from __future__ import annotations

import hmac
import json
import uuid

import structlog
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from vanlang.connectors.api import find_system
from vanlang.dossiers.api import open_outcome, open_paper
from vanlang.files.api import download_response, get_file, read
from vanlang.identity.api import SYSTEM as THE_HOUSE
from vanlang.identity.api import public
from vanlang.kernel import clock
from vanlang.kernel.scope import Scope, acting
from vanlang.nationalportal.services.arriving import Kept, keep
from vanlang.nationalportal.types import SYSTEM

log = structlog.get_logger(__name__)
LARGEST = 1024 * 1024
"""Of a message: papers are fetched by their address."""
LONGEST_ID, LONGEST_NAME = 80, 120
STRANGER, UNREADABLE = "-1", "7"
STATUS = {Kept.NEW: 200, Kept.HAD: 200, Kept.OTHER: 409}
PURPOSE = "Cổng Dịch vụ công quốc gia lấy tệp của hồ sơ đã đồng bộ"


@public
@csrf_exempt  # the portal posts by itself: its token is all that it has
@require_POST
def arrive(request: HttpRequest) -> HttpResponse:
    """Keep what the portal tells us, and say that it is kept."""
    if not _is_portal(request):
        return _answer(STRANGER, 401)
    told = _message(request)
    if told is None:
        return _answer(UNREADABLE, 400)
    message_id, service, about, data = told
    try:
        with acting(Scope.system()):
            kept = keep(message_id=message_id, service=service, about=about, content=data, at=clock.now())
    except LookupError:
        log.warning("push_of_unknown_service", service=service[:40])
        return _answer(UNREADABLE, 400)
    return _answer(kept.value, STATUS[kept])


@public
@require_safe
def paper(request: HttpRequest, dossier_id: uuid.UUID, paper_id: uuid.UUID) -> HttpResponse:
    """Hand a paper to the portal. The read is written first."""
    if not _is_portal(request):
        return _answer(STRANGER, 401)
    with acting(Scope.system()):
        card = open_paper(
            dossier_id, attachment_id=paper_id, actor=THE_HOUSE, purpose=PURPOSE, at=clock.now()
        )
    return _file(card.file_id)


@public
@require_safe
def outcome(request: HttpRequest, dossier_id: uuid.UUID) -> HttpResponse:
    """Hand an issued outcome to the portal. The read is written first."""
    if not _is_portal(request):
        return _answer(STRANGER, 401)
    with acting(Scope.system()):
        info = open_outcome(dossier_id, actor=THE_HOUSE, purpose=PURPOSE, at=clock.now())
    return _file(info.file_id if info and info.released_at else None)


def _file(file_id: uuid.UUID | None) -> HttpResponse:
    if file_id is None:
        raise Http404
    with acting(Scope.system()):
        return download_response(get_file(file_id), read(file_id))


def _is_portal(request: HttpRequest) -> bool:
    """Say whether the token is the portal's; compared in the same time whatever it is."""
    token = settings.VANLANG_NATIONAL_PORTAL["token"]
    if not token or find_system(SYSTEM) is None:
        return False
    given = request.headers.get("Authorization", "")
    return hmac.compare_digest(given.encode(), f"Bearer {token}".encode())


def _message(request: HttpRequest) -> tuple[str, str, str, dict[str, object]] | None:
    """Return (id, service, what it is about, data) of a push, or None for what cannot be read as one."""
    size = request.headers.get("Content-Length", "")
    if not size.isdecimal() or int(size) > LARGEST:
        return None
    try:
        told = json.loads(request.body)
    except ValueError:
        return None
    data = told.get("data") if isinstance(told, dict) else None
    if not isinstance(data, dict):
        return None
    message_id, service = told.get("id"), told.get("service")
    about = data.get("MaHoSo") or data.get("MaPAKN")
    if not _is_name(message_id, LONGEST_ID) or not _is_name(service, 40) or not _is_name(about, LONGEST_NAME):
        return None
    return str(message_id), str(service), str(about), data


def _is_name(value: object, longest: int) -> bool:
    return isinstance(value, str) and 0 < len(value) <= longest and value.isprintable()


def _answer(code: str, status: int) -> JsonResponse:
    return JsonResponse({"error_code": code}, status=status)
