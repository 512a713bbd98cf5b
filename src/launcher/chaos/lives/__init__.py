"""
What clients do: real acts over HTTP, one after the other, each written into the diary.

A thread leads one dossier, petition or sum after the other some way through its life, as everybody whose turn it is. What
waits for something outside (the platform's page, a dossier on its way from the national portal) becomes an errand, looked
after between other things.
"""

from __future__ import annotations

from collections.abc import Callable

from launcher.chaos.hand import Hand
from launcher.chaos.lives import counter, money, online, petitions, portal
from launcher.demo.pages import PageError

LIVES: tuple[tuple[int, Callable[[Hand], None]], ...] = (
    (40, counter.live),
    (28, online.live),
    (10, money.take_cash),
    (10, petitions.live),
    (9, portal.live),
    (3, money.decide_refunds),
)
"""How often out of a hundred a thread does what."""


def live(hand: Hand) -> None:
    """Look after errands, then lead one thing some way."""
    try:
        hand.run_errands()
        (chosen,) = hand.numbers.choices([one for _, one in LIVES], [share for share, _ in LIVES])
        chosen(hand)
    except PageError as error:
        hand.trouble(str(error))


def finish(hand: Hand) -> None:
    """Look after what is left, once the others have stopped."""
    try:
        hand.run_errands(most=len(hand.errands), tries=0)
        money.decide_refunds(hand)
    except PageError as error:
        hand.trouble(str(error))
