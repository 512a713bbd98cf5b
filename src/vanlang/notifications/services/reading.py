from __future__ import annotations

import datetime as dt
import uuid

from vanlang.kernel.scope import Scope, acting
from vanlang.notifications.models import Message
from vanlang.notifications.queries.people import owner
from vanlang.notifications.types import Recipient


def mark_read(*, message_id: uuid.UUID, recipient: Recipient, at: dt.datetime) -> None:
    """Remember that its recipient opened a message; the first time counts."""
    with acting(Scope.system()):
        mine = Message.objects.filter(pk=message_id, read_at__isnull=True, **owner(recipient))
        mine.update(read_at=at)
