"""
Memory: who did what, when, in which role; and who read whose data, for what.

Two commands. `record_act` is called by every command of the house in its own transaction, so an act and its
line stand or fall together. `record_read` is called before personal data is shown: no line, no data. Lines
carry codes and ids, never personal data, and the database refuses to change or delete one, for the owner of
the table too. (Making the log provable to outsiders is a later floor; it reads these rows.)
"""

from vanlang.audit.queries import list_acts, list_records
from vanlang.audit.services import record_act, record_acts, record_acts_from, record_read, record_told
from vanlang.audit.types import ActorRef, RecordCard, Told

__all__ = [
    "ActorRef",
    "RecordCard",
    "Told",
    "list_acts",
    "list_records",
    "record_act",
    "record_acts",
    "record_acts_from",
    "record_read",
    "record_told",
]
