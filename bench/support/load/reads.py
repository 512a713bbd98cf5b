"""
What a plain application can be asked too: a list, a search and one dossier, of ours and of it by the same clients.

`plain` says whose addresses are asked and what its pages show. The officers are signed in already.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from bench.support.load.people import Play


@dataclass(frozen=True, slots=True)
class Pages:
    """Where an application has them."""

    listed: str
    searched: str
    """Ends where the words of the search go on, as the query of an address."""
    dossier: str


OURS = Pages("/can-bo/ho-so/?loc=tat-ca", "/can-bo/ho-so/?loc=tat-ca&", "/can-bo/ho-so/{}/")
PLAIN = Pages("/ho-so/", "/ho-so/?", "/ho-so/{}/")


def listed(play: Play, pages: Pages) -> None:
    with play.free(play.of_role("counter")) as officer:
        officer.browser.look("list", pages.listed, shows="H44.")


def searched(play: Play, pages: Pages) -> None:
    with play.free(play.of_role("counter")) as officer:
        office = play.office(officer.office)
        _, _code, name = play.numbers.choice(office["dossiers"])
        words = urlencode({"q": name})
        officer.browser.look("search", f"{pages.searched}{words}", shows="H44.")


def opened(play: Play, pages: Pages) -> None:
    with play.free(play.of_role("counter")) as officer:
        key, code, _ = play.numbers.choice(play.office(officer.office)["dossiers"])
        officer.browser.look("a dossier", pages.dossier.format(key), shows=code)
