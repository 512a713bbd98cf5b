"""Nobody changes or deletes a line, the owner of the table included; an agency's officers see their own."""

from __future__ import annotations

from django.db import migrations

APPEND_ONLY = """
CREATE FUNCTION audit_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'audit records are never changed' USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE ON audit_record
    FOR EACH ROW EXECUTE FUNCTION audit_refuse_change();
REVOKE UPDATE, DELETE, TRUNCATE ON audit_record FROM vanlang_app;

ALTER TABLE audit_record ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit_record FORCE ROW LEVEL SECURITY;
CREATE POLICY audit_write ON audit_record FOR INSERT WITH CHECK (true);
CREATE POLICY audit_look ON audit_record FOR SELECT USING (
    current_setting('vanlang.scope', true) = 'system'
    OR agency_id = current_setting('vanlang.agency', true)::int
    OR person_id = current_setting('vanlang.person', true)::uuid
);
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [migrations.RunSQL(APPEND_ONLY, reverse_sql=migrations.RunSQL.noop)]
