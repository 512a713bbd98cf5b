# ruff: noqa: S608 - put together from texts of this module, never from input
"""
The statements that turn purses into rows. Each says once more, for a set, what a command does for one.

`p` is a purse, `t` what its demand comes to, `g` a line of it. Entries of the books are gathered in `booking` first, so
that they are numbered in the order of time; each is a posting of `rules/ledger.py`.
"""

from __future__ import annotations

GIVEN_BACK = "Đã hoàn tiền"
WHAT_FOR = "Phí, lệ phí hồ sơ"
RECEIPT_TITLE = "Biên lai thu phí, lệ phí"
GIVEN_UP = "cancelled"
"""How the platform says that a payer left its page."""

TEMPORARY = """
CREATE TEMPORARY TABLE purse (
    number integer, dossier uuid, person uuid, agency integer, filed_at timestamptz, gap text, price integer,
    asked_at timestamptz, exemption text, exempted_at timestamptz, way text, tried_at timestamptz,
    failed_at timestamptz, begun_at timestamptz, lapsed_at timestamptz, booked_at timestamptz, counter integer,
    why_ended text, voided_at timestamptz, proposed_at timestamptz, refund_asked_at timestamptz,
    leader integer, refunded_at timestamptz, demand uuid, tried uuid, payment uuid, refund uuid, tried_reference text,
    reference text, refund_reference text, entry uuid, back uuid
) ON COMMIT DROP;
CREATE TEMPORARY TABLE price_line (
    price integer, position smallint, fee bigint, is_charge boolean, name text, per text, quantity integer, basis text,
    full_vnd bigint
) ON COMMIT DROP;
CREATE TEMPORARY TABLE posting (occasion text PRIMARY KEY, debit text, credit text) ON COMMIT DROP;
CREATE TEMPORARY TABLE taken_in (way text PRIMARY KEY, occasion text, given_back text, valid interval) ON COMMIT DROP;
"""

_DAY = "({} AT TIME ZONE 'Asia/Ho_Chi_Minh')::date"
_AT = "(({} + {}) AT TIME ZONE 'Asia/Ho_Chi_Minh')"
_ASKED = "purse AS p JOIN priced AS t ON t.price = p.price"
_ISSUED = "p.booked_at + CASE WHEN p.way = 'cash' THEN interval '0' ELSE interval '2 seconds' END"
_BOOKED = f"""
    SELECT agency, way, {_DAY.format("booked_at")} AS day, t.vnd, counter FROM {_ASKED} WHERE booked_at IS NOT NULL
    UNION ALL
    SELECT agency, way, {_DAY.format("refunded_at")}, -t.vnd, NULL FROM {_ASKED} WHERE refunded_at IS NOT NULL
"""

PREPARED = f"""
CREATE TEMPORARY TABLE priced ON COMMIT DROP AS SELECT price, sum(full_vnd)::bigint AS vnd FROM price_line GROUP BY price;
CREATE TEMPORARY TABLE owed_line ON COMMIT DROP AS
    SELECT (SELECT COALESCE(max(id), 0) FROM payments_demandline) + row_number() OVER (
            ORDER BY p.asked_at, p.number, g.position
        ) AS id, p.number AS purse, g.*,
        sum(g.full_vnd) OVER (PARTITION BY p.number ORDER BY g.position DESC) - g.full_vnd AS left_vnd
    FROM purse AS p JOIN price_line AS g ON g.price = p.price;
CREATE TEMPORARY TABLE turnover ON COMMIT DROP AS
    SELECT agency, way, day, sum(vnd)::bigint AS vnd, min(counter) AS counter,
        CASE way WHEN 'cash' THEN {_AT.format("day", "time '17:45'")} ELSE {_AT.format("day + 1", "time '09:00'")} END AS at,
        CASE way WHEN 'cash' THEN 'banked' ELSE 'settled' END AS occasion,
        CASE way WHEN 'cash' THEN 'slip:' || agency || ':' || day ELSE 'payout:' || agency || ':' || day END AS source
    FROM ({_BOOKED}) AS booked WHERE way IN ('cash', 'platform') GROUP BY 1, 2, 3 HAVING sum(vnd) > 0;
DELETE FROM turnover WHERE at > timestamptz '%s';
ANALYZE purse; ANALYZE owed_line; ANALYZE price_line; ANALYZE priced;
"""

_DEMANDS = f"""
INSERT INTO payments_demand (id, dossier_id, agency_id, purpose, state, amount_vnd, raised_at, settled_at)
SELECT demand, dossier, agency, 'fees',
    CASE WHEN voided_at IS NOT NULL THEN 'cancelled' WHEN exempted_at IS NOT NULL THEN 'waived'
        WHEN booked_at IS NOT NULL THEN 'paid' ELSE 'open' END,
    CASE WHEN exempted_at IS NULL THEN t.vnd ELSE 0 END, asked_at, COALESCE(voided_at, exempted_at, booked_at)
FROM {_ASKED}
"""
_LINES = """
INSERT INTO payments_demandline (
    id, demand_id, position, fee_id, is_charge, name, per, quantity, basis, full_vnd, owed_vnd, exemption,
    exempted_by_id, exempted_at, changes
)
SELECT g.id, p.demand, g.position, g.fee, g.is_charge, g.name, g.per, g.quantity, g.basis, g.full_vnd,
    CASE WHEN p.exempted_at IS NULL THEN g.full_vnd ELSE 0 END, COALESCE(p.exemption, ''),
    CASE WHEN p.exempted_at IS NOT NULL THEN p.counter END, p.exempted_at, (p.exempted_at IS NOT NULL)::int
FROM owed_line AS g JOIN purse AS p ON p.number = g.purse ORDER BY g.id;
SELECT setval(pg_get_serial_sequence('payments_demandline', 'id'), max(id)) FROM payments_demandline;
"""
_QUESTIONS = """
INSERT INTO payments_feequestion (id, dossier_id, agency_id, gap, asked_at, answered_at)
SELECT pg_temp.id_at(filed_at, 'question' || dossier), dossier, agency, gap, filed_at, asked_at
FROM purse WHERE gap IS NOT NULL
"""
_PAYMENTS = f"""
INSERT INTO payments_payment (
    id, demand_id, agency_id, way, state, amount_vnd, reference, transaction, begun_at, expires_at, booked_at, ended_at,
    reason, pay_address, taken_by_id
)
SELECT tried, demand, agency, way, 'failed', t.vnd, tried_reference, '', tried_at, tried_at + i.valid, NULL, failed_at,
    '{GIVEN_UP}', '', NULL
FROM {_ASKED} JOIN taken_in AS i USING (way) WHERE tried_at IS NOT NULL
UNION ALL
SELECT payment, demand, agency, way,
    CASE WHEN refunded_at IS NOT NULL THEN 'refunded' WHEN refund_asked_at IS NOT NULL THEN 'refunding'
        WHEN booked_at IS NOT NULL THEN 'booked' WHEN lapsed_at IS NOT NULL THEN 'expired' ELSE 'begun' END,
    t.vnd, reference, CASE WHEN booked_at IS NULL THEN '' ELSE entry::text END, begun_at, begun_at + i.valid, booked_at,
    lapsed_at, '', '', CASE WHEN way = 'cash' THEN counter END
FROM {_ASKED} JOIN taken_in AS i USING (way) WHERE begun_at IS NOT NULL
"""
_INQUIRIES = """
INSERT INTO payments_inquiry (payment_id, tries, next_at)
SELECT tried, 0, NULL::timestamptz FROM purse WHERE way = 'platform' AND tried_at IS NOT NULL
UNION ALL
SELECT payment, 0, CASE WHEN booked_at IS NULL THEN begun_at + interval '2 minutes' END
FROM purse WHERE way = 'platform' AND begun_at IS NOT NULL
"""
_REFUNDS = f"""
INSERT INTO payments_refund (
    id, agency_id, payment_id, stray_id, way, amount_vnd, state, reference, transaction, reason, answer, proposed_at,
    asked_by_id, asked_at, settled_at
)
SELECT refund, agency, payment, NULL, way, t.vnd,
    CASE WHEN refunded_at IS NOT NULL THEN 'confirmed' WHEN refund_asked_at IS NOT NULL THEN 'asked' ELSE 'proposed' END,
    refund_reference, COALESCE(back::text, ''), why_ended, '', proposed_at,
    CASE WHEN refund_asked_at IS NOT NULL THEN leader END, refund_asked_at, refunded_at
FROM {_ASKED} WHERE proposed_at IS NOT NULL
"""
_BOOKING = f"""
CREATE TEMPORARY TABLE booking ON COMMIT DROP AS
SELECT (SELECT COALESCE(max(id), 0) FROM payments_entry) + row_number() OVER (ORDER BY at, source, occasion) AS id, told.*
FROM (
    SELECT p.asked_at AS at, CASE WHEN g.is_charge THEN 'demand_charge' ELSE 'demand_fee' END AS occasion,
        'line:' || g.id || ':0' AS source, g.full_vnd AS vnd, p.agency, p.demand, NULL::uuid AS payment
    FROM owed_line AS g JOIN purse AS p ON p.number = g.purse
    UNION ALL
    SELECT COALESCE(p.exempted_at, p.voided_at), CASE WHEN g.is_charge THEN 'cancel_charge' ELSE 'cancel_fee' END,
        'line:' || g.id || ':1', g.full_vnd, p.agency, p.demand, NULL
    FROM owed_line AS g JOIN purse AS p ON p.number = g.purse
    WHERE p.exempted_at IS NOT NULL OR p.voided_at IS NOT NULL
    UNION ALL
    SELECT p.booked_at, i.occasion, p.way || ':' || p.entry, t.vnd, p.agency, p.demand, p.payment
    FROM {_ASKED} JOIN taken_in AS i USING (way) WHERE p.booked_at IS NOT NULL
    UNION ALL
    SELECT p.refund_asked_at, 'refund_asked', 'refund:' || p.refund, t.vnd, p.agency, p.demand, p.payment
    FROM {_ASKED} WHERE p.refund_asked_at IS NOT NULL
    UNION ALL
    SELECT p.refunded_at, i.given_back, 'refund:' || p.refund, t.vnd, p.agency, p.demand, p.payment
    FROM {_ASKED} JOIN taken_in AS i USING (way) WHERE p.refunded_at IS NOT NULL
    UNION ALL
    SELECT at, occasion, source, vnd, agency, NULL, NULL FROM turnover
) AS told;
INSERT INTO payments_entry (id, agency_id, occasion, source, at, demand_id, payment_id)
SELECT id, agency, occasion, source, at, demand, payment FROM booking ORDER BY id;
INSERT INTO payments_entryleg (entry_id, agency_id, account, vnd)
SELECT b.id, b.agency, leg.account, leg.vnd
FROM booking AS b JOIN posting USING (occasion),
    LATERAL (VALUES (posting.debit, b.vnd), (posting.credit, -b.vnd)) AS leg (account, vnd);
SELECT setval(pg_get_serial_sequence('payments_entry', 'id'), max(id)) FROM payments_entry;
"""

ROWS: tuple[tuple[str, str], ...] = (
    ("Yêu cầu nộp", _DEMANDS),
    ("Dòng phí, lệ phí", _LINES),
    ("Phí chờ cán bộ", _QUESTIONS),
    ("Thanh toán", _PAYMENTS),
    ("Thanh toán chờ hỏi", _INQUIRIES),
    ("Hoàn tiền", _REFUNDS),
    ("Sổ kế toán", _BOOKING),
)
"""What is told while it is written, and the statement."""

NUMBERED = f"""
    SELECT p.number AS key, p.agency AS agency_id, 'BL' AS kind, {_ISSUED} AS at, '{RECEIPT_TITLE}' AS title
    FROM purse AS p WHERE p.booked_at IS NOT NULL
"""
RECEIPTS = (
    """
INSERT INTO payments_feereceipt (
    id, payment_id, agency_id, year, number, register_entry, form, series, tax_code, payer, amount_vnd, issued_at,
    issued_by_id, cancelled_at, cancel_reason
)
SELECT pg_temp.id_at(n.at, 'receipt' || p.payment), p.payment, p.agency, extract(year FROM n.on_day), n.number, n.entry_id,
    COALESCE(place.receipt_form, ''), COALESCE(place.receipt_series, ''), COALESCE(place.tax_code, ''), payer.payer, t.vnd,
    n.at, CASE WHEN p.way = 'cash' THEN p.counter END, p.refunded_at,
    CASE WHEN p.refunded_at IS NULL THEN '' ELSE '"""
    + GIVEN_BACK
    + """' END
FROM receipted AS n JOIN purse AS p ON p.number = n.key JOIN priced AS t ON t.price = p.price
JOIN ({payers}) AS payer ON payer.dossier_id = p.dossier
LEFT JOIN payments_collectingaccount AS place ON place.agency_id = p.agency AND place.valid_to IS NULL
"""
)
VOIDED = f"""
    SELECT n.entry_id, '{GIVEN_BACK}' AS reason, p.refunded_at AS at
    FROM receipted AS n JOIN purse AS p ON p.number = n.key WHERE p.refunded_at IS NOT NULL
"""
CASH = f"""
    SELECT p.entry AS entry_id, p.counter AS officer_id, p.agency AS agency_id, p.dossier AS dossier_id, t.vnd AS amount,
        '{WHAT_FOR}' AS what_for, p.booked_at AS at
    FROM {_ASKED} WHERE p.way = 'cash' AND p.booked_at IS NOT NULL
"""

_ACTS = f"""
    SELECT asked_at AS at, 'demand' AS act, CASE gap WHEN 'quantity' THEN counter END AS officer, NULL::uuid AS payer,
        'demand' AS what, demand::text AS key, jsonb_build_object('amount', t.vnd) AS facts
    FROM {_ASKED}
    UNION ALL
    SELECT p.exempted_at, 'exempt', p.counter, NULL, 'demand', p.demand::text,
        jsonb_build_object('line', g.position, 'reason', p.exemption, 'amount', g.left_vnd)
    FROM owed_line AS g JOIN purse AS p ON p.number = g.purse WHERE p.exempted_at IS NOT NULL
    UNION ALL
    SELECT tried_at, 'begin', NULL, person, 'payment', tried::text, jsonb_build_object('way', way, 'amount', t.vnd)
    FROM {_ASKED} WHERE tried_at IS NOT NULL
    UNION ALL
    SELECT begun_at, 'begin', NULL, person, 'payment', payment::text, jsonb_build_object('way', way, 'amount', t.vnd)
    FROM {_ASKED} WHERE begun_at IS NOT NULL AND way <> 'cash'
    UNION ALL
    SELECT booked_at, 'book', CASE way WHEN 'cash' THEN counter END, NULL, 'payment', payment::text,
        jsonb_build_object('way', way, 'amount', t.vnd)
    FROM {_ASKED} WHERE booked_at IS NOT NULL
    UNION ALL
    SELECT n.at, 'issue_receipt', CASE way WHEN 'cash' THEN counter END, NULL, 'receipt',
        pg_temp.id_at(n.at, 'receipt' || p.payment)::text, jsonb_build_object('number', n.number)
    FROM receipted AS n JOIN purse AS p ON p.number = n.key
    UNION ALL
    SELECT voided_at, 'cancel_demand', NULL, NULL, 'demand', demand::text, '{{}}' FROM purse AS p WHERE voided_at IS NOT NULL
    UNION ALL
    SELECT proposed_at, 'propose_refund', NULL, NULL, 'refund', refund::text, jsonb_build_object('amount', t.vnd)
    FROM {_ASKED} WHERE proposed_at IS NOT NULL
    UNION ALL
    SELECT refund_asked_at, 'ask_refund', leader, NULL, 'refund', refund::text, jsonb_build_object('amount', t.vnd)
    FROM {_ASKED} WHERE refund_asked_at IS NOT NULL
    UNION ALL
    SELECT refunded_at, 'confirm_refund', NULL, NULL, 'refund', refund::text, jsonb_build_object('amount', t.vnd)
    FROM {_ASKED} WHERE refunded_at IS NOT NULL
    UNION ALL
    SELECT p.refunded_at, 'cancel_receipt', NULL, NULL, 'receipt', pg_temp.id_at(n.at, 'receipt' || p.payment)::text,
        jsonb_build_object('number', n.number)
    FROM receipted AS n JOIN purse AS p ON p.number = n.key WHERE p.refunded_at IS NOT NULL
    UNION ALL
    SELECT at, CASE occasion WHEN 'banked' THEN 'carry_to_bank' ELSE 'settle' END,
        CASE occasion WHEN 'banked' THEN counter END, NULL, 'books', agency::text,
        CASE occasion WHEN 'banked' THEN jsonb_build_object('amount', vnd)
            ELSE jsonb_build_object('amount', vnd, 'source', source) END
    FROM turnover
"""
RECORDS = f"""
    SELECT told.at, 'payments.' || told.act AS act,
        CASE WHEN told.officer IS NOT NULL THEN 'officer' WHEN told.payer IS NOT NULL THEN 'citizen' ELSE 'system' END
            AS actor_kind,
        COALESCE(who.account_id, citizen.id) AS account_id, told.payer AS person_id, who.id AS appointment_id,
        who.agency_id, 'payments.' || told.what AS object_type, told.key AS object_id, told.facts
    FROM ({_ACTS}) AS told
    LEFT JOIN identity_appointment AS who ON who.id = told.officer
    LEFT JOIN identity_account AS citizen ON told.payer IS NOT NULL AND citizen.person_id = told.payer
"""
