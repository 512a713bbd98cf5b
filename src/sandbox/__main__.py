"""`python -m sandbox --state DIR`: start the stand-ins, print one JSON line each, stop on SIGTERM."""

from __future__ import annotations

import argparse
import json
import signal
import sys
import threading
from collections.abc import Sequence
from pathlib import Path

from sandbox.servers import Plan, running


def _plan(argv: Sequence[str] | None) -> Plan:
    parser = argparse.ArgumentParser(prog="python -m sandbox", description=__doc__)
    parser.add_argument(
        "--state", type=Path, required=True, help="keys, certificates and secrets are kept here"
    )
    parser.add_argument("--identity-port", type=int, default=0, help="0 takes any free port")
    parser.add_argument("--ca-port", type=int, default=0, help="0 takes any free port")
    parser.add_argument("--post-port", type=int, default=0, help="0 takes any free port")
    parser.add_argument("--smtp-port", type=int, default=0, help="0 takes any free port")
    parser.add_argument("--smpp-port", type=int, default=0, help="0 takes any free port")
    parser.add_argument("--payment-port", type=int, default=0, help="0 takes any free port")
    parser.add_argument("--payment-partner", default="VANLANG", help="as the platform knows the province")
    parser.add_argument("--province-url", default="", help="where callbacks and pushes go")
    parser.add_argument("--portal-port", type=int, default=0, help="0 takes any free port")
    parser.add_argument("--session-seconds", type=int, default=1800, help="how long its sessions live")
    parser.add_argument("--client-id", default="vanlang")
    parser.add_argument("--redirect-uri", action="append", default=[], help="exact; may be repeated")
    parser.add_argument("--logout-uri", action="append", default=[], help="exact; may be repeated")
    parser.add_argument("--clients", type=Path, help="JSON list of further clients")
    parser.add_argument("--people", type=Path, help="JSON list of further people who can sign in")
    told = parser.parse_args(argv)
    return Plan(
        state=told.state,
        identity_port=told.identity_port,
        authority_port=told.ca_port,
        post_port=told.post_port,
        smtp_port=told.smtp_port,
        smpp_port=told.smpp_port,
        payment_port=told.payment_port,
        payment_partner=told.payment_partner,
        province_url=told.province_url,
        portal_port=told.portal_port,
        session_seconds=told.session_seconds,
        client_id=told.client_id,
        redirect_uris=told.redirect_uri,
        logout_uris=told.logout_uri,
        clients_file=told.clients,
        people_file=told.people,
    )


def main(argv: Sequence[str] | None = None) -> int:
    """Serve until SIGTERM or SIGINT."""
    plan = _plan(argv)
    asked_to_stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: asked_to_stop.set())
    with running(plan.state, plan) as urls:
        for line in urls.ready():
            print(json.dumps(line, ensure_ascii=False), flush=True)
        asked_to_stop.wait()
    return 0


if __name__ == "__main__":
    sys.exit(main())
