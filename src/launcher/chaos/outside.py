"""What the stand-ins say of a run, and whether it is what the house says."""

from __future__ import annotations

import json
import re
import urllib.request
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import timedelta, timezone

NATIONAL = {
    "submitted": "1", "received": "2", "refused": "3", "handed_over": "4", "in_progress": "4", "awaiting_opinion": "4",
    "awaiting_obligation": "4", "proposed": "4", "approved": "4", "signed": "4", "awaiting_supplement": "5",
    "awaiting_completion": "5", "withdrawn": "7", "stopped": "8", "released": "9", "delivered": "10",
}  # fmt: skip
"""Our state, and what the national portal calls it (docs/reference/dossier-states.md)."""
CODE = re.compile(r"✗ (\S+):")
SECONDS = 120
VIETNAM = timezone(timedelta(hours=7))


@dataclass(frozen=True, slots=True)
class Agreement:
    """What both sides say of the run's dossiers."""

    compared: int
    differing: dict[str, str]
    """By code: what differs."""
    named: frozenset[str]
    """Codes that the sentinel names."""
    under_way: int = 0
    """Dossiers about which a message is still on its way: not compared."""

    @property
    def unnamed(self) -> list[str]:
        return sorted(self.differing.keys() - self.named)


def held_by(portal: str) -> dict[str, list[str]]:
    """Return the state, or several, under which the portal holds each code. Its export, line by line."""
    held: dict[str, list[str]] = {}
    with urllib.request.urlopen(f"{portal}/_sandbox/export", timeout=SECONDS) as lines:  # noqa: S310 - the run's own sandbox
        for line in lines:
            record = json.loads(line)["record"]
            held.setdefault(str(record["MaHoSo"]), []).append(str(record.get("TrangThaiHoSo", "")))
    return held


def compare(
    ours: Mapping[str, str],
    theirs: Mapping[str, list[str]],
    sentinel: str,
    under_way: Collection[str] = (),
) -> Agreement:
    """Compare state by state but for what is still on its way; `sentinel`: what the product's own comparison printed."""
    differing = {}
    for code, state in ours.items():
        if code in under_way:
            continue
        held = theirs.get(code, [])
        if held != [NATIONAL[state]]:
            differing[code] = f"{state}, Cổng {', '.join(held) or 'không có'}"
    return Agreement(len(ours) - len(under_way), differing, frozenset(CODE.findall(sentinel)), len(under_way))
