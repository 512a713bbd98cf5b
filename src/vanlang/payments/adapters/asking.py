"""Asking the platform about payments whose turn it is."""

from __future__ import annotations

import datetime as dt

import structlog

from vanlang.connectors.api import SystemVerdict
from vanlang.kernel.errors import DomainError
from vanlang.payments.adapters.platform import PlatformClient, PlatformError, client
from vanlang.payments.services import asking
from vanlang.payments.services.noticing import take_in
from vanlang.payments.types import Notice

log = structlog.get_logger(__name__)


def ask_round(*, at: dt.datetime, line: PlatformClient | None = None) -> int:
    """Ask once about every payment whose turn it is; return about how many something was learned."""
    line, learned, is_silent = line or client(), 0, False
    for one in asking.claim(at=at):
        try:
            found = None if is_silent else line.query(one.reference, at=at)
        except PlatformError as silence:
            is_silent = is_silent or silence.verdict is SystemVerdict.UNREACHABLE
            found = None
        if isinstance(found, Notice):
            learned += _apply(found, at)
            asking.stop_asking(payment_id=one.payment_id)
        else:
            asking.ask_again(payment_id=one.payment_id, at=at, was_answered=found is not None)
    return learned


def _apply(notice: Notice, at: dt.datetime) -> bool:
    try:
        take_in(notice, at=at)
    except DomainError as refused:
        log.warning("answer_not_applied", reason=refused.code)
        return False
    return True
