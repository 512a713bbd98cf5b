"""Words of the house as a citizen reads them, for the portal's templates."""

from __future__ import annotations

from collections.abc import Iterable

from django import template

from vanlang.catalogue.api import LEVELS, ONLINE_LEVELS, Level, OnlineLevel
from vanlang.dossiers.api import State
from vanlang.intake.api import STEPS, DraftStep
from vanlang.portal.rules import words
from vanlang.ui.types import Tone

register = template.Library()

_TONES: dict[State, Tone] = {
    State.DRAFT: "pending",
    State.SUBMITTED: "info",
    State.AWAITING_COMPLETION: "warning",
    State.RECEIVED: "progress",
    State.REFUSED: "danger",
    State.HANDED_OVER: "progress",
    State.IN_PROGRESS: "progress",
    State.AWAITING_SUPPLEMENT: "warning",
    State.AWAITING_OPINION: "progress",
    State.AWAITING_OBLIGATION: "warning",
    State.PROPOSED: "progress",
    State.APPROVED: "progress",
    State.SIGNED: "progress",
    State.RELEASED: "success",
    State.DELIVERED: "success",
    State.STOPPED: "danger",
    State.WITHDRAWN: "neutral",
}


@register.filter
def levels(values: Iterable[Level]) -> str:
    """Return "Cấp xã, cấp tỉnh"."""
    return words.listed(LEVELS[level] for level in values)


@register.filter
def online(level: OnlineLevel) -> str:
    """Return how much can be done online, or nothing when the source does not say."""
    return "" if level is OnlineLevel.UNKNOWN else ONLINE_LEVELS[level]


@register.filter
def state_tone(state: State) -> Tone:
    """Return what a dossier's state means to its applicant."""
    return _TONES[state]


@register.filter
def in_short(name: str, most: int = 110) -> str:
    """Return a long official name cut at a word, for headings that stand beside others."""
    if len(name) <= most:
        return name
    return name[:most].rsplit(" ", 1)[0].rstrip(",;:–- ") + "…"


@register.filter
def step_label(step: DraftStep) -> str:
    """Return the name of a step of the filing wizard."""
    return STEPS[step]
