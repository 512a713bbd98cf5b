"""
What can go wrong, drawn.

    Exception
    └── DomainError            anticipated: has a public, stable code and facts; the sentence is in labels.py
        ├── NotAllowed         who you are forbids it                          403
        ├── NotFound           there is no such thing, or not for you          404
        ├── Conflict           the state of things forbids it now              409
        ├── Invalid            what was sent cannot be read as what was asked  422
        └── OutsideSystemError another system failed; `retryable` says more    503

Everything else is a bug and reaches the log. Apps subclass the branches, raise them from their own
rooms and export them by their door. One place (`ui/errors.py`) maps them to HTTP.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class Refusal:
    """
    Why a rule says no: a value, so that the same answer hides a button and stops a command.

    Rules return `Refusal | None`; `may_x(...) is None` shows the button, the command raises from it.
    """

    code: str
    """Public, stable: "dossiers.not_holder". `labels.py` of the app holds its sentence and what to do now."""

    facts: dict[str, object] = field(default_factory=dict)
    """Values that the sentence names; never personal data."""

    law: str | None = None
    """Anchor in docs/reference/law.md, or None."""


class DomainError(Exception):
    """An anticipated refusal. Carries facts, never a sentence."""

    status: ClassVar[int] = 400
    code: str = "kernel.refused"

    def __init__(self, code: str | None = None, *, law: str | None = None, **facts: object) -> None:
        self.code = code or type(self).code
        self.facts = facts
        self.law = law
        super().__init__(self.code, facts)

    @classmethod
    def of(cls, refusal: Refusal) -> DomainError:
        """Return the error that a command raises for `refusal`."""
        error = cls(refusal.code, law=refusal.law)
        error.facts.update(refusal.facts)
        return error


class NotAllowed(DomainError):  # noqa: N818 - reads as the answer it is
    status = 403
    code = "kernel.not_allowed"


class NotFound(DomainError):  # noqa: N818 - reads as the answer it is
    status = 404
    code = "kernel.not_found"


class Conflict(DomainError):  # noqa: N818 - reads as the answer it is
    status = 409
    code = "kernel.conflict"


class Invalid(DomainError):  # noqa: N818 - reads as the answer it is
    status = 422
    code = "kernel.invalid"


class OutsideSystemError(DomainError):
    """Another system did not do its part."""

    status = 503
    code = "kernel.outside_system"

    def __init__(self, system: str, *, retryable: bool, code: str | None = None, **facts: object) -> None:
        self.system = system
        self.retryable = retryable
        super().__init__(code)
        self.facts.update(facts, system=system, retryable=retryable)


def refuse_if(refusal: Refusal | None, error: type[DomainError] = Conflict) -> None:
    """Raise `error` from `refusal` when there is one."""
    if refusal is not None:
        raise error.of(refusal)
