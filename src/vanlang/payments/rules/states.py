"""
Where an attempt to pay can go: one table.

    begun ──confirm──▶ booked ──ask_refund──▶ refunding ──confirm_refund──▶ refunded
      │ ▲                 ▲                       │
      │ └ (nothing)       └────decline_refund─────┘
      ├─fail────▶ failed  ──confirm──▶ booked      money that came late still came
      └─expire──▶ expired ──confirm──▶ booked
"""

from __future__ import annotations

from vanlang.kernel.errors import Refusal
from vanlang.payments.types import PaymentEvent, PaymentState

TABLE: dict[tuple[PaymentState, PaymentEvent], PaymentState] = {
    (PaymentState.BEGUN, PaymentEvent.CONFIRM): PaymentState.BOOKED,
    (PaymentState.BEGUN, PaymentEvent.FAIL): PaymentState.FAILED,
    (PaymentState.BEGUN, PaymentEvent.EXPIRE): PaymentState.EXPIRED,
    (PaymentState.FAILED, PaymentEvent.CONFIRM): PaymentState.BOOKED,
    (PaymentState.EXPIRED, PaymentEvent.CONFIRM): PaymentState.BOOKED,
    (PaymentState.BOOKED, PaymentEvent.ASK_REFUND): PaymentState.REFUNDING,
    (PaymentState.REFUNDING, PaymentEvent.CONFIRM_REFUND): PaymentState.REFUNDED,
    (PaymentState.REFUNDING, PaymentEvent.DECLINE_REFUND): PaymentState.BOOKED,
}
REPEATS: frozenset[tuple[PaymentState, PaymentEvent]] = frozenset({
    (PaymentState.BOOKED, PaymentEvent.CONFIRM),
    (PaymentState.REFUNDING, PaymentEvent.CONFIRM),
    (PaymentState.REFUNDED, PaymentEvent.CONFIRM),
    (PaymentState.FAILED, PaymentEvent.FAIL),
    (PaymentState.EXPIRED, PaymentEvent.EXPIRE),
    (PaymentState.EXPIRED, PaymentEvent.FAIL),
    (PaymentState.FAILED, PaymentEvent.EXPIRE),
    (PaymentState.BOOKED, PaymentEvent.EXPIRE),
    (PaymentState.REFUNDED, PaymentEvent.CONFIRM_REFUND),
})  # fmt: skip
"""Said again, or said too late: true, and without effect."""


def after(state: PaymentState, event: PaymentEvent) -> PaymentState | Refusal:
    """Return where the attempt is after `event`: elsewhere, where it was, or why it cannot happen."""
    if (state, event) in TABLE:
        return TABLE[state, event]
    if (state, event) in REPEATS:
        return state
    return Refusal("payments.cannot_happen", {"state": state.value, "event": event.value})
