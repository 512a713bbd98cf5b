"""The demo and the developer's machine: what `./vanlang run` starts on loopback. Secrets come from `.state`."""

from __future__ import annotations

import os

from .base import *  # noqa: F403 - settings files are layered

SECRET_KEY = os.environ.get("VANLANG_SECRET_KEY", "")
if not SECRET_KEY:
    # Commands that serve nobody (mypy's plugin, makemigrations) need some key; a served process gets its own.
    import secrets

    SECRET_KEY = secrets.token_urlsafe(48)
DEBUG = False
VANLANG_DEMO = True
ALLOWED_HOSTS = [
    "127.0.0.1",
    "localhost",
    "[::1]",
    *filter(None, os.environ.get("VANLANG_HOSTS", "").split(",")),
]
CSRF_TRUSTED_ORIGINS = [
    f"https://{host}" for host in filter(None, os.environ.get("VANLANG_HOSTS", "").split(","))
]
