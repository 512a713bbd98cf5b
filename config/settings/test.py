"""The suite: fast password hashing, plain static names, files in a folder of its own."""

from __future__ import annotations

import tempfile
from pathlib import Path

from .base import *  # noqa: F403 - settings files are layered
from .base import DATABASES, TEMPLATES

SECRET_KEY = "only-for-tests-" + "x" * 40
DEBUG = False
VANLANG_DEMO = True
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
VANLANG_STATE = Path(tempfile.mkdtemp(prefix="vanlang-test-"))
VANLANG_FILES_DIR = VANLANG_STATE / "files"
VANLANG_TEMPLATE_OVERRIDES = VANLANG_STATE / "templates"
SIGNING_TRUST_DIR = VANLANG_STATE / "trust"
SIGNING_KEY_ENCRYPTION_KEY = "dGVzdC1rZXktdGVzdC1rZXktdGVzdC1rZXktMDEyMw=="
VANLANG_SECOND_FACTOR_ROLES = frozenset[str]()
"""A test signs in by one call; those of the second factor ask for it (identity/tests)."""
VANLANG_NOTIFICATIONS_WAKE = False
VANLANG_CONNECTORS_WAKE = False
STATIC_ROOT = VANLANG_STATE / "static"
STATIC_ROOT.mkdir()  # WhiteNoise warns when it is not there, and warnings are errors
TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = "!!undefined: %s!!"  # type: ignore[index] # settings are plain dicts
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

DATABASES["default"]["STEP_DOWN"] = False
"""The test database is made by its owner; conftest.py then steps down."""
