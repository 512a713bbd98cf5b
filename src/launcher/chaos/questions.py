"""The questions to the database, in SQL: another way than the product's own. `since`: when the run began."""

from __future__ import annotations

from typing import LiteralString

from launcher.chaos.diary import Kind

TRACES: dict[Kind, LiteralString] = {
    Kind.INTAKE: """
        SELECT d.id::text, 1, array[coalesce(d.code, '')] FROM dossiers_dossier d
        LEFT JOIN intake_draft i ON i.dossier_id = d.id
        LEFT JOIN nationalportal_portalfiling f ON f.dossier_id = d.id
        WHERE i.id IS NULL AND f.dossier_id IS NULL AND d.submitted_at >= %(since)s
    """,
    Kind.FILING: """
        SELECT i.id::text, count(d.id), array_agg(d.id::text) FROM intake_draft i
        LEFT JOIN dossiers_dossier d ON d.id = i.dossier_id WHERE i.submitted_at >= %(since)s GROUP BY 1
    """,
    Kind.PORTAL: """
        SELECT external_code, count(*), '{}'::text[] FROM nationalportal_portalfiling
        WHERE taken_in_at >= %(since)s GROUP BY 1
    """,
    Kind.ACT: """
        SELECT m.dossier_id || '/' || m.act, count(*), '{}'::text[] FROM dossiers_movement m
        JOIN dossiers_dossier d ON d.id = m.dossier_id AND d.submitted_at >= %(since)s
        LEFT JOIN intake_draft i ON i.dossier_id = m.dossier_id
        LEFT JOIN nationalportal_portalfiling f ON f.dossier_id = m.dossier_id
        WHERE m.act <> 'submit' AND NOT (m.act = 'receive' AND i.id IS NULL AND f.dossier_id IS NULL)
        GROUP BY 1
    """,
    Kind.CASH: """
        SELECT e.what_for, count(*), '{}'::text[] FROM counter_cashentry e
        LEFT JOIN payments_payment p ON p.way = 'cash' AND p.transaction = e.id::text
        WHERE e.at >= %(since)s AND p.id IS NULL GROUP BY 1
    """,
    Kind.FEE: """
        SELECT d.dossier_id::text, count(*), '{}'::text[] FROM payments_payment p
        JOIN payments_demand d ON d.id = p.demand_id
        JOIN counter_cashentry e ON e.id::text = p.transaction AND e.amount = p.amount_vnd
        WHERE p.way = 'cash' AND p.booked_at >= %(since)s GROUP BY 1
    """,
    Kind.PAYMENT: """
        SELECT transaction, count(*), '{}'::text[] FROM (
            SELECT transaction FROM payments_payment
            WHERE way = 'platform' AND booked_at >= %(since)s AND transaction <> ''
            UNION ALL SELECT transaction FROM payments_stray WHERE came_at >= %(since)s
            UNION ALL SELECT transaction FROM payments_refund
            WHERE way = 'platform' AND settled_at >= %(since)s AND transaction <> ''
        ) moved GROUP BY 1
    """,
    Kind.REFUND: """
        SELECT id || '/ask_refund', 1, '{}'::text[] FROM payments_refund WHERE asked_at >= %(since)s
        UNION ALL SELECT id || '/confirm_refund', 1, '{}'::text[] FROM payments_refund
        WHERE way = 'cash' AND state = 'confirmed' AND settled_at >= %(since)s
    """,
    Kind.PETITION: """
        SELECT dossier_code, count(*), '{}'::text[] FROM petitions_petition WHERE filed_at >= %(since)s GROUP BY 1
    """,
    Kind.PETITION_ACT: """
        SELECT m.petition_id || '/' || m.act, count(*), '{}'::text[] FROM petitions_petitionmovement m
        WHERE m.at >= %(since)s AND m.act <> 'file' GROUP BY 1
        UNION ALL SELECT petition_id || '/say_satisfaction', 1, '{}'::text[] FROM petitions_petitionsatisfaction
        WHERE said_at >= %(since)s
    """,
}
"""By kind: key, how often it is there, what may have been promised of it."""

AUDIT: LiteralString = """
    WITH done AS (
        SELECT 'dossiers.' || act AS act, dossier_id || '#' || number AS about, count(*) FROM dossiers_movement
        WHERE at >= %(since)s GROUP BY 1, 2
        UNION ALL SELECT 'petitions.' || act, petition_id::text, count(*) FROM petitions_petitionmovement
        WHERE at >= %(since)s GROUP BY 1, 2
        UNION ALL SELECT 'intake.submit', id::text, 1 FROM intake_draft WHERE submitted_at >= %(since)s
        UNION ALL SELECT 'counter.take_cash', drawer_id || '#' || number, 1 FROM counter_cashentry
        WHERE at >= %(since)s AND kind = 'taken'
        UNION ALL SELECT 'payments.book', id::text, 1 FROM payments_payment WHERE booked_at >= %(since)s
        UNION ALL SELECT 'payments.ask_refund', id::text, 1 FROM payments_refund WHERE asked_at >= %(since)s
        UNION ALL SELECT 'payments.confirm_refund', id::text, 1 FROM payments_refund
        WHERE state = 'confirmed' AND settled_at >= %(since)s
    ), told AS (
        SELECT act, CASE WHEN act LIKE 'dossiers.%%' OR act LIKE 'counter.%%' THEN object_id || '#' || (facts->>'number')
            ELSE object_id END AS about, count(*) FROM audit_record
        WHERE kind = 'act' AND at >= %(since)s AND act IN (SELECT act FROM done) GROUP BY 1, 2
    )
    SELECT coalesce(done.count, 0), coalesce(told.count, 0), act || ' ' || about FROM done FULL JOIN told USING (act, about)
    WHERE done.count IS DISTINCT FROM told.count
"""
"""What was done against what the log tells, both ways: how often it is there, how often it is told, what it is."""

CODES: LiteralString = "SELECT code, count(*) FROM dossiers_dossier WHERE code IS NOT NULL GROUP BY 1"
FILES: LiteralString = "SELECT DISTINCT sha256 FROM files_storedfile WHERE created_at >= %(since)s"
OUTBOX: LiteralString = """
    SELECT CASE WHEN o.state = 'sending' AND o.next_at < now() THEN 'left behind'
        WHEN o.state IN ('waiting', 'sending') AND EXISTS (SELECT 1 FROM connectors_outgoing c WHERE c.system = o.system
            AND c.stream = o.stream AND c.state = 'sending' AND c.next_at >= now()) THEN 'claimed'
        ELSE o.state END, count(*)
    FROM connectors_outgoing o GROUP BY 1
"""
"""A claim of a dead worker runs out by itself (`connectors`): until then it waits, and its stream behind it."""
LETTERS: LiteralString = """
    SELECT system || ' ' || kind || ' ' || external_id || ': ' || state || ' ' || reason FROM connectors_incoming
    WHERE settled_at IS NULL
"""
JOBS: LiteralString = """
    SELECT CASE
        WHEN status IN ('failed', 'aborted') AND (queueing_lock IS NOT NULL OR args ? 'timestamp') THEN 'made good'
        WHEN status = 'doing' AND coalesce(last_heartbeat, '-infinity') < now() - interval '2 minutes' THEN 'left behind'
        ELSE status::text END, count(*)
    FROM procrastinate_jobs LEFT JOIN procrastinate_workers worker ON worker.id = worker_id GROUP BY 1
"""
"""A run of a sweep that broke off is made good by the next one; a dead worker's job is put back; the rest comes to its end."""
WAITING: LiteralString = """
    WITH claimed AS (
        SELECT system, stream FROM connectors_outgoing WHERE state = 'sending' AND next_at >= now()
    )
    SELECT (SELECT count(*) FROM procrastinate_jobs
            WHERE status = 'doing' OR (status = 'todo' AND (scheduled_at IS NULL OR scheduled_at <= now()))),
           (SELECT count(*) FROM connectors_outgoing
            WHERE state IN ('waiting', 'sending') AND (system, stream) NOT IN (SELECT system, stream FROM claimed)),
           (SELECT count(*) FROM claimed),
           (SELECT count(*) FROM connectors_incoming WHERE state = 'arrived')
"""
"""Jobs that are due or being done, messages that wait to go out, claims on messages, messages not acted upon yet."""
STATES: LiteralString = """
    SELECT coalesce(f.external_code, d.code), d.state, EXISTS (
        SELECT 1 FROM connectors_outgoing o WHERE o.stream = d.id::text AND o.state IN ('waiting', 'sending'))
    FROM dossiers_dossier d LEFT JOIN nationalportal_portalfiling f ON f.dossier_id = d.id
    WHERE d.submitted_at >= %(since)s AND coalesce(f.external_code, d.code) IS NOT NULL
"""
"""What the national portal must hold: the code it knows a dossier by, our state, whether a message about it is on its way."""
