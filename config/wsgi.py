"""
What the web server imports.

A request that breaks before Django can answer it (a body that ends in the middle, a middleware) would be printed by the
server with everything the error says: it is answered and noted here.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import TYPE_CHECKING

import structlog
from django.core.wsgi import get_wsgi_application

from vanlang.kernel.logs import note_what_escapes

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")


def sturdy(inner: WSGIApplication) -> WSGIApplication:
    """Return `inner`, answering 500 and writing a line of its own where it raises."""

    def answer(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        try:
            return inner(environ, start_response)
        except Exception:
            structlog.get_logger(__name__).exception("broken_before_django")
            start_response("500 Internal Server Error", [("Content-Type", "text/plain; charset=utf-8")])
            return ["Máy chủ gặp lỗi. Hãy thử lại sau ít phút.\n".encode()]

    return answer


application = sturdy(get_wsgi_application())
note_what_escapes()
