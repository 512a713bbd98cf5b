"""
Certified copies: many originals of one person, one action, one book.

A *visit* (`CertificationRequest`) is what somebody brings to the counter: several originals, of each some copies on
paper, or an electronic one. `take_in` lists them and receives their dossiers under the procedure of the catalogue: the
originals on paper share one, an electronic copy has its own, because each is an outcome that a leader signs. Due dates,
states, acts and deliveries are the dossiers' own; nothing is decided twice.

    visit = take_in(brought=Brought(…), actor=counter, at=now)
    enter(request_id=visit.id, leader_id=…, address_of=…, actor=specialist, at=now)     numbers, and before the leader
    print_stamps(visit.id, place=PLACES[Corner.BOTTOM_RIGHT], actor=specialist)         a page for each copy
    cancel(entry_id=…, note="In hỏng", actor=specialist, at=now)                        by a dated note, never deleted

The *book* is the register of kind `SCT` in `documents`: consecutive for an agency and a year, without gap or repeat,
whoever takes the numbers. Here the details of its lines are kept: pages, copies, fee. A fee is written only when the
catalogue has a confirmed one.
"""

from vanlang.certification.errors import (
    NoSuchEntryError,
    NotCancelledError,
    NotEnteredError,
    NotTakenInError,
    PlaceError,
)
from vanlang.certification.queries import get_request, list_requests, read_book
from vanlang.certification.rules.placing import PLACES, Corner, Place
from vanlang.certification.services import (
    cancel,
    enter,
    print_book,
    print_stamps,
    take_in,
    write_workbook,
)
from vanlang.certification.types import (
    BookLine,
    Brought,
    BroughtOriginal,
    EntryCard,
    EntryState,
    RequestCard,
    RequestLine,
)

__all__ = [
    "PLACES",
    "BookLine",
    "Brought",
    "BroughtOriginal",
    "Corner",
    "EntryCard",
    "EntryState",
    "NoSuchEntryError",
    "NotCancelledError",
    "NotEnteredError",
    "NotTakenInError",
    "Place",
    "PlaceError",
    "RequestCard",
    "RequestLine",
    "cancel",
    "enter",
    "get_request",
    "list_requests",
    "print_book",
    "print_stamps",
    "read_book",
    "take_in",
    "write_workbook",
]
