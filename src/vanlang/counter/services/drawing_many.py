# ruff: noqa: S608 - put together from texts of this module and of the one caller, never from input
"""Drawers of a synthetic province, with all their cash at once: the second way into the cash book, beside `take_cash`."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

from django.db.backends.utils import CursorWrapper

from vanlang.audit.api import record_acts_from
from vanlang.kernel.database.loading import FUNCTIONS

OPENING = 500_000
"""What lies in a drawer in the morning."""
TREASURER = "Thủ quỹ"
NOTES = (500_000, 100_000, 50_000, 10_000, 5_000, 1_000, 500)
"""With what a drawer is counted out: each is a multiple of the next, so that counting from the largest is exact."""
_COUNTS = ", ".join(
    [
        f"'{NOTES[0]}', expected / {NOTES[0]}",
        *(f"'{note}', expected % {larger} / {note}" for larger, note in pairwise(NOTES)),
    ]
)
_AT = "((day + time '{}') AT TIME ZONE 'Asia/Ho_Chi_Minh')"

_PREPARED = f"""
CREATE TEMPORARY TABLE cash ON COMMIT DROP AS
    SELECT told.*, day, pg_temp.id_at({_AT.format("07:00")}, 'drawer' || officer_id || day) AS drawer_id,
        row_number() OVER (PARTITION BY officer_id, day ORDER BY at, entry_id) AS number
    FROM ({{question}}) AS told, LATERAL (SELECT (at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date AS day) AS taken;
CREATE TEMPORARY TABLE drawer ON COMMIT DROP AS
    SELECT known.*, {_AT.format("07:00")} AS opened_at,
        CASE WHEN {_AT.format("17:30")} <= until THEN {_AT.format("17:30")} END AS closed_at,
        CASE WHEN {_AT.format("17:40")} <= until THEN {_AT.format("17:40")} END AS handed_at
    FROM (
        SELECT drawer_id, agency_id, officer_id, day, {OPENING} + sum(amount)::bigint AS expected,
            timestamptz '{{until}}' AS until
        FROM cash GROUP BY 1, 2, 3, 4
    ) AS known;
"""
_DRAWERS = f"""
INSERT INTO counter_cashdrawer (
    id, agency_id, day, officer_id, opening, opened_at, closed_at, counted, counted_sum, expected_sum, explanation,
    treasurer, handed_at
)
SELECT drawer_id, agency_id, day, officer_id, {OPENING}, opened_at, closed_at,
    CASE WHEN closed_at IS NULL THEN '{{}}' ELSE (
        SELECT jsonb_object_agg(note, count) FROM jsonb_each_text(jsonb_build_object({_COUNTS})) AS note (note, text),
            LATERAL (SELECT text::bigint AS count) AS counted WHERE count > 0
    ) END,
    CASE WHEN closed_at IS NOT NULL THEN expected END, CASE WHEN closed_at IS NOT NULL THEN expected END, '',
    CASE WHEN handed_at IS NULL THEN '' ELSE '{TREASURER}' END, handed_at
FROM drawer
"""
_ENTRIES = """
INSERT INTO counter_cashentry (id, drawer_id, agency_id, number, kind, amount, what_for, dossier_id, corrects_id, at)
SELECT entry_id, drawer_id, agency_id, number, 'taken', amount, what_for, dossier_id, NULL, at FROM cash
"""
_RECORDS = f"""
    SELECT told.at, 'counter.' || told.act AS act, 'officer' AS actor_kind, who.account_id, NULL::uuid AS person_id,
        who.id AS appointment_id, who.agency_id, 'cash_drawer' AS object_type, told.drawer_id::text AS object_id, told.facts
    FROM (
        SELECT opened_at AS at, 'open_drawer' AS act, officer_id, drawer_id, jsonb_build_object('opening', {OPENING}) AS facts
        FROM drawer
        UNION ALL
        SELECT at, 'take_cash', officer_id, drawer_id, jsonb_build_object('number', number, 'amount', amount) FROM cash
        UNION ALL
        SELECT closed_at, 'close_drawer', officer_id, drawer_id, jsonb_build_object('expected', expected, 'counted', expected)
        FROM drawer WHERE closed_at IS NOT NULL
        UNION ALL
        SELECT handed_at, 'hand_to_treasurer', officer_id, drawer_id, '{{}}' FROM drawer WHERE handed_at IS NOT NULL
    ) AS told JOIN identity_appointment AS who ON who.id = told.officer_id
"""


def write_drawers_from(cursor: CursorWrapper, question: str, *, until: dt.datetime) -> None:
    """
    Write the drawers of officers and days with the cash that `question` names; days over at `until` are counted out.

    In the caller's transaction, as the owner of the tables. The triggers of the cash book, which look at one line after
    the other, are off meanwhile: what they ask holds by how it is written, and a test does the same by the commands.
    Shapes: `question` has columns entry_id, officer_id, agency_id, dossier_id, amount, what_for, at.
    """
    cursor.execute(FUNCTIONS + _PREPARED.format(question=question, until=until.isoformat()))
    cursor.execute("ALTER TABLE counter_cashentry DISABLE TRIGGER USER")
    for statement in (_DRAWERS, _ENTRIES):
        cursor.execute(statement)
    cursor.execute("ALTER TABLE counter_cashentry ENABLE TRIGGER USER")
    record_acts_from(cursor, _RECORDS)
