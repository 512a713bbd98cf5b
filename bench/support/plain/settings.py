"""
The settings of the plain list: Django's own middleware, database backend and templates over our rows.

What is left out on purpose: masks, row-level security, counts beside the tabs, the frame around the page.
"""

from __future__ import annotations

from pathlib import Path

from config.settings import dev

globals().update({name: getattr(dev, name) for name in dir(dev) if name.isupper()})

ROOT_URLCONF = "bench.support.plain.site"
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",  # an installed app insists on it; it asks nothing
]
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend", *dev.AUTHENTICATION_BACKENDS]
DATABASES = {
    "default": dev.DATABASES["default"]
    | {
        "ENGINE": "django.db.backends.postgresql",
        "CONN_MAX_AGE": 600,
        "OPTIONS": {"options": "-c vanlang.scope=system"},
    }
}
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [Path(__file__).parent],
        "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
    }
]
