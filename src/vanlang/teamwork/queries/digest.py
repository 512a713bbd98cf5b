"""The day's digest of an officer, asked in their own scope: masked lists and codes, no read of a person's data."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.urls import reverse

from vanlang.calendars.api import badge, calendar_of, remaining
from vanlang.dossiers import api as dossiers
from vanlang.dossiers.api import InboxFilter, InboxQuery, InboxSort, SeatCard
from vanlang.identity.api import Actor, Role, list_substitutions
from vanlang.kernel.clock import VIETNAM
from vanlang.teamwork.actors import officer_of
from vanlang.teamwork.models import Digest, DigestChoice
from vanlang.teamwork.queries.talk import list_followed, list_mentions
from vanlang.teamwork.rules.digest import DigestContent, DigestLine, DigestPart, Found, compose

LINES = 8
"""Lines of a part; the rest is a number."""
USUAL_HOUR = 7
AT_MOST_BACK = dt.timedelta(days=7)
"""How far "since the last digest" reaches back, after a leave say."""


def digest_of(actor: Actor, *, at: dt.datetime) -> DigestContent:
    """Return what an officer is told on the day of `at`."""
    since = _since(actor, at)
    found = {
        DigestPart.ALARMS: _alarms(actor, at),
        DigestPart.LATE: _late(actor, at),
        DigestPart.DUE_SOON: _due_soon(actor, at),
        DigestPart.NEW: _new(actor, since, at),
        DigestPart.MENTIONS: _mentions(actor, at),
        DigestPart.FOLLOWED: _followed(actor, since, at),
        DigestPart.SUBSTITUTION: _substitutions(actor, at),
    }
    return compose(at.astimezone(VIETNAM).date(), found)


def digest_hour(actor: Actor) -> tuple[int, bool]:
    """Return at which hour an officer wants the digest, and whether it is sent at all."""
    row = DigestChoice.objects.filter(appointment_id=officer_of(actor).appointment_id).first()
    return (row.hour, row.is_sent) if row else (USUAL_HOUR, True)


def _since(actor: Actor, at: dt.datetime) -> dt.datetime:
    """Return from when on things are new: the last digest of an earlier day, at most a week ago."""
    today = at.astimezone(VIETNAM).date()
    told = Digest.objects.filter(appointment_id=officer_of(actor).appointment_id, day__lt=today)
    last = told.order_by("-day").values_list("told_at", flat=True).first()
    usual = at - dt.timedelta(days=1)
    return max(last, at - AT_MOST_BACK) if last is not None else usual


def _alarms(actor: Actor, at: dt.datetime) -> Found:
    if not actor.has(Role.LEADER) or actor.agency_id is None:
        return Found((), 0)
    stuck = [card for card in dossiers.list_stuck(actor.agency_id, at) if card.is_alarm]
    lines = (
        DigestLine(f"{card.code or 'Chưa cấp mã'}: {card.sentences[0].says}", _open(card.dossier_id))
        for card in stuck
    )
    return _cut(lines, len(stuck))


def _mine(actor: Actor, at: dt.datetime) -> tuple[SeatCard, ...]:
    query = InboxQuery(filter=InboxFilter.MINE, due_in_days=2, sort=InboxSort.DUE)
    return dossiers.search_inbox(actor, query, at=at).cards


def _late(actor: Actor, at: dt.datetime) -> Found:
    cards = [card for card in _mine(actor, at) if card.due_at < at]
    return _dossiers(cards, at)


def _due_soon(actor: Actor, at: dt.datetime) -> Found:
    cards = [card for card in _mine(actor, at) if card.due_at >= at]
    return _dossiers(cards, at)


def _new(actor: Actor, since: dt.datetime, at: dt.datetime) -> Found:
    query = InboxQuery(filter=InboxFilter.MINE, sort=InboxSort.MOVED, last_first=True)
    cards = [card for card in dossiers.search_inbox(actor, query, at=at).cards if card.moved_at >= since]
    return _dossiers(cards, at)


def _mentions(actor: Actor, at: dt.datetime) -> Found:
    found = list_mentions(actor, at=at)
    lines = (
        DigestLine(f"{one.by} nhắc bạn ở {one.code or 'hồ sơ chưa cấp mã'}", _open(one.dossier_id))
        for one in found
    )
    return _cut(lines, len(found))


def _followed(actor: Actor, since: dt.datetime, at: dt.datetime) -> Found:
    moves = dossiers.list_moves_since(actor, list_followed(actor), since=since)
    lines = (
        DigestLine(
            f"{one.code or 'Chưa cấp mã'}: {one.act_label.lower()}, nay {one.to_label.lower()}",
            _open(one.dossier_id),
        )
        for one in moves
        if one.appointment_id != actor.appointment_id
    )
    told = tuple(lines)
    return Found(told[:LINES], len(told))


def _substitutions(actor: Actor, at: dt.datetime) -> Found:
    me, today = officer_of(actor), at.astimezone(VIETNAM).date()
    lines = []
    for one in list_substitutions(me.agency_id, on=today):
        until = (one.valid_to - dt.timedelta(days=1)).strftime("%d/%m")
        if not one.covers(today):
            continue
        if one.substitute.id == me.appointment_id:
            lines.append(DigestLine(f"Bạn đang thay {one.absent.name} đến hết {until}"))
        elif one.absent.id == me.appointment_id:
            lines.append(DigestLine(f"{one.substitute.name} đang thay bạn đến hết {until}"))
    return Found(tuple(lines), len(lines))


def _dossiers(cards: list[SeatCard], at: dt.datetime) -> Found:
    if not cards:
        return Found((), 0)
    calendar = calendar_of(None)
    lines = (
        DigestLine(
            f"{card.code or 'Chưa cấp mã'}, {card.state_label.lower()}: {badge(remaining(calendar, due_at=card.due_at, at=at))}",
            _open(card.dossier_id),
        )
        for card in cards
    )
    return _cut(lines, len(cards))


def _cut(lines: Iterable[DigestLine], total: int) -> Found:
    return Found(tuple(lines)[:LINES], total)


def _open(dossier_id: object) -> str:
    return reverse("desk:dossier", args=[dossier_id])
