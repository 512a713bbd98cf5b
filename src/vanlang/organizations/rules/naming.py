"""
Which agency a name means: one of today, or one that was reorganised away and whose duties another has now.

A code or a present name decides by itself. A former name is a proposal to a person: it names the successor and since when.
Several successors, or a name that several bear, is an ambiguity that lists them. Names are compared without case,
diacritics and punctuation, with and without "UBND", "xã", "phường", "thị trấn" in front.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from vanlang.kernel.vietnamese import search_key

_NOT_A_WORD = re.compile(r"[^a-z0-9]+")
_PREFIX = re.compile(r"^(?:uy ban nhan dan|ubnd) ")


@dataclass(frozen=True, slots=True)
class Place:
    """An agency that exists today."""

    id: int
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Found:
    """One agency; `formerly` is the name's last day when it is one of the past."""

    place: Place
    formerly: str = ""


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """Several agencies that the name may mean."""

    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Names:
    """Every name of every agency, past and present, with who stands for it today."""

    by_code: Mapping[str, Place]
    present: Mapping[str, tuple[Place, ...]]
    past: Mapping[str, tuple[tuple[str, str], ...]]
    """Name → (code that bore it, ISO day on which it ended)."""
    successors: Callable[[str], Sequence[str]]
    _known: dict[str, Found | Ambiguous | None] = field(default_factory=dict)

    def find(self, said: str) -> Found | Ambiguous | None:
        """Return what a code or a name means, or None."""
        if said not in self._known:
            self._known[said] = self._look_up(said)
        return self._known[said]

    def _look_up(self, said: str) -> Found | Ambiguous | None:
        place = self.by_code.get(said.strip().upper())
        if place is not None:
            return Found(place)
        key = name_key(said)
        here = self.present.get(key, ())
        if here:
            return Found(here[0]) if len(here) == 1 else Ambiguous(here)
        return self._of_the_past(key)

    def _of_the_past(self, key: str) -> Found | Ambiguous | None:
        bore = self.past.get(key, ())
        codes = {after for code, _ in bore for after in self.successors(code)}
        places = tuple(self.by_code[code] for code in sorted(codes) if code in self.by_code)
        if not places:
            return None
        return Found(places[0], max(ended for _, ended in bore)) if len(places) == 1 else Ambiguous(places)


def name_key(name: str) -> str:
    """Return the key by which names of agencies are compared."""
    return _PREFIX.sub("", _NOT_A_WORD.sub(" ", search_key(name)).strip())


def names_of(
    cards: Iterable[tuple[str, str, str, str]],
    open_places: Iterable[Place],
    successors: Callable[[str], Sequence[str]],
) -> Names:
    """
    Return the names, from every dated name and from the agencies that exist today.

    Shapes: `cards` are (code, name, short name, ISO day on which the name ended or "").
    """
    by_code = {place.code: place for place in open_places}
    present: dict[str, dict[str, Place]] = {}
    past: dict[str, list[tuple[str, str]]] = {}
    for code, name, short_name, ended in cards:
        for key in {name_key(name), name_key(short_name)}:
            if not ended and code in by_code:
                present.setdefault(key, {})[code] = by_code[code]
            elif ended:
                past.setdefault(key, []).append((code, ended))
    return Names(
        by_code,
        {key: tuple(places.values()) for key, places in present.items()},
        {key: tuple(rows) for key, rows in past.items()},
        successors,
    )
