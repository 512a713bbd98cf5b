"""
A message is seen by whoever it was told to, and by the agency that told it; the system sends. Histories are only added to.

Officers' accounts are nobody's person: what they were told is asked for by the system, for exactly one account.
"""

from __future__ import annotations

from django.db import migrations

OWN = "person_id = NULLIF(current_setting('vanlang.person', true), '')::uuid"
SYSTEM = "current_setting('vanlang.scope', true) = 'system'"
AGENCY = "agency_id = NULLIF(current_setting('vanlang.agency', true), '')::int"

ROWS = """
ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
ALTER TABLE {table} FORCE ROW LEVEL SECURITY;
CREATE POLICY {name}_written ON {table} USING ({system});
"""
READ = "CREATE POLICY {name}_rows ON {table} FOR SELECT USING ({visible});"
KEPT = "REVOKE DELETE, TRUNCATE ON {table} FROM vanlang_app;"
ADD_ONLY = "REVOKE UPDATE ON {table} FROM vanlang_app;"

OF_A_MESSAGE = """EXISTS (
    SELECT 1 FROM notifications_message AS message
    WHERE message.id = notifications_delivery.message_id AND message.{own}
)"""

TABLES = {
    "message": f"{AGENCY} OR {OWN}",
    "delivery": f"{AGENCY} OR {OF_A_MESSAGE.format(own=OWN)}",
    "attempt": AGENCY,
    "channelpreference": OWN,
    "pushsubscription": OWN,
    "dailycap": f"{AGENCY} OR agency_id IS NULL",
    "spending": f"{AGENCY} OR agency_id IS NULL",
}


def statements() -> list[str]:
    """Return what is run, table by table."""
    made = []
    for name, visible in TABLES.items():
        table = f"notifications_{name}"
        made.append(ROWS.format(table=table, name=name, system=SYSTEM))
        made.append(READ.format(table=table, name=name, visible=visible))
    kept = [KEPT.format(table=f"notifications_{name}") for name in ("message", "delivery", "attempt", "receipt")]
    only_added_to = [ADD_ONLY.format(table=f"notifications_{name}") for name in ("attempt", "receipt")]
    return [*made, *kept, *only_added_to]


class Migration(migrations.Migration):
    dependencies = [("notifications", "0001_initial")]
    operations = [
        migrations.RunSQL(statement, reverse_sql=migrations.RunSQL.noop) for statement in statements()
    ]
