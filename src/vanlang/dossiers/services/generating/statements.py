# ruff: noqa: S608 - put together from texts of this module, never from input
"""
The statements that turn lives into rows. Each says once more, for a set, what a command does for one.

`l` is a life, `g` a leg of its course that happened, `e` the last one: where the dossier stands.
"""

from __future__ import annotations

TEMPORARY = """
CREATE TEMPORARY TABLE life (
    number integer, id uuid, course integer, done smallint, offer integer, intake integer, competent integer,
    adviser integer, officers integer[], person uuid, entity uuid, channel text, at timestamptz[], due timestamptz[],
    step_due timestamptz[], said text[], process jsonb, ends timestamptz[], forecast boolean,
    answer_due_at timestamptz, opinion_due_at timestamptz, scanned boolean, until timestamptz
) ON COMMIT DROP;
CREATE TEMPORARY TABLE leg (
    course integer, number smallint, act text, by smallint, before text, state text, party text, clock text,
    waits_for text, lies_at text, holder smallint, unit smallint, specialist smallint, position smallint,
    ended_step smallint, on_paper boolean, supplements smallint, extensions smallint, supplement_proposed boolean,
    is_paused boolean, paused_by smallint, received_by smallint, finished_by smallint, released_by smallint,
    delivered_by smallint, proposed_by smallint, approved_by smallint, answered_by smallint,
    PRIMARY KEY (course, number)
) ON COMMIT DROP;
CREATE TEMPORARY TABLE offer (
    number integer PRIMARY KEY, version_id integer, case_id integer, code text, name text, request text, title text,
    book_kind text, words text, phase smallint
) ON COMMIT DROP;
CREATE TEMPORARY TABLE offer_limit (
    offer integer, channel text, amount numeric, unit text, more_amount numeric, more_unit text,
    PRIMARY KEY (offer, channel)
) ON COMMIT DROP;
CREATE TEMPORARY TABLE paper (
    offer integer, position smallint, document_id integer, name text, file_name text, originals smallint, copies smallint
) ON COMMIT DROP;
CREATE TEMPORARY TABLE officer ON COMMIT DROP AS
    SELECT appointment.id, appointment.account_id, appointment.agency_id, appointment.unit_id, appointment.title,
        account.full_name
    FROM identity_appointment AS appointment JOIN identity_account AS account ON account.id = appointment.account_id;
ALTER TABLE officer ADD PRIMARY KEY (id);
CREATE FUNCTION pg_temp.token(what text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT translate(left(encode(sha256(what::bytea), 'base64'), 24), '+/', '-_')
$$;
CREATE FUNCTION pg_temp.iso(at timestamptz) RETURNS text LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT to_char(at AT TIME ZONE 'Asia/Ho_Chi_Minh', 'YYYY-MM-DD"T"HH24:MI:SS"+07:00"')
$$;
"""

_LEGS = "life AS l JOIN leg AS g ON g.course = l.course AND g.number <= l.done"
_END = "life AS l JOIN leg AS e ON e.course = l.course AND e.number = l.done"
_COUNTED = "LEFT JOIN coded AS c ON c.life = l.number"

CODES = f"""
CREATE TEMPORARY TABLE coded ON COMMIT DROP AS
    SELECT l.number AS life, agency.id AS agency_id, day,
        row_number() OVER (PARTITION BY agency.id, day ORDER BY l.at[e.received_by], l.number) AS last,
        agency.code || '-' || to_char(day, 'YYMMDD') || '-' AS head
    FROM {_END} JOIN organizations_agency AS agency ON agency.id = l.intake,
        LATERAL (SELECT (l.at[e.received_by] AT TIME ZONE 'Asia/Ho_Chi_Minh')::date AS day) AS received
    WHERE e.received_by IS NOT NULL;
ALTER TABLE coded ADD COLUMN code text;
UPDATE coded SET code = head || lpad(last::text, greatest(4, length(last::text)), '0');
ALTER TABLE coded ADD PRIMARY KEY (life);
ANALYZE life; ANALYZE leg; ANALYZE coded; ANALYZE officer;
INSERT INTO dossiers_codecounter (agency_id, day, last) SELECT agency_id, day, max(last) FROM coded GROUP BY 1, 2 ORDER BY 1, 2;
"""

NUMBERED = f"""
    SELECT l.number AS key, l.competent AS agency_id, o.book_kind AS kind, l.at[e.released_by] AS at, o.title AS title
    FROM {_END} JOIN offer AS o ON o.number = l.offer
    WHERE e.released_by IS NOT NULL
"""

_DOSSIER = f"""
INSERT INTO dossiers_dossier (
    id, code, state, version, procedure_version_id, case_id, procedure_code, procedure_name, request, channel, answers,
    process, position, intake_agency_id, competent_agency_id, return_agency_id, opinion_agency_id, advisers,
    advising_units, waits_for, lies_at_id, holder_id, holder_unit_id, specialist_id, submitted_at, answer_due_at,
    received_at, limit_amount, limit_unit, due_at, original_due_at, due_is_forecast, calendar_version, step_due_at,
    paused_at, finished_at, released_at, delivered_at, moved_at, corrections, on_paper, outcome_revoked,
    supplement_proposed, apology_drafted, supplements, extensions, receipt_token, search_key,
    applicant_id, applicant_entity_id, applicant_name, applicant_personal_id, applicant_entity_number,
    applicant_address, applicant_phone, applicant_email, agent_id, agent_name, agent_number, agent_phone, authority,
    ground, subject_id, subject_entity_id, subject_name, subject_number, subject_address, operator_id,
    operator_appointment_id, payer_id, payer_entity_id, payer_name, payer_number, payer_address,
    recipient_id, recipient_entity_id, recipient_name, recipient_number, recipient_phone
)
SELECT
    l.id, c.code, e.state, l.done, o.version_id, o.case_id, o.code, o.name, o.request, l.channel, '{{}}',
    l.process, e.position, l.intake, l.competent, l.intake,
    CASE WHEN e.state = 'awaiting_opinion' THEN l.adviser END,
    CASE WHEN e.state = 'awaiting_opinion' THEN ARRAY[l.adviser] ELSE '{{}}' END,
    '{{}}', e.waits_for,
    CASE e.lies_at WHEN 'competent' THEN l.competent WHEN 'opinion' THEN l.adviser
        WHEN 'intake' THEN l.intake WHEN 'return' THEN l.intake END,
    l.officers[e.holder + 1], unit_of.unit_id, l.officers[e.specialist + 1], l.at[1], l.answer_due_at,
    l.at[e.received_by], CASE WHEN e.received_by IS NOT NULL THEN t.amount END,
    CASE WHEN e.received_by IS NOT NULL THEN t.unit ELSE '' END,
    l.due[l.done], l.due[e.received_by], l.forecast,
    CASE WHEN e.received_by IS NOT NULL THEN edition.id ELSE 0 END,
    CASE WHEN e.received_by IS NOT NULL THEN l.ends[e.position + 1] END,
    CASE WHEN e.is_paused THEN l.at[e.paused_by] END, l.at[e.finished_by], l.at[e.released_by], l.at[e.delivered_by],
    l.at[l.done], 0, e.on_paper, false, e.supplement_proposed, false, e.supplements, e.extensions,
    pg_temp.token('receipt' || l.id),
    concat_ws(' ', lower(c.code), COALESCE(b.search_name || ' ' || lower(b.number), p.search_name), o.words),
    CASE WHEN l.entity IS NULL THEN l.person END, l.entity, COALESCE(b.name, p.full_name),
    CASE WHEN l.entity IS NULL THEN p.personal_id ELSE '' END, COALESCE(b.number, ''),
    COALESCE(b.address, p.address), COALESCE(b.phone, p.phone), COALESCE(b.email, p.email),
    CASE WHEN l.entity IS NOT NULL THEN l.person END, CASE WHEN l.entity IS NOT NULL THEN p.full_name ELSE '' END,
    CASE WHEN l.entity IS NOT NULL THEN p.personal_id ELSE '' END,
    CASE WHEN l.entity IS NOT NULL THEN p.phone ELSE '' END,
    CASE WHEN l.entity IS NULL THEN 'own' ELSE 'representative' END, '',
    CASE WHEN l.entity IS NULL THEN l.person END, l.entity, COALESCE(b.name, p.full_name),
    COALESCE(b.number, p.personal_id), COALESCE(b.address, p.address),
    CASE WHEN f.by = 0 THEN l.person END, CASE WHEN f.by <> 0 THEN l.officers[f.by + 1] END,
    CASE WHEN l.entity IS NULL THEN l.person END, l.entity, COALESCE(b.name, p.full_name),
    COALESCE(b.number, p.personal_id), COALESCE(b.address, p.address),
    CASE WHEN l.entity IS NULL THEN l.person END, l.entity, COALESCE(b.name, p.full_name),
    COALESCE(b.number, p.personal_id), COALESCE(b.phone, p.phone)
FROM {_END}
JOIN leg AS f ON f.course = l.course AND f.number = 1
JOIN offer AS o ON o.number = l.offer
JOIN offer_limit AS t ON t.offer = l.offer AND t.channel = l.channel
JOIN identity_person AS p ON p.id = l.person
LEFT JOIN identity_legalentity AS b ON b.id = l.entity
{_COUNTED}
LEFT JOIN officer AS unit_of ON unit_of.id = l.officers[e.unit + 1]
CROSS JOIN (SELECT COALESCE(max(id), 0) AS id FROM calendars_edition) AS edition
"""

_SEATS = """
INSERT INTO dossiers_seat (
    dossier_id, agency_id, intakes, decides, advises, returns, here, advising_units, state, waits_for, channel, code,
    procedure_name, procedure_code, applicant_name, applicant_is_entity, subject_name, holder_id, holder_unit_id,
    submitted_at, arrived_at, due_at, due_is_forecast, paused, finished_at, moved_at, search_key
)
SELECT
    d.id, agency, agency = d.intake_agency_id, agency = d.competent_agency_id, agency = ANY (d.advisers),
    agency = d.return_agency_id, agency IS NOT DISTINCT FROM d.lies_at_id OR agency = ANY (d.advisers), '{}',
    d.state, d.waits_for, d.channel, d.code, d.procedure_name, d.procedure_code, d.applicant_name,
    d.applicant_entity_id IS NOT NULL, '', d.holder_id, d.holder_unit_id, d.submitted_at,
    COALESCE(d.received_at, d.submitted_at),
    COALESCE(CASE WHEN agency = ANY (d.advisers) THEN l.opinion_due_at END, d.due_at, d.answer_due_at),
    d.due_is_forecast, d.paused_at IS NOT NULL AND NOT agency = ANY (d.advisers), d.finished_at, d.moved_at, d.search_key
FROM life AS l JOIN dossiers_dossier AS d ON d.id = l.id,
    LATERAL (SELECT d.intake_agency_id AS agency UNION SELECT d.competent_agency_id UNION SELECT unnest(d.advisers)) AS seated
"""

_WORDS = "INSERT INTO dossiers_seatwords (seat_id, agency_id, search_key) SELECT id, agency_id, search_key FROM dossiers_seat"

_OPINION_ID = "pg_temp.id_at(l.at[{asked}], 'opinion' || l.id)"

_FACTS = f"""
    CASE g.act
        WHEN 'deliver' THEN jsonb_build_object('channel', 'direct', 'receiver', p.full_name)
        WHEN 'refuse' THEN jsonb_build_object('reasons', jsonb_build_array(l.said[g.number]), 'legal_ground', '', 'guidance', '')
        WHEN 'stop' THEN jsonb_build_object('legal_ground', '', 'guidance', '')
        WHEN 'consult' THEN jsonb_build_object(
            'opinions', jsonb_build_array({_OPINION_ID.format(asked="g.number")}), 'due_at', pg_temp.iso(l.opinion_due_at))
        WHEN 'give_opinion' THEN jsonb_build_object(
            'opinion_id', {_OPINION_ID.format(asked="g.number - 1")}, 'late', l.at[g.number] > l.opinion_due_at)
        WHEN 'propose_supplement' THEN jsonb_build_object('again_ground', 'inspection_found_it', 'again_reason', l.said[g.number])
        WHEN 'approve_supplement' THEN jsonb_build_object('again_ground', 'inspection_found_it', 'again_reason', l.said[g.number - 1])
        WHEN 'close_phase' THEN jsonb_build_object('phase', o.phase)
        WHEN 'fulfil_obligation' THEN jsonb_build_object('papers', '[]'::jsonb)
        ELSE '{{}}'
    END
"""

_MOVEMENTS = f"""
INSERT INTO dossiers_movement (
    id, dossier_id, number, act, from_state, to_state, at, party, account_id, appointment_id, agency_id, actor_name,
    actor_title, receiver_id, receiver_unit_id, note, facts, step_name, step_due_at, due_at
)
SELECT
    pg_temp.id_at(l.at[g.number], 'act' || g.number || l.id), l.id, g.number, g.act, g.before, g.state, l.at[g.number],
    g.party, COALESCE(who.account_id, citizen.id), who.id, who.agency_id, COALESCE(who.full_name, ''),
    COALESCE(who.title, ''), l.officers[g.holder + 1], unit_of.unit_id, COALESCE(l.said[g.number], ''), {_FACTS},
    COALESCE(l.process -> g.ended_step::int ->> 'name', ''), l.step_due[g.number], l.due[g.number]
FROM {_LEGS}
JOIN offer AS o ON o.number = l.offer
JOIN identity_person AS p ON p.id = l.person
LEFT JOIN officer AS who ON g.by > 0 AND who.id = l.officers[g.by + 1]
LEFT JOIN officer AS unit_of ON unit_of.id = l.officers[g.unit + 1]
LEFT JOIN identity_account AS citizen ON g.by = 0 AND citizen.person_id = l.person
"""

RECORDS = f"""
    SELECT l.at[g.number] AS at, 'dossiers.' || g.act AS act,
        CASE WHEN g.by = 0 THEN 'citizen' ELSE 'officer' END AS actor_kind,
        COALESCE(who.account_id, citizen.id) AS account_id, CASE WHEN g.by = 0 THEN l.person END AS person_id,
        who.id AS appointment_id, who.agency_id AS agency_id, 'dossier' AS object_type, l.id::text AS object_id,
        jsonb_build_object(
            'code', CASE WHEN g.number >= e.received_by THEN c.code END, 'from', g.before, 'to', g.state, 'number', g.number
        ) AS facts
    FROM {_LEGS} JOIN leg AS e ON e.course = l.course AND e.number = l.done
    {_COUNTED}
    LEFT JOIN officer AS who ON g.by > 0 AND who.id = l.officers[g.by + 1]
    LEFT JOIN identity_account AS citizen ON g.by = 0 AND citizen.person_id = l.person
"""

_DUE_CHANGES = f"""
INSERT INTO dossiers_duechange (
    id, dossier_id, kind, at, from_due_at, to_due_at, reason, approver_id, paused_from_at, paused_to_at, pause_reason,
    more_amount, more_unit
)
SELECT
    pg_temp.id_at(l.at[g.number], 'due' || g.number || l.id), l.id, CASE g.act WHEN 'extend' THEN 'extended' ELSE 'resumed' END,
    l.at[g.number], l.due[g.number - 1], l.due[g.number],
    CASE WHEN g.act = 'extend' THEN l.said[g.number]
        ELSE CASE g.before WHEN 'awaiting_supplement' THEN 'Chờ bổ sung lần ' || g.supplements
            WHEN 'awaiting_opinion' THEN 'Chờ ý kiến cơ quan khác' ELSE 'Chờ người nộp thực hiện nghĩa vụ' END END,
    CASE WHEN g.act = 'extend' THEN l.officers[g.by + 1] END,
    CASE WHEN g.clock = 'resume' THEN l.at[g.paused_by] END, CASE WHEN g.clock = 'resume' THEN l.at[g.number] END,
    CASE WHEN g.clock <> 'resume' THEN '' WHEN g.before = 'awaiting_opinion' THEN 'other_agency' ELSE 'supplement' END,
    CASE WHEN g.act = 'extend' THEN t.more_amount END, CASE WHEN g.act = 'extend' THEN t.more_unit ELSE '' END
FROM {_LEGS} JOIN offer_limit AS t ON t.offer = l.offer AND t.channel = l.channel
WHERE g.clock = 'resume' OR g.act = 'extend'
"""

_ATTACHMENTS = """
INSERT INTO dossiers_attachment (
    id, dossier_id, kind, required_document_id, file_id, name, originals, copies, added_at, account_id
)
SELECT
    pg_temp.id_at(l.at[1], 'paper' || paper.position || l.id), l.id, 'submitted', paper.document_id,
    CASE WHEN l.scanned THEN pg_temp.id_at(l.at[1], 'file' || paper.position || l.id) END, paper.name,
    CASE WHEN f.by = 0 THEN 0 ELSE paper.originals END, CASE WHEN f.by = 0 THEN 0 ELSE paper.copies END,
    l.at[1], COALESCE(who.account_id, citizen.id)
FROM life AS l JOIN leg AS f ON f.course = l.course AND f.number = 1
JOIN paper ON paper.offer = l.offer
LEFT JOIN officer AS who ON f.by > 0 AND who.id = l.officers[f.by + 1]
LEFT JOIN identity_account AS citizen ON f.by = 0 AND citizen.person_id = l.person
"""

_ASKED_FOR = """
    LEFT JOIN paper AS wanted ON wanted.offer = l.offer AND wanted.position = 0,
    LATERAL (
        SELECT COALESCE(wanted.document_id::text, 'extra') AS key, COALESCE(wanted.name, 'Giấy tờ bổ sung') AS label,
            COALESCE(wanted.file_name, 'Giấy tờ bổ sung.png') AS file_name
    ) AS item
"""
_ANSWERED_PAPERS = f"""
INSERT INTO dossiers_attachment (
    id, dossier_id, kind, required_document_id, file_id, name, originals, copies, added_at, account_id
)
SELECT
    pg_temp.id_at(l.at[g.number], 'answer' || g.number || l.id), l.id, 'supplement', wanted.document_id,
    pg_temp.id_at(l.at[g.number], 'answer file' || g.number || l.id), item.label, 0, 0, l.at[g.number], citizen.id
FROM {_LEGS} JOIN identity_account AS citizen ON citizen.person_id = l.person
    {_ASKED_FOR}
WHERE g.act = 'answer_supplement'
"""

_ASKING = "g.act IN ('request_supplement', 'approve_supplement')"
_REQUEST_ID = "pg_temp.id_at(l.at[g.number], 'request' || g.number || l.id)"
_REQUESTS = f"""
INSERT INTO dossiers_supplementrequest (
    id, dossier_id, number, stage, note, asked_at, asked_by_id, answered_at, again_ground, again_reason
)
SELECT
    {_REQUEST_ID}, l.id, g.supplements, g.before, '', l.at[g.number],
    l.officers[CASE g.act WHEN 'approve_supplement' THEN 2 ELSE g.by END + 1], l.at[g.answered_by],
    CASE g.act WHEN 'approve_supplement' THEN 'inspection_found_it' ELSE '' END,
    CASE g.act WHEN 'approve_supplement' THEN l.said[g.number - 1] ELSE '' END
FROM {_LEGS} WHERE {_ASKING}
"""
_ITEMS = f"""
INSERT INTO dossiers_supplementitem (id, request_id, dossier_id, position, kind, key, label, reason, attachment_id)
SELECT
    pg_temp.id_at(l.at[g.number], 'item' || g.number || l.id), {_REQUEST_ID}, l.id, 0, 'document', item.key, item.label,
    'Ảnh chụp mờ, không đọc được',
    CASE WHEN g.answered_by <= l.done THEN pg_temp.id_at(l.at[g.answered_by], 'answer' || g.answered_by || l.id) END
FROM {_LEGS} {_ASKED_FOR} WHERE {_ASKING}
"""
_PROPOSALS = f"""
INSERT INTO dossiers_supplementproposal (
    id, dossier_id, items, note, again_ground, again_reason, proposed_at, proposed_by_id, decided_at, decided_by_id,
    approved, decision_note
)
SELECT
    pg_temp.id_at(l.at[g.number], 'proposal' || l.id), l.id,
    jsonb_build_array(jsonb_build_object('kind', 'document', 'key', item.key, 'label', item.label, 'reason', 'Ảnh chụp mờ, không đọc được')),
    '', 'inspection_found_it', l.said[g.number], l.at[g.number], l.officers[g.by + 1], l.at[g.answered_by],
    CASE WHEN g.answered_by <= l.done THEN l.officers[4] END, CASE WHEN g.answered_by <= l.done THEN true END, ''
FROM {_LEGS} {_ASKED_FOR} WHERE g.act = 'propose_supplement'
"""
_OPINIONS = f"""
INSERT INTO dossiers_opinion (
    id, dossier_id, agency_id, question, asked_at, asked_by_id, limit_days, due_at, answer, answered_at, answered_by_id,
    forgone_why
)
SELECT
    {_OPINION_ID.format(asked="g.number")}, l.id, l.adviser, l.said[g.number], l.at[g.number], l.officers[g.by + 1], 5,
    l.opinion_due_at, COALESCE(l.said[g.answered_by], ''), l.at[g.answered_by],
    CASE WHEN g.answered_by <= l.done THEN l.officers[6] END, ''
FROM {_LEGS} WHERE g.act = 'consult'
"""
_OUTCOMES = f"""
INSERT INTO dossiers_outcome (
    id, dossier_id, edition, kind, medium, title, summary, book_kind, number, proposed_by_id, proposed_at,
    approved_by_id, approved_at, released_at, token, revoked_why, revocation_number
)
SELECT
    pg_temp.id_at(l.at[e.proposed_by], 'outcome' || l.id), l.id, 1, 'granted', 'paper', o.title, '{{}}', o.book_kind,
    COALESCE(n.symbol, ''), l.officers[3], l.at[e.proposed_by],
    CASE WHEN e.approved_by IS NOT NULL THEN l.officers[4] END, l.at[e.approved_by], l.at[e.released_by],
    pg_temp.token('outcome' || l.id), '', ''
FROM {_END} JOIN offer AS o ON o.number = l.offer LEFT JOIN numbered AS n ON n.key = l.number
WHERE e.proposed_by IS NOT NULL
"""

RATED = f"""
    SELECT l.*, e.number AS last, rated_at, 1 + mark AS overall
    FROM {_END},
        LATERAL (SELECT l.at[l.done] + interval '5 minutes' * (1 + l.number % 200) AS rated_at) AS moment,
        LATERAL (SELECT (ARRAY[4, 4, 4, 3, 3, 4, 2, 4, 3, 1, 4, 0])[1 + l.number / 7 % 12] AS mark) AS marked
    WHERE e.state IN ('delivered', 'released', 'refused', 'stopped') AND l.entity IS NULL
        AND l.number % 9 = 4 AND rated_at <= l.until
"""
"""Who says something of a dossier that is done: one citizen in nine, most of them content. Assumed."""

_RATINGS = f"""
INSERT INTO dossiers_rating (dossier_id, agency_id, person_id, way, marks, overall, text, rated_at, changed_at)
SELECT id, competent, person, 'signed_in', jsonb_build_object('overall', overall), overall, '', rated_at, rated_at
FROM ({RATED}) AS rated
"""

RATING_RECORDS = f"""
    SELECT rated_at AS at, 'dossiers.rate' AS act, 'system' AS actor_kind, NULL::bigint AS account_id, NULL::uuid AS person_id,
        NULL::bigint AS appointment_id, NULL::int AS agency_id, 'dossier' AS object_type, id::text AS object_id,
        jsonb_build_object('way', 'signed_in') AS facts
    FROM ({RATED}) AS rated
"""

FILES = f"""
    SELECT pg_temp.id_at(l.at[1], 'file' || paper.position || l.id) AS id, paper.file_name AS name, l.at[1] AS at,
        COALESCE(who.account_id, citizen.id) AS account_id
    FROM life AS l JOIN leg AS f ON f.course = l.course AND f.number = 1
    JOIN paper ON paper.offer = l.offer
    LEFT JOIN officer AS who ON f.by > 0 AND who.id = l.officers[f.by + 1]
    LEFT JOIN identity_account AS citizen ON f.by = 0 AND citizen.person_id = l.person
    WHERE l.scanned
    UNION ALL
    SELECT pg_temp.id_at(l.at[g.number], 'answer file' || g.number || l.id), item.file_name, l.at[g.number], citizen.id
    FROM {_LEGS} JOIN identity_account AS citizen ON citizen.person_id = l.person {_ASKED_FOR}
    WHERE g.act = 'answer_supplement'
"""

ROWS: tuple[tuple[str, str], ...] = (
    ("Hồ sơ", _DOSSIER),
    ("Kết quả", _OUTCOMES),
    ("Chỗ của cơ quan", _SEATS),
    ("Từ khóa tìm kiếm", _WORDS),
    ("Quá trình", _MOVEMENTS),
    ("Thay đổi hạn", _DUE_CHANGES),
    ("Giấy tờ", _ATTACHMENTS),
    ("Giấy tờ bổ sung", _ANSWERED_PAPERS),
    ("Yêu cầu bổ sung", _REQUESTS),
    ("Nội dung bổ sung", _ITEMS),
    ("Đề nghị bổ sung lần hai", _PROPOSALS),
    ("Ý kiến", _OPINIONS),
    ("Đánh giá", _RATINGS),
)
"""What is told while it is written, and the statement."""
