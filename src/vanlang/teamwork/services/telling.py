"""The one place where teamwork tells anybody anything."""

from __future__ import annotations

import datetime as dt

from django.urls import reverse

from vanlang.identity.api import Actor
from vanlang.notifications import api as notifications
from vanlang.teamwork.actors import officer_of
from vanlang.teamwork.labels import DIGEST_PARTS, summary_of
from vanlang.teamwork.rules.digest import DigestContent

EVENT = "teamwork.digest"
TEMPLATE = "officer_digest"


def tell_officer(*, actor: Actor, content: DigestContent, at: dt.datetime) -> None:
    """Tell an officer the day's digest, by the ways that they chose; the same day twice is one message."""
    me = officer_of(actor)
    assert actor.account_id is not None  # noqa: S101 - an officer has an account
    notifications.tell(
        event=EVENT,
        object_type="appointment",
        object_id=me.appointment_id,
        occurrence=content.day.isoformat(),
        to=notifications.Recipient.account(actor.account_id),
        template=TEMPLATE,
        values={"day": content.day, "summary": summary_of(content), "lines": _lines(content)},
        agency_id=me.agency_id,
        link=reverse("teamwork:digest"),
        at=at,
    )


def _lines(content: DigestContent) -> list[str]:
    """Return the digest's lines. Codes and states, never a person's name: a message leaves the house."""
    found = []
    for section in content.sections:
        heading = DIGEST_PARTS[section.part]
        found += [f"{heading}: {line.text}" for line in section.lines]
        if section.more:
            found.append(f"{heading}: và {section.more} mục khác")
    return found
