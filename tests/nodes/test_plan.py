"""What the three machines are told: every template is filled in, and each program could read its part."""

from __future__ import annotations

import configparser
import importlib.machinery
import importlib.util
import json
import re
import shlex
import stat
from pathlib import Path
from string import Template
from types import ModuleType

import pytest
import yaml

from launcher import nodes
from launcher.nodes.plan import SECRETS, TEMPLATES, Plan, PlanError, made_secrets, render, words_of
from launcher.nodes.programs import DEBIAN, LOCK
from launcher.settings import ROOT

DEPLOY = ROOT / "deploy"
MADE = dict.fromkeys(SECRETS, "only-for-this-test")


@pytest.fixture(scope="module")
def plan() -> Plan:
    return Plan.read(nodes.FORM)


@pytest.fixture
def folder(plan: Plan, tmp_path: Path) -> Path:
    """The second machine's folder."""
    render(plan, plan.nodes[1], MADE, tmp_path)
    return tmp_path


def told(folder: Path) -> dict[str, dict[str, object]]:
    """Return what Patroni of the folder is told."""
    read: dict[str, dict[str, object]] = yaml.safe_load((folder / "patroni.yml").read_text(encoding="utf-8"))
    return read


def test_every_placeholder_is_known_and_none_is_for_nothing(plan: Plan) -> None:
    named = {
        name for template in TEMPLATES.iterdir() for name in Template(template.read_text(encoding="utf-8")).get_identifiers()
    }  # fmt: skip
    assert named == set(words_of(plan, plan.nodes[0], MADE))


def test_patroni_is_told_that_acknowledged_is_on_two_machines(folder: Path) -> None:
    dcs = told(folder)["bootstrap"]["dcs"]
    assert isinstance(dcs, dict)
    assert dcs["synchronous_mode"] is True
    assert dcs["synchronous_mode_strict"] is True
    assert dcs["postgresql"]["parameters"]["synchronous_commit"] == "on"
    assert dcs["loop_wait"] + 2 * dcs["retry_timeout"] <= dcs["ttl"]


def test_patroni_knows_its_own_address_and_the_votes_of_all(folder: Path, plan: Plan) -> None:
    read = told(folder)
    assert read["name"] == "hai"
    assert read["postgresql"]["connect_address"] == "10.44.0.12:5432"
    assert read["etcd3"]["hosts"] == [f"{node.address}:2379" for node in plan.nodes]
    hba = read["postgresql"]["pg_hba"]
    assert isinstance(hba, list)
    assert all(line.endswith("scram-sha-256") for line in hba)
    assert {line.split()[3] for line in hba if line.startswith("host")} == {
        f"{one.address}/32" for one in plan.nodes
    }
    assert read["watchdog"]["mode"] == "off"


def test_no_socket_is_open_to_everybody(folder: Path) -> None:
    for name in ("patroni.yml", "etcd.env", "pgbouncer.ini"):
        assert "0.0.0.0" not in (folder / name).read_text(encoding="utf-8")  # noqa: S104 - that it is not there


def test_pgbouncer_gives_a_connection_to_one_process_at_a_time(folder: Path) -> None:
    text = (folder / "pgbouncer.ini").read_text(encoding="utf-8")
    parser = configparser.ConfigParser(interpolation=None)
    parser.read_string("\n".join(line for line in text.splitlines() if not line.startswith("%include")))
    read = parser["pgbouncer"]
    assert read["pool_mode"] == "session"
    assert read["server_reset_query"] == "DISCARD ALL"
    assert read["listen_addr"] == "127.0.0.1"
    assert int(read["query_wait_timeout"]) > 20, "shorter than it takes to find a new leader"


def test_there_are_connections_enough_for_three_pools(folder: Path) -> None:
    dcs = told(folder)["bootstrap"]["dcs"]
    assert isinstance(dcs, dict)
    text = (folder / "pgbouncer.ini").read_text(encoding="utf-8")
    (pool,) = re.findall(r"^default_pool_size = (\d+)", text, re.MULTILINE)
    assert dcs["postgresql"]["parameters"]["max_connections"] >= 3 * int(pool) + 10


def test_the_role_that_is_no_superuser_may_do_what_the_migrations_need(folder: Path) -> None:
    """Functions that enter a scope by themselves: PostgreSQL asks who makes them for that right."""
    grant = 'GRANT SET ON PARAMETER "vanlang.scope" TO vanlang'
    assert grant in (folder / "first.sql").read_text(encoding="utf-8")
    assert grant in (ROOT / "docs" / "manual-vi" / "cai-dat.md").read_text(encoding="utf-8")


def test_etcd_is_told_by_its_own_variables(folder: Path) -> None:
    lines = (folder / "etcd.env").read_text(encoding="utf-8").splitlines()
    read = dict(line.split("=", 1) for line in lines if not line.startswith("#"))
    assert all(name.startswith("ETCD_") and value for name, value in read.items())
    assert read["ETCD_INITIAL_CLUSTER"].count("=http://") == 3
    assert f"{read['ETCD_NAME']}={read['ETCD_LISTEN_PEER_URLS']}" in read["ETCD_INITIAL_CLUSTER"]


def test_passwords_can_be_read_by_nobody_else(folder: Path) -> None:
    assert {stat.S_IMODE(file.stat().st_mode) for file in folder.iterdir()} == {0o600}


def test_passwords_are_made_once(tmp_path: Path) -> None:
    first = made_secrets(tmp_path / "secrets.json")
    assert first == made_secrets(tmp_path / "secrets.json")
    assert set(first) == set(SECRETS)
    assert len(set(first.values())) == len(SECRETS)
    assert all(re.fullmatch(r"[\w-]{20,}", value) for value in first.values()), (
        "must stand in YAML, SQL and a URL as it is"
    )


def test_one_command_makes_a_folder_for_each_machine(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert nodes.main(["configure", str(nodes.FORM), "--to", str(tmp_path / "cum")]) == 0
    assert {one.name for one in (tmp_path / "cum").iterdir()} == {"mot", "hai", "ba", "secrets.json"}
    assert "10.44.0.13" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (('name = "ba"', 'name = "hai"'), "phải khác nhau"),
        (('address = "10.44.0.13"', 'address = "10.44.0.12"'), "phải khác nhau"),
        (('name = "ba"', 'name = "Máy ba"'), "a–z"),
        (('[[node]]\nname = "ba"\naddress = "10.44.0.13"\n', ""), "cần đúng 3 máy"),
        (('state = "/var/lib/vanlang-ha"', ""), "state"),
    ],
)
def test_a_form_that_makes_no_cluster_is_refused(tmp_path: Path, change: tuple[str, str], said: str) -> None:
    text = nodes.FORM.read_text(encoding="utf-8")
    assert change[0] in text
    form = tmp_path / "nodes.toml"
    form.write_text(text.replace(*change), encoding="utf-8")
    with pytest.raises(PlanError, match=said):
        Plan.read(form)


def test_the_services_start_what_is_there() -> None:
    for unit, program in (("vanlang-follow.service", "follow"), ("vanlang-patroni.service", "patroni.yml")):
        text = (DEPLOY / "ha" / "systemd" / unit).read_text(encoding="utf-8")
        (start,) = re.findall(r"^ExecStart=(.+)$", text, re.MULTILINE)
        assert program in start
        assert "User=postgres" in text
        named = Path(shlex.split(start)[-1]).name
        assert (TEMPLATES / named).exists()


def test_patroni_is_installed_from_hashes_only() -> None:
    lines = LOCK.read_text(encoding="utf-8").splitlines()
    packages = [line for line in lines if re.match(r"[a-z]", line)]
    assert any(line.startswith("patroni==") for line in packages)
    assert all("==" in line and line.rstrip().endswith("\\") for line in packages), (
        "every package is followed by its hashes"
    )
    assert set(DEBIAN) == {"etcd", "pgbouncer"}


# --- who leads --------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def follow() -> ModuleType:
    """deploy/ha/follow, which is no module by its name."""
    loader = importlib.machinery.SourceFileLoader("follow", str(DEPLOY / "ha" / "follow"))
    spec = importlib.util.spec_from_loader("follow", loader)
    assert spec is not None
    module = importlib.util.module_from_spec(spec)
    loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    ("answers", "leader"),
    [
        ({"mot": None, "hai": 3, "ba": None}, "hai"),
        ({"mot": None, "hai": None, "ba": None}, None),
        ({"mot": 3, "hai": 4, "ba": None}, "hai"),
    ],
    ids=["one", "nobody", "the newest of two"],
)
def test_who_leads(follow: ModuleType, answers: dict[str, int | None], leader: str | None) -> None:
    assert follow.leader_of(answers) == leader


def test_the_leader_is_written_once_and_whole(follow: ModuleType, tmp_path: Path) -> None:
    target = tmp_path / "leader.ini"
    assert follow.point(target, "10.44.0.12", 5432)
    assert not follow.point(target, "10.44.0.12", 5432)
    assert "* = host=10.44.0.12 port=5432" in target.read_text(encoding="utf-8")
    assert follow.point(target, "10.44.0.13", 5432)
    assert [one.name for one in tmp_path.iterdir()] == ["leader.ini"]


def test_a_silent_node_does_not_lead(follow: ModuleType) -> None:
    assert follow.ask("127.0.0.1:1") is None


def test_follow_is_told_where_everybody_is(folder: Path) -> None:
    read = json.loads((folder / "follow.json").read_text(encoding="utf-8"))
    assert [node["name"] for node in read["nodes"]] == ["mot", "hai", "ba"]
    assert read["write"] in (folder / "pgbouncer.ini").read_text(encoding="utf-8")
    assert read["tell"] in (folder / "pgbouncer.ini").read_text(encoding="utf-8")
