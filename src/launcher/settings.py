"""Where things are, and what the processes that we start are told through their environment."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from launcher.postgres import Server, find_binaries
from launcher.secrets import installation_secrets

ROOT = Path(__file__).resolve().parents[2]
STATE = Path(os.environ.get("VANLANG_STATE", ROOT / ".state"))
SHARED = Path(os.environ.get("VANLANG_SHARED", ROOT.parent / "shared"))


@dataclass(frozen=True)
class Ports:
    """Loopback ports of what `./vanlang run` starts."""

    web: int = 8000
    identity: int = 8081
    authority: int = 8082
    post: int = 8083
    smtp: int = 8084
    smpp: int = 8085
    portal: int = 8086
    payment: int = 8087

    @classmethod
    def at(cls, web: int) -> Ports:
        return cls(
            web=web,
            identity=web + 81,
            authority=web + 82,
            post=web + 83,
            smtp=web + 84,
            smpp=web + 85,
            portal=web + 86,
            payment=web + 87,
        )

    def all(self) -> tuple[int, ...]:
        return (
            self.web, self.identity, self.authority, self.post, self.smtp, self.smpp, self.portal, self.payment,
        )  # fmt: skip


def environment(ports: Ports, *, database_url: str) -> dict[str, str]:
    """Return the environment of every process of one installation."""
    secrets = installation_secrets(STATE)
    return {
        **({} if is_production() else _stand_ins(ports, secrets)),
        **os.environ,
        **secrets,
        "DJANGO_SETTINGS_MODULE": os.environ.get("DJANGO_SETTINGS_MODULE", "config.settings.dev"),
        "VANLANG_STATE": str(STATE),
        "VANLANG_DATABASE_URL": database_url,
        "PROMETHEUS_MULTIPROC_DIR": os.environ.get("PROMETHEUS_MULTIPROC_DIR", str(STATE / "metrics")),
        "PYTHONUNBUFFERED": "1",
    }


def is_production() -> bool:
    """Return whether this is a province's own server: it meets no stand-in that it was not told of."""
    return os.environ.get("DJANGO_SETTINGS_MODULE", "").endswith(".production")


def _stand_ins(ports: Ports, secrets: dict[str, str]) -> dict[str, str]:
    """Return where the outside world is: the sandbox, but for what the environment names."""
    return {
        **_post_office(ports, secrets["VANLANG_POST_PASSWORD"]),
        **_payment_platform(ports),
        **_national_portal(ports),
        "VANLANG_PUBLIC_URL": os.environ.get("VANLANG_PUBLIC_URL", f"http://127.0.0.1:{ports.web}"),
        "VANLANG_OIDC_SERVER_URL": os.environ.get(
            "VANLANG_OIDC_SERVER_URL", f"http://127.0.0.1:{ports.identity}"
        ),
        "VANLANG_OIDC_CLIENT_ID": os.environ.get("VANLANG_OIDC_CLIENT_ID", "vanlang"),
        "VANLANG_SIGNING_AUTHORITY_URL": os.environ.get(
            "VANLANG_SIGNING_AUTHORITY_URL", f"http://127.0.0.1:{ports.authority}"
        ),
        "VANLANG_SIGNING_TIMESTAMP_URL": os.environ.get(
            "VANLANG_SIGNING_TIMESTAMP_URL", f"http://127.0.0.1:{ports.authority}/tsa"
        ),
    }


def _post_office(ports: Ports, password: str) -> dict[str, str]:
    """Return where messages are handed in: the sandbox, unless the environment names real providers."""
    here = f"vanlang:{password}@127.0.0.1"
    certificate = quote(str(STATE / "sandbox" / "post" / "smtp-cert.pem"), safe="")
    return {
        "VANLANG_SMTP": f"smtp://{here}:{ports.smtp}?name=Th%C6%B0%20th%E1%BB%AD%20nghi%E1%BB%87m&tls=starttls&ca={certificate}",
        "VANLANG_SMPP": f"smpp://{here}:{ports.smpp}?name=Tin%20nh%E1%BA%AFn%20th%E1%BB%AD%20nghi%E1%BB%87m&sender=PHUTHO",
        "VANLANG_MESSENGER": f"http://:{password}@127.0.0.1:{ports.post}/messenger/message/template?name=%E1%BB%A8ng%20d%E1%BB%A5ng%20th%E1%BB%AD%20nghi%E1%BB%87m",
        "VANLANG_PUSH_HOSTS": f"http://127.0.0.1:{ports.post}",
        "VANLANG_MAIL_FROM": "khong-tra-loi@phutho.example",
    }


def _payment_platform(ports: Ports) -> dict[str, str]:
    """Return where money is taken: the sandbox, unless the environment names the real platform."""
    return {"VANLANG_PAYMENT_URL": f"http://127.0.0.1:{ports.payment}", "VANLANG_PAYMENT_PARTNER": "VANLANG"}


def _national_portal(ports: Ports) -> dict[str, str]:
    """Return where dossiers are synchronised to: the sandbox, unless the environment names the security server."""
    return {
        "VANLANG_PORTAL_URL": f"http://127.0.0.1:{ports.portal}",
        "VANLANG_PORTAL_USER": "h44",
        # The sandbox takes what it takes at once: what was told a moment ago is no longer under way
        "VANLANG_SENTINEL_JUST_BEFORE_SECONDS": "1",
        "VANLANG_PORTAL_DSTCODE": "VN:GOV:000.00.00.G22:dvcqg",
    }


def embedded_server(*, name: str = "postgres", durable: bool = True) -> Server:
    """Return our own PostgreSQL of this installation (not started)."""
    return Server(home=STATE / name, binaries=find_binaries(), durable=durable)
