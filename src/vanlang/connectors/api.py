"""
Other systems: what they must be told, what they told us, and how well they are.

**It knows systems, not domains.** An app that speaks with a system registers it, with a sender for each kind of message
that goes out and a receiver for each kind that comes in (`ports.py`), in its `AppConfig.ready`. From then on

    tell(system=…, subject=Subject.of("dossier", dossier_id, version), at=…)    in the transaction of the act
    accept(system=…, kind=…, external_id=…, content={…}, at=…) → Accepted       before the message is answered

are everything it calls. The rest is jobs: streams in order, waits that grow, a system that is ill left alone, what nobody
will take laid before a person (ADR 0019). The outbox holds *that* something must be told; the sender composes *what* is
said when its turn comes, from what is true then. The inbox holds the words, sealed, until they were applied and forgotten.

    list_systems(at)          how each is, what waits, the last 24 hours
    list_letters()            what waits for a person; try_again, give_up
    replay(system=…, kind=…, from_at=…, to_at=…)   tell a range once more
    is_settled(system, stream)  list_under_way(system, streams, since)   nothing of it, or what of them, is under way
    tell_again(system=…, subjects=…, at=…)         tell some once more, whether they were told before or not
"""

from vanlang.connectors.errors import LetterNotFoundError, LetterNotPossibleError, ReplayError
from vanlang.connectors.ports import (
    PreparingReceiver,
    Receiver,
    Sender,
    find_system,
    forget,
    register_receiver,
    register_sender,
    register_system,
)
from vanlang.connectors.queries.health import (
    count_letters,
    is_settled,
    list_letters,
    list_systems,
    list_under_way,
)
from vanlang.connectors.rules.reasons import read_reason, reason_of
from vanlang.connectors.services.errands import give_up, replay, try_again
from vanlang.connectors.services.receiving import accept, apply_round, digest_of
from vanlang.connectors.services.sending import send_round
from vanlang.connectors.services.telling import tell, tell_again, tell_all
from vanlang.connectors.types import (
    Accepted,
    Answered,
    Arrival,
    Due,
    Flow,
    IncomingState,
    Letter,
    OutgoingState,
    Subject,
    System,
    SystemFigure,
    SystemVerdict,
)

__all__ = [
    "Accepted",
    "Answered",
    "Arrival",
    "Due",
    "Flow",
    "IncomingState",
    "Letter",
    "LetterNotFoundError",
    "LetterNotPossibleError",
    "OutgoingState",
    "PreparingReceiver",
    "Receiver",
    "ReplayError",
    "Sender",
    "Subject",
    "System",
    "SystemFigure",
    "SystemVerdict",
    "accept",
    "apply_round",
    "count_letters",
    "digest_of",
    "find_system",
    "forget",
    "give_up",
    "is_settled",
    "list_letters",
    "list_systems",
    "list_under_way",
    "read_reason",
    "reason_of",
    "register_receiver",
    "register_sender",
    "register_system",
    "replay",
    "send_round",
    "tell",
    "tell_again",
    "tell_all",
    "try_again",
]
