"""
Telling people: one event, one message, by the ways that its reader chose.

**Telling** is one command, in the transaction of whatever happened:

    tell(event="dossiers.received", object_type="dossier", object_id=…, occurrence=7,
         to=Recipient.person(person_id, phone=…, email=…), template="dossier_received",
         values={"dossier_code": …, "due_at": …}, agency_id=…, link="/ho-so/…/", at=at)

The same event, object, occurrence and recipient told twice make one message. Officers are told as
`Recipient.account(account_id)`. Nothing is sent in the transaction: it writes rows of an outbox, and a worker sends them.
If the transaction rolls back, nobody was told.

**Words** are files: an app keeps its templates in `<app>/messages/<code>.toml` and calls `register_templates(folder)` when
Django starts. A template declares its values with type and example; one that is not whole stops the start.

**Ways** (`NoticeChannel`) are e-mail, text message, web push and a messenger; the reader chooses by `NoticeKind`
(`set_preference`), and a DUTY, which touches a right or asks for an act, keeps one way at least. Text messages, push and
messenger keep still from 21:00 to 07:00 unless `urgent`. A message whose use is over (`expires_at`, or the template's
`useful_hours`) is not sent.

**What is promised.** Once committed, a message is tried until it is through, its address proves wrong, or its use is over; a
provider that is down for a day loses none. A worker that dies between handing over and remembering sends a TRANSACTIONAL
message again (with the same Message-ID or reference: at least once), and leaves a reminder (at most once).

**Questions.** `reach_of(recipient)`: how somebody can be reached and which of their addresses is bad, for the counter.
`list_messages_about(object_type, object_id)`: what was told of a thing, and whether it arrived.
"""

from vanlang.notifications.errors import (
    AddressError,
    DeliveryNotPossibleError,
    MessageNotFoundError,
    PreferenceError,
    TemplateValuesError,
)
from vanlang.notifications.labels import CHANNELS, KINDS, STATES
from vanlang.notifications.queries.messages import list_messages_about, list_messages_of
from vanlang.notifications.queries.people import preferences_of, reach_of
from vanlang.notifications.queries.templates import register_templates
from vanlang.notifications.rules.phones import mobile
from vanlang.notifications.services.preferring import set_preference
from vanlang.notifications.services.telling import tell
from vanlang.notifications.types import (
    BadAddressCard,
    DeliveryCard,
    DeliveryState,
    MessageCard,
    NoticeChannel,
    NoticeKind,
    Preference,
    Reach,
    Recipient,
)

__all__ = [
    "CHANNELS",
    "KINDS",
    "STATES",
    "AddressError",
    "BadAddressCard",
    "DeliveryCard",
    "DeliveryNotPossibleError",
    "DeliveryState",
    "MessageCard",
    "MessageNotFoundError",
    "NoticeChannel",
    "NoticeKind",
    "Preference",
    "PreferenceError",
    "Reach",
    "Recipient",
    "TemplateValuesError",
    "list_messages_about",
    "list_messages_of",
    "mobile",
    "preferences_of",
    "reach_of",
    "register_templates",
    "set_preference",
    "tell",
]
