"""
What the database cannot be opened without: the installation's secrets, its trusted roots, the agencies' own templates.

Sealed columns, signing keys and second factors are encrypted with a key of the installation. A database that is restored
without it looks whole and can open none of them, so the secrets travel in the backup, under the backup's key.
"""

from __future__ import annotations

import io
import json
import os
import tarfile
from pathlib import Path

from launcher.backup.archives import unpack
from launcher.secrets import installation_secrets

SECRETS = "secrets.json"
FOLDERS = ("trust", "templates")
_BINDING = ("VANLANG_SECRET_KEY", "VANLANG_KEY_ENCRYPTION_KEY")


def packed(state: Path) -> bytes:
    """Return the household as one archive."""
    with io.BytesIO() as buffer:
        with tarfile.open(fileobj=buffer, mode="w:gz") as tar:
            _add(tar, SECRETS, json.dumps(installation_secrets(state), indent=1).encode())
            _add(tar, "environment-of-backup.json", json.dumps(_told(), indent=1).encode())
            for name, folder in _folders(state).items():
                for path in sorted(folder.rglob("*")):
                    if path.is_file():
                        _add(tar, f"{name}/{path.relative_to(folder)}", path.read_bytes())
        return buffer.getvalue()


def unpacked(archive: bytes, folder: Path) -> dict[str, str]:
    """Write the household into a folder; return its secrets."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with tarfile.open(fileobj=io.BytesIO(archive), mode="r:gz") as tar:
        unpack(tar, folder)
    (folder / SECRETS).chmod(0o600)
    secrets: dict[str, str] = json.loads((folder / SECRETS).read_text())
    return secrets


def list_contradictions(secrets: dict[str, str]) -> list[str]:
    """Return the variables of this environment that say another key than the backup's: with them nothing sealed opens."""
    return [name for name in _BINDING if os.environ.get(name, secrets.get(name)) != secrets.get(name)]


def _folders(state: Path) -> dict[str, Path]:
    return {
        "trust": Path(os.environ.get("VANLANG_SIGNING_TRUST_DIR", state / "trust")),
        "templates": Path(os.environ.get("VANLANG_TEMPLATE_OVERRIDES", state / "templates")),
    }


def _told() -> dict[str, str]:
    """Return what the environment says of this installation: for the person who sets up the next machine."""
    hidden = {"VANLANG_BACKUP_KEY", "VANLANG_DATABASE_URL"}
    return {
        name: value
        for name, value in sorted(os.environ.items())
        if name.startswith("VANLANG_") and name not in hidden
    }


def _add(tar: tarfile.TarFile, name: str, content: bytes) -> None:
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode = len(content), 0o600
    tar.addfile(entry, io.BytesIO(content))
