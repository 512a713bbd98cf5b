"""`./vanlang province tiny|month|year [--seed N]`: a synthetic province in a database of its own."""

from __future__ import annotations

import os
from collections.abc import Sequence

from launcher import setting_up
from launcher.running import create_database
from launcher.settings import Ports, embedded_server, environment

SIZES = ("tiny", "month", "year")


def main(argv: Sequence[str]) -> int:
    """
    Make the province where VANLANG_DATABASE_URL points, or in a database of our own server that is called after its size.

    What is there already is refused by the command; nothing is ever emptied.
    """
    size = next((word for word in argv if word in SIZES), "")
    url = os.environ.get("VANLANG_DATABASE_URL", "")
    if url or not size:
        return _make(argv, url) if url else setting_up.manage(["province", *argv], dict(os.environ))
    server = embedded_server()
    was_running = server.is_running()
    server.start()
    try:
        code = _make(argv, server.url(database_of(size)))
    finally:
        if not was_running:
            server.stop()
    if code == 0:
        print(f"Xem tỉnh này: ./vanlang run --province {size}")
    return code


def database_of(size: str) -> str:
    """Return the name of the database of our own server in which a province of this size lies."""
    return f"vanlang_{size}"


def _make(argv: Sequence[str], url: str) -> int:
    create_database(url)
    told = environment(Ports(), database_url=url)
    setting_up.set_up(told, demo=False)
    return setting_up.manage(["province", *argv], told)
