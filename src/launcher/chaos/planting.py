"""
Wrong on purpose: an act taken out of the database and one written twice, to see that the checker sees both.

The database itself refuses either from everybody but its owner; here its owner does it, past every trigger, in one
transaction that is taken back again, or kept for `--sabotage`.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from launcher.chaos.diary import Kind, Line, Outcome
from launcher.chaos.evidence import Connection

_OFF = "SET LOCAL session_replication_role = replica"
_TAKE_OUT = "DELETE FROM dossiers_movement WHERE dossier_id = %s AND act = %s"
_TWICE = """
INSERT INTO dossiers_movement
SELECT (jsonb_populate_record(m, jsonb_build_object('id', gen_random_uuid(), 'number', m.number + 1000))).*
FROM dossiers_movement m WHERE m.dossier_id = %s AND m.act = %s
"""


@dataclass(frozen=True, slots=True)
class Planted:
    """Which acts were made wrong."""

    lost: str
    doubled: str


def plant(connection: Connection, lines: Sequence[Line], numbers: random.Random) -> Planted:
    """Take one acknowledged act out of the database and write another one twice, in the running transaction."""
    told = Counter(line.key for line in lines if line.kind is Kind.ACT)
    sure = {line.key for line in lines if line.outcome is Outcome.ACKNOWLEDGED and told[line.key] == 1}
    lost, doubled = numbers.sample(sorted(sure), 2)
    connection.execute(_OFF)
    connection.execute(_TAKE_OUT, lost.split("/"))
    connection.execute(_TWICE, doubled.split("/"))
    return Planted(lost, doubled)
