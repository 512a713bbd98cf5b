"""Wiring shared by every kind of running. Values that differ by place come from the environment."""

from __future__ import annotations

import json
import os
import sys
from datetime import timedelta
from pathlib import Path
from urllib.parse import unquote, urlsplit

from vanlang.kernel.logs import LOGGING as LINES

ROOT = Path(__file__).resolve().parents[2]
STATE = Path(os.environ.get("VANLANG_STATE", ROOT / ".state"))


def database_from(url: str) -> dict[str, object]:
    """Return Django's settings for `postgresql://user:password@host:port/name`."""
    parts = urlsplit(url)
    return {
        "ENGINE": "vanlang.kernel.database",
        "NAME": unquote(parts.path.lstrip("/")) or "vanlang",
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        # A kept connection plans a statement once: a fifth more whole lives a second (bench lives)
        "OPTIONS": {"server_side_binding": True, "prepare_threshold": 3, "connect_timeout": 10},
        # Only these commands own tables; everything else works as a role that row-level security binds.
        "STEP_DOWN": sys.argv[1:2]
        not in [["migrate"], ["schema"], ["createcachetable"], ["makemigrations"], ["flush"]],
    }


DATABASES = {"default": database_from(os.environ.get("VANLANG_DATABASE_URL", "postgresql:///vanlang"))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django_htmx",
    "template_partials",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.mfa",
    "procrastinate.contrib.django",
    # the house, from the cellar up
    "vanlang.kernel",
    *(
        f"vanlang.{app}"
        for app in (
            "ui", "audit", "organizations", "calendars", "identity", "files", "sheets", "notifications", "connectors", "sentinel", "signing", "registers",
            "eforms", "catalogue", "documents", "dossiers", "payments", "petitions", "certification", "printing", "scanning", "teamwork", "chains",
            "intake", "nationalportal", "cutover",
            "operations", "configuration", "counter", "desk", "portal", "province",
        )
        if (ROOT / "src" / "vanlang" / app / "apps.py").exists()
    ),
]  # fmt: skip

AUTH_USER_MODEL = "identity.Account"
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

MIDDLEWARE = [
    "vanlang.operations.middleware.ObservingMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "vanlang.ui.security.SecurityHeadersMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "vanlang.ui.errors.ErrorsMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "vanlang.identity.middleware.ActorMiddleware",
    "vanlang.identity.middleware.SecondFactorMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "vanlang.ui.shell.shell",
                "vanlang.identity.requests.actor_in_templates",
            ],
        },
    },
]

AUTHENTICATION_BACKENDS = ["vanlang.identity.adapters.backends.AccountBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True
USE_I18N = True
USE_THOUSAND_SEPARATOR = False  # an id in an address must stay a number: what is read is grouped by vnnumber
FORMAT_MODULE_PATH = ["vanlang.ui.formats"]
CSRF_FAILURE_VIEW = "vanlang.ui.errors.csrf_failure"

STATIC_URL = "/static/"
STATIC_ROOT = Path(os.environ.get("VANLANG_STATIC_DIR", STATE / "static"))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 8 * 3600
SESSION_SAVE_EVERY_REQUEST = False
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_USE_SESSIONS = False
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"

DATA_UPLOAD_MAX_MEMORY_SIZE = 30 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FILES = 60

# --- Văn Lang's own ---------------------------------------------------------------------------

VANLANG_ROOT = ROOT
VANLANG_REFERENCE = ROOT / "reference"
VANLANG_STATE = STATE
VANLANG_FILES_DIR = Path(os.environ.get("VANLANG_FILES_DIR", STATE / "files"))
VANLANG_TEMPLATE_OVERRIDES = Path(os.environ.get("VANLANG_TEMPLATE_OVERRIDES", STATE / "templates"))
VANLANG_SCANS_KEPT_DAYS = int(os.environ.get("VANLANG_SCANS_KEPT_DAYS", "7"))
"""How long pages that were scanned and not filed are kept."""
VANLANG_CLAMD = os.environ.get("VANLANG_CLAMD", "")
VANLANG_PUBLIC_URL = os.environ.get("VANLANG_PUBLIC_URL", "http://127.0.0.1:8000")
VANLANG_CLOCK_URL = os.environ.get("VANLANG_CLOCK_URL", "")
"""Another clock that the doctor compares ours with: ntp://host, or any http(s) address. Without one only the database's."""
VANLANG_TLS_CERTIFICATE = os.environ.get("VANLANG_TLS_CERTIFICATE", "")
"""The site's certificate (PEM), where the doctor should read a file rather than ask the public address."""
VANLANG_HOME_URL = "/"
VANLANG_DESK_URL = "/can-bo/"
VANLANG_DESK_SEARCH_URL = "/can-bo/ho-so/"
VANLANG_PROVINCE_CODE = os.environ.get("VANLANG_PROVINCE_CODE", "H44")
VANLANG_PORTAL_FILING = os.environ.get("VANLANG_PORTAL_FILING", "on") == "on"
"""Whether citizens may file on our own portal (systems.md, "Where dossiers come from")."""

VANLANG_NATIONAL_PORTAL = {
    "url": os.environ.get("VANLANG_PORTAL_URL", ""),
    "user": os.environ.get("VANLANG_PORTAL_USER", ""),
    "password": os.environ.get("VANLANG_PORTAL_PASSWORD", ""),
    "dstcode": os.environ.get("VANLANG_PORTAL_DSTCODE", ""),
    # What the portal calls this province: `madonvi` of every message
    "agency": os.environ.get("VANLANG_PORTAL_AGENCY", "") or VANLANG_PROVINCE_CODE,
    # What the portal shows when it tells us something, and we when we fetch a paper from it
    "token": os.environ.get("VANLANG_PORTAL_TOKEN", ""),
}
"""The national portal behind the province's security server. Without an address there is none: nothing is told."""

VANLANG_PAYMENT_PLATFORM = {
    "url": os.environ.get("VANLANG_PAYMENT_URL", ""),
    # What the platform calls this province: `MaDoiTac`
    "partner": os.environ.get("VANLANG_PAYMENT_PARTNER", ""),
    # The last of what is under the seal of every message
    "secret": os.environ.get("VANLANG_PAYMENT_SECRET", ""),
}
"""The national payment platform. Without an address there is none: nobody is sent there, and nothing is taken from it."""

SIGNING_AUTHORITY_URL = os.environ.get("VANLANG_SIGNING_AUTHORITY_URL") or None
SIGNING_AUTHORITY_TOKEN = os.environ.get("VANLANG_SIGNING_AUTHORITY_TOKEN") or None
SIGNING_TIMESTAMP_URL = os.environ.get("VANLANG_SIGNING_TIMESTAMP_URL") or None
SIGNING_TRUST_DIR = Path(os.environ.get("VANLANG_SIGNING_TRUST_DIR", STATE / "trust"))
SIGNING_KEY_TYPE = os.environ.get("VANLANG_SIGNING_KEY_TYPE", "rsa-2048")
SIGNING_KEY_ENCRYPTION_KEY = os.environ.get("VANLANG_KEY_ENCRYPTION_KEY") or None

# --- what machines ask, and what is noted (ADR 0027) --------------------------------------------

LOGGING = LINES
"""What libraries say, without the values that they say it with."""
VANLANG_METRICS_TOKEN = os.environ.get("VANLANG_METRICS_TOKEN", "")
"""Who shows it may read /metrics. Without one only this machine may, past no proxy."""
VANLANG_DISK_FLOOR_MB = int(os.environ.get("VANLANG_DISK_FLOOR_MB", "200"))
"""Less room for files than this, and the installation is not ready: what must be kept is not taken."""

# --- telling people ---------------------------------------------------------------------------

VANLANG_SMS_DIACRITICS = os.environ.get("VANLANG_SMS_DIACRITICS", "off") == "on"
"""Whether text messages keep their diacritics: 70 letters a part with them, 160 without."""
VANLANG_SMS_PART_VND = int(os.environ.get("VANLANG_SMS_PART_VND", "0"))
VANLANG_MESSENGER_VND = int(os.environ.get("VANLANG_MESSENGER_VND", "0"))
"""What the province's contracts say that one part, one messenger message costs. 0: not declared, nothing is capped."""
VANLANG_NOTIFICATIONS_WAKE = True
VANLANG_CONNECTORS_WAKE = True
"""Whether telling wakes the sender; the tests send by hand."""
VANLANG_SENTINEL_JUST_BEFORE = timedelta(
    seconds=int(os.environ.get("VANLANG_SENTINEL_JUST_BEFORE_SECONDS", "900"))
)
"""What moved so shortly before a comparison began may still be under way."""
VANLANG_NOTIFICATION_ADAPTERS = "vanlang.notifications.adapters.configured.carriers"
VANLANG_SMTP = os.environ.get("VANLANG_SMTP", "")
VANLANG_SMPP = os.environ.get("VANLANG_SMPP", "")
VANLANG_MESSENGER = os.environ.get("VANLANG_MESSENGER", "")
"""Addresses of providers, separated by blanks, the first used first (notifications/adapters/configured.py)."""
VANLANG_MAIL_FROM = os.environ.get("VANLANG_MAIL_FROM", "khong-tra-loi@localhost")
VANLANG_VAPID_PRIVATE_KEY = os.environ.get("VANLANG_VAPID_PRIVATE_KEY", "")
"""The key that signs web push: 32 bytes, base64url. Without it no browser is asked to subscribe."""
VANLANG_PUSH_HOSTS = tuple(filter(None, os.environ.get("VANLANG_PUSH_HOSTS", "").split(",")))
"""Further origins of push services that browsers may name: the sandbox's."""

# --- sign-in ----------------------------------------------------------------------------------

LOGIN_URL = "/dang-nhap/"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"
VANLANG_SIGN_OUT_URL = "/dang-nhap/ra/"
VANLANG_SESSION_LIFE = timedelta(seconds=SESSION_COOKIE_AGE)
"""How long anybody stays signed in, however busy."""
VANLANG_OFFICER_IDLE = timedelta(minutes=int(os.environ.get("VANLANG_OFFICER_IDLE_MINUTES", "60")))
"""How long an officer's session may lie still."""
VANLANG_SECOND_FACTOR_ROLES = frozenset(
    filter(None, os.environ.get("VANLANG_SECOND_FACTOR_ROLES", "leader").split(","))
)
"""Roles that are only worked in with a second factor (names of `identity.Role`)."""
VANLANG_KEY_ENCRYPTION_KEY = os.environ.get("VANLANG_KEY_ENCRYPTION_KEY") or None
"""What the secrets of second factors are encrypted with; without it they hang on SECRET_KEY."""

ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("VANLANG_TRUSTED_PROXIES", "0"))
"""How many proxies of ours stand in front and add to X-Forwarded-For: the address that tries are counted by."""
ACCOUNT_ADAPTER = "vanlang.identity.adapters.accounts.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_RATE_LIMITS = False
"""Tries are counted by identity.services.throttle, in PostgreSQL, for every process and restart."""
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_REQUESTS_TIMEOUT = 8
VANLANG_OIDC_FORM_ORIGINS = tuple(filter(None, os.environ.get("VANLANG_OIDC_FORM_ORIGINS", "").split(",")))
"""Further origins that a sign-in form is led to, where the provider's pages are not at its issuer's address."""
VANLANG_OIDC = {
    "client_id": os.environ.get("VANLANG_OIDC_CLIENT_ID", "vanlang"),
    "secret": os.environ.get("VANLANG_OIDC_CLIENT_SECRET", ""),
    "server_url": os.environ.get("VANLANG_OIDC_SERVER_URL", "http://127.0.0.1:8081"),
    "token_auth_method": os.environ.get("VANLANG_OIDC_TOKEN_AUTH", "client_secret_basic"),
    # The issuer to trust, where it is not the server's address
    "issuer": os.environ.get("VANLANG_OIDC_ISSUER", ""),
    # JSON: which claims hold which fact, before those of identity/rules/claims.py
    "claims": json.loads(os.environ.get("VANLANG_OIDC_CLAIMS", "{}")),
    "scope": os.environ.get("VANLANG_OIDC_SCOPE", "openid profile email phone address").split(),
    # Lowest level of an electronic identification account, where the provider says one
    "minimum_level": int(os.environ.get("VANLANG_OIDC_MINIMUM_LEVEL", "2")),
}
"""The national identity provider. Another OpenID Connect server is another set of values, not another code."""
MFA_ADAPTER = "vanlang.identity.adapters.accounts.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Văn Lang"
MFA_TOTP_TOLERANCE = 1
"""A telephone's clock may be one period of 30 seconds off; a used code is refused for five minutes."""

CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "kernel_cache"}}

PROCRASTINATE_ON_APP_READY = "vanlang.operations.adapters.job_worker.attach"
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"
"""Where a worker finds its tasks: without it, it knows none."""
