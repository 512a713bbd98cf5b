"""
A procedure's new version finds drafts of the old one: what they keep.

Cases and papers of two versions are rows of their own, so they are matched by what a person reads: the title of the
case, the name of the paper. A version with one case takes whatever case there was.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from vanlang.kernel.vietnamese import search_key


def matching_case(title: str | None, cases: Sequence[tuple[int, str]]) -> int | None:
    """Return the id of the case with the same title, the only one there is, or None: to be chosen again."""
    if len(cases) == 1:
        return cases[0][0]
    if title is None:
        return None
    return next((case_id for case_id, other in cases if search_key(other) == search_key(title)), None)


def matching_papers(old: Mapping[int, str], new: Mapping[int, str]) -> dict[int, int]:
    """Return old ids to new ids of papers with the same name; a name that is gone has no entry."""
    by_name = {search_key(name): paper_id for paper_id, name in new.items()}
    return {
        paper_id: by_name[search_key(name)] for paper_id, name in old.items() if search_key(name) in by_name
    }
