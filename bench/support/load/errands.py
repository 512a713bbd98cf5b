"""The errands of a mix by their names, and how one is done."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from bench.support.load import citizens, officers, reads
from bench.support.load.browser import WrongAnswerError
from bench.support.load.mix import ERRANDS, READS, Errand
from bench.support.load.people import NobodyFreeError, Play
from launcher.demo.pages import PageError

Deed = Callable[[Play], None]
WHOLE: Mapping[str, Deed] = {
    "find": citizens.find,
    "track": citizens.track,
    "citizen_sign_in": citizens.sign_in,
    "my_dossiers": citizens.my_dossiers,
    "file": citizens.file,
    "take_in": officers.take_in,
    "ticket": citizens.ticket,
    "advance": officers.advance,
    "look": officers.look,
    "search": officers.search,
    "officer_sign_in": officers.sign_in,
}


def _reads(pages: reads.Pages) -> Mapping[str, Deed]:
    return {
        name: partial(deed, pages=pages)
        for name, deed in {"list": reads.listed, "search": reads.searched, "open": reads.opened}.items()
    }


PLAYS: Mapping[str, tuple[tuple[Errand, ...], Mapping[str, Deed]]] = {
    "whole": (ERRANDS, WHOLE),
    "reads": (READS, _reads(reads.OURS)),
    "plain": (READS, _reads(reads.PLAIN)),
}
"""What is played: which errands, and how each is done."""


def run(deed: Deed, play: Play) -> bool:
    """Do an errand; say whether it was done. What a page did not let happen is written down; a wrong answer was already."""
    try:
        deed(play)
    except WrongAnswerError:
        pass
    except NobodyFreeError:
        play.mark("nobody", "")
    except PageError as error:
        play.mark("trouble", str(error)[:300])
    else:
        return True
    return False
