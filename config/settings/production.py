"""A province's own servers: TLS in front, every secret from the environment, nothing from the demo."""

from __future__ import annotations

import os

from .base import *  # noqa: F403 - settings files are layered

SECRET_KEY = os.environ["VANLANG_SECRET_KEY"]
DEBUG = False
VANLANG_DEMO = False
VANLANG_PORTAL_FILING = os.environ.get("VANLANG_PORTAL_FILING", "off") == "on"
ALLOWED_HOSTS = os.environ["VANLANG_HOSTS"].split(",")
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS]
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-session"
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_NAME = "__Host-csrf"
SECURE_SSL_REDIRECT = True
SECURE_HSTS_SECONDS = 365 * 24 * 3600
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
