"""
What one would write otherwise: a view that finds the demand by its reference and flags it paid.

It checks the seal, as nobody would leave that out, and is served by the same software against the same database. It keeps
no transaction: what is told twice is added twice.
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence

import django
from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

SECRET = "bench"
TABLE = (
    "CREATE TABLE IF NOT EXISTS bench_flagged (reference text PRIMARY KEY, is_paid boolean, paid_vnd bigint)"
)


def prepare(references: Sequence[str]) -> None:
    """Make the table of what is owed."""
    from django.db import connection

    from vanlang.kernel.database.base import as_owner

    with as_owner(), connection.cursor() as cursor:
        cursor.execute(TABLE)
        cursor.execute("GRANT ALL ON bench_flagged TO PUBLIC")
        cursor.execute("INSERT INTO bench_flagged SELECT unnest(%s::text[]), false, 0", [list(references)])


def found(fee_vnd: int) -> dict[str, int]:
    """Return what the view made of the callbacks."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FILTER (WHERE is_paid), count(*) FILTER (WHERE is_paid AND paid_vnd <> %s), "
            "COALESCE(sum(paid_vnd) - count(*) FILTER (WHERE is_paid) * %s, 0) FROM bench_flagged",
            [fee_vnd, fee_vnd],
        )
        paid, wrong, off = cursor.fetchone()
    return {"flagged paid": paid, "with another sum than was owed": wrong, "off by (đồng)": int(off)}


@csrf_exempt
def flag(request: HttpRequest) -> HttpResponse:
    from django.db import connection

    from vanlang.payments.rules import platform as words

    told = json.loads(request.body)
    if not words.is_sealed(told, words.CALLBACK_FIELDS, SECRET):
        return JsonResponse({"MaLoi": "97"}, status=400)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE bench_flagged SET is_paid = true, paid_vnd = paid_vnd + %s WHERE reference = %s",
            [int(told["SoTien"]), told["MaThamChieu"]],
        )
    return JsonResponse({"MaLoi": "00"})


urlpatterns = [path("", flag)]

if os.environ.get("BENCH_FLAG_PAID"):
    django.setup()
    settings.ROOT_URLCONF, settings.MIDDLEWARE = __name__, []
    from django.core.handlers.wsgi import WSGIHandler

    application = WSGIHandler()
