"""
The province and the national portal, both ways (ADR 0019, 0020; docs/reference/national-portal.md).

**Out.** Whatever happens to a dossier is written into the outbox of `connectors`, by the event of the act: a snapshot
(`DongBoHoSoMC`) and every step up to it that was not told yet (`CapNhatTienDoHoSoMC`), in order. So is an appointment that a
calendar moved, and money. What is said is composed when it is sent, from the rows that are true then (`queries/composing.py`),
through a codec that is pure (`rules/codec.py`): no flag without its rows, no identity that nobody has, no state but the dossier's
own, nothing cut. Steps only add, so whoever is not sure whether one was taken looks before it is told again.

    manage.py nationalportal tell --from 01/11/2026 --to 30/11/2026    what moved on those days and was never told

**In.** What the portal pushes is kept before it is answered (`views/wire.py`) and applied by the same commands as any other
filing (`arrivals/`): one module for each matter, each with its receivers. Papers are fetched before, outside any transaction, from
the portal alone, through the checks of every upload. What cannot be applied is a person's task with a sentence; mended, it is
tried again, and keeps the day on which it was filed there.

**Whose it is.** A *route* (procedure version, agency, period) says that another system processes; what is filed under it is a
read-only reference. A second system's claim changes nothing and waits for a person.

    portal_code_of(dossier_id)      its code at the portal, for whoever sees the dossier; "" when it was filed here
    list_foreign_of(person_id)      a citizen's dossiers that other systems process
    count_foreign(agency_id)

**Not handed in again.** What the national store already holds of a person replaces papers of their case: asked with their personal id,
for a purpose, the look logged; the file fetched from the portal and laid into the dossier only when its signature is valid. That
row, and no other, is what `DuocLayTuKhoDMQG` and `DuocTaiSuDung` are told from.

    ask_store(matter=Matter(…))                     ask, and keep what it named; False: it was silent
    get_store(matter_id, case=…)  → StoreCard       what can be asked, what it named, why it was silent
    use_in_draft(draft_id, result_id)               instead of an upload
    bring(matter=…, result_id=…)  → Brought         at the counter, for the filing that follows
    list_origins(dossier_id)                        which files of a dossier came from there

The line itself is `adapters/client.py`: one login, one connection, failures named for what they mean to what was sent.
"""

from vanlang.nationalportal.cards import ForeignCard, StoreCard, StoredResultCard, StoreOrigin
from vanlang.nationalportal.errors import (
    PortalError,
    ResultNotFoundError,
    ResultUnusableError,
    StoreSilentError,
)
from vanlang.nationalportal.queries.keys import portal_code_of
from vanlang.nationalportal.queries.ownership import count_foreign, list_foreign_of
from vanlang.nationalportal.queries.store import get_store, list_origins
from vanlang.nationalportal.services.store import Brought, Matter, ask_store, bring, use_in_draft
from vanlang.nationalportal.types import SYSTEM, FiledBy

__all__ = [
    "SYSTEM",
    "Brought",
    "FiledBy",
    "ForeignCard",
    "Matter",
    "PortalError",
    "ResultNotFoundError",
    "ResultUnusableError",
    "StoreCard",
    "StoreOrigin",
    "StoreSilentError",
    "StoredResultCard",
    "ask_store",
    "bring",
    "count_foreign",
    "get_store",
    "list_foreign_of",
    "list_origins",
    "portal_code_of",
    "use_in_draft",
]
