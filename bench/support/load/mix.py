"""
What is done how often, told for a hundred dossiers, so that a rate can be said in dossiers as well as in requests.

Known: a month has 184,513 dossiers (national portal, Phú Thọ, August 2026; reference/province/workload.toml). Each is
handed over, claimed, proposed, approved, signed, released and delivered once: that is the table of transitions. Assumed,
because nobody publishes it: how often people look without doing anything, and that one dossier in four is filed by its
citizen, the others by an officer at the counter (on paper 99 % came online, but mostly typed by officers).
"""

from __future__ import annotations

import random
from dataclasses import dataclass

MONTH_DOSSIERS = 184_513
WORKING_SECONDS = 21 * 8 * 3600
"""August 2026 had 21 working days, of eight hours."""
PROVINCE_PER_SECOND = MONTH_DOSSIERS / WORKING_SECONDS
"""Dossiers that the whole province takes in each second of its working hours, on average."""


@dataclass(frozen=True, slots=True)
class Errand:
    """Something that somebody comes to do: several requests, one after the other."""

    name: str
    weight: int
    """How many for a hundred dossiers."""
    why: str


ERRANDS = (
    Errand("find", 150, "assumed: each looks once for the procedure, and half as many look in vain"),
    Errand("track", 200, "assumed: each dossier is looked up twice by its code"),
    Errand("citizen_sign_in", 60, "assumed: who files signs in, and who waits now and then"),
    Errand("my_dossiers", 60, "assumed: after each sign-in"),
    Errand("file", 25, "assumed: one of four is filed by the citizen, with a paper"),
    Errand("take_in", 75, "the others are taken in at the counter"),
    Errand("ticket", 75, "who comes to the counter takes a number and is called"),
    Errand("advance", 725, "table of transitions: seven acts each, and `receive` of what was filed"),
    Errand("look", 400, "assumed: a list and a dossier without an act, half as often as with one"),
    Errand("search", 150, "assumed: somebody asks about a dossier by a name"),
    Errand("officer_sign_in", 40, "assumed: one sign-in for twenty acts"),
)
DOSSIERS_PER_ERRAND = 100 / sum(one.weight for one in ERRANDS)
"""The shares hold over any long while; in a short one the dossiers taken in are too few to be counted."""
READS = (
    Errand("list", 50, "as `look` and `search` of the whole mix, by themselves"),
    Errand("search", 20, "as above"),
    Errand("open", 30, "as above"),
)
"""What a plain application can be asked too."""
POLLED = frozenset({"television", "console"})
"""Asked by the clock, whether anybody comes or not: no part of a rate, nor of its percentiles."""


def draw(errands: tuple[Errand, ...], numbers: random.Random) -> str:
    """Return the name of the next errand."""
    (chosen,) = numbers.choices(errands, weights=[one.weight for one in errands])
    return chosen.name


def share_of(errands: tuple[Errand, ...], name: str) -> float:
    """Return which part of all errands is this one."""
    return next(one.weight for one in errands if one.name == name) / sum(one.weight for one in errands)
