from __future__ import annotations

import hashlib
from datetime import datetime

from vanlang.signing import ports, queries
from vanlang.signing.pdf.verify import Question, examine
from vanlang.signing.types import Verdict


def verify_pdf(pdf: bytes, *, at: datetime, ask_authorities: bool = True) -> Verdict:
    """
    Return what a file is worth, whoever made it. Never raises for what is in the file.

    A file that we signed ourselves and that is still the same byte for byte is known to be as old as our record of it, time stamp
    or not. `ask_authorities=False` asks nobody about revocation and says so in the verdict: for screens that may not wait.
    """
    status = ports.outside().status if ask_authorities else None
    return examine(
        pdf,
        Question(
            at=at,
            trust=queries.trust(),
            ask=(lambda certificate, issuer: status.ask(certificate, issuer, at=at)) if status else None,
            known_since=queries.known_since(hashlib.sha256(pdf).hexdigest()),
        ),
    )
