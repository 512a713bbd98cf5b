from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from sandbox.servers import Plan, Urls, running

REDIRECT = "http://127.0.0.1:9/callback"
LOGOUT = "http://127.0.0.1:9/bye"


@pytest.fixture(scope="session")
def state(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("sandbox")


@pytest.fixture(scope="session")
def servers(state: Path) -> Iterator[Urls]:
    plan = Plan(state, redirect_uris=[REDIRECT], logout_uris=[LOGOUT])
    with running(state, plan) as urls:
        yield urls


@pytest.fixture
def urls(servers: Urls) -> Urls:
    """The servers, as they were at their start."""
    for station in servers.stations:
        station.plan.clear()
        station.forget()
    return servers
