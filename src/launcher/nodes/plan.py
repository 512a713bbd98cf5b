"""
What the three machines are told: a form (deploy/ha/nodes.toml) and templates (deploy/ha/templates) make a folder for each.

The drill fills in the same templates, so that what is delivered is what was tried.
"""

from __future__ import annotations

import json
import os
import secrets as randomness
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from string import Template

from launcher.settings import ROOT

TEMPLATES = ROOT / "deploy" / "ha" / "templates"
SECRETS = ("REST_PASSWORD", "SUPERUSER_PASSWORD", "REPLICATION_PASSWORD", "DATABASE_PASSWORD")
NODES = 3
"""Two of three are a majority; a fourth would add no safety, only another vote to wait for."""


class PlanError(ValueError):
    """The form cannot be used; says why."""


@dataclass(frozen=True, slots=True)
class Places:
    """The ports of one node."""

    etcd_client: int = 2379
    etcd_peer: int = 2380
    postgres: int = 5432
    rest: int = 8008
    pool: int = 6432


@dataclass(frozen=True, slots=True)
class Node:
    """One machine."""

    name: str
    address: str
    ports: Places = field(default_factory=Places)
    config: str = ""
    state: str = ""
    etcd_state: str = ""
    """Where its files are, when it is not as on the other machines."""

    @property
    def rest(self) -> str:
        return f"{self.address}:{self.ports.rest}"


@dataclass(frozen=True, slots=True)
class Plan:
    """Three machines, and where things are on each."""

    nodes: tuple[Node, ...]
    postgresql: str
    postgresql_conf: str
    config: str
    state: str
    etcd_state: str

    @classmethod
    def read(cls, form: Path) -> Plan:
        """Return what the form says. Raises: PlanError, OSError."""
        try:
            told = tomllib.loads(form.read_text(encoding="utf-8"))
            nodes = tuple(
                Node(one["name"], one["address"], Places(**one.get("ports", {}))) for one in told.pop("node")
            )
            plan = cls(nodes=nodes, **told)
        except (tomllib.TOMLDecodeError, KeyError, TypeError) as error:
            raise PlanError(f"{form}: {error}") from error
        reasons = reasons_against(plan)
        if reasons:
            raise PlanError(f"{form}: {'; '.join(reasons)}")
        return plan


def reasons_against(plan: Plan) -> list[str]:
    """Return why these machines are no cluster."""
    reasons = []
    if len(plan.nodes) != NODES:
        reasons.append(f"cần đúng {NODES} máy, tệp có {len(plan.nodes)}")
    for what, values in {
        "tên": [node.name for node in plan.nodes],
        "địa chỉ": [f"{node.address}:{node.ports.postgres}" for node in plan.nodes],
    }.items():
        if len(set(values)) != len(values):
            reasons.append(f"{what} của các máy phải khác nhau: {', '.join(values)}")
    reasons += [
        f"tên “{node.name}” chỉ được gồm chữ a–z và số" for node in plan.nodes if not _is_plain(node.name)
    ]
    return reasons


def _is_plain(name: str) -> bool:
    return name.isascii() and name.isalnum() and name == name.lower()


def words_of(plan: Plan, node: Node, secrets: Mapping[str, str]) -> dict[str, str]:
    """Return what stands for every placeholder of the templates on one machine."""
    hosts = sorted({one.address for one in plan.nodes})
    hba = [
        *(f"host all all {host}/32 scram-sha-256" for host in hosts),
        *(f"host replication all {host}/32 scram-sha-256" for host in hosts),
        "local all all scram-sha-256",
    ]
    followed = (
        json.dumps({"name": one.name, "rest": one.rest, "host": one.address, "port": one.ports.postgres})
        for one in plan.nodes
    )
    return {
        **secrets,
        "NAME": node.name,
        "ADDRESS": node.address,
        "CONFIG": node.config or plan.config,
        "STATE": node.state or plan.state,
        "ETCD_STATE": node.etcd_state or plan.etcd_state,
        "POSTGRESQL": plan.postgresql,
        "POSTGRESQL_CONF": plan.postgresql_conf,
        "POSTGRES_PORT": str(node.ports.postgres),
        "REST_PORT": str(node.ports.rest),
        "POOL_PORT": str(node.ports.pool),
        "ETCD_CLIENT_PORT": str(node.ports.etcd_client),
        "ETCD_PEER_PORT": str(node.ports.etcd_peer),
        "ETCD_HOSTS": ", ".join(f'"{one.address}:{one.ports.etcd_client}"' for one in plan.nodes),
        "ETCD_CLUSTER": ",".join(
            f"{one.name}=http://{one.address}:{one.ports.etcd_peer}" for one in plan.nodes
        ),
        "HBA": "\n".join(f"    - {line}" for line in hba),
        "FOLLOWED": ",\n".join(f"    {line}" for line in followed),
    }


def render(plan: Plan, node: Node, secrets: Mapping[str, str], to: Path) -> None:
    """Write the files of one machine; only their owner may read them. Raises: KeyError for a placeholder nobody knows."""
    words = words_of(plan, node, secrets)
    to.mkdir(parents=True, exist_ok=True, mode=0o700)
    for template in sorted(TEMPLATES.iterdir()):
        text = Template(template.read_text(encoding="utf-8")).substitute(words)
        write_privately(to / template.name, text)


def made_secrets(path: Path) -> dict[str, str]:
    """Return the passwords that the machines share: those of the file, or new ones."""
    if path.exists():
        known: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))
        return known
    made = {name: randomness.token_urlsafe(24) for name in SECRETS}
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    write_privately(path, json.dumps(made, indent=2) + "\n")
    return made


def write_privately(path: Path, text: str) -> None:
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(text)
