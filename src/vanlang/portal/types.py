"""Values that the portal's templates get."""

from __future__ import annotations

from dataclasses import dataclass

from vanlang.catalogue.api import DocumentCard, PaperKind, ProcedureCard, VersionCard
from vanlang.kernel.labels import Sentence


@dataclass(frozen=True, slots=True)
class ChannelLine:
    """How long it takes and what it costs in one way of filing."""

    channel: str
    limit: str
    """ "5 ngày làm việc"; empty when the catalogue has no confirmed one."""
    fees: tuple[str, ...]
    """Empty when the catalogue has no confirmed one."""


@dataclass(frozen=True, slots=True)
class PaperLine:
    """A paper as the procedure's page lists it."""

    id: int
    kind: PaperKind
    name: str
    counts: str
    """ "1 bản chính, 1 bản sao"; empty when nothing was said."""
    condition: str
    note: str
    forms: tuple[str, ...]

    @property
    def is_long(self) -> bool:
        return len(self.name) > 220


@dataclass(frozen=True, slots=True)
class PaperGroup:
    """Papers that are treated alike."""

    title: str
    lines: tuple[PaperLine, ...]
    is_open: bool
    """False for what only some readers need: folded."""


@dataclass(frozen=True, slots=True)
class CasePapers:
    """A case with its papers, in groups."""

    id: int
    title: str
    groups: tuple[PaperGroup, ...]


@dataclass(frozen=True, slots=True)
class ProcedurePage:
    """A procedure in plain words."""

    version: VersionCard
    online_label: str
    channels: tuple[ChannelLine, ...]
    sources: tuple[str, ...]
    """Who says so: of limits and fees."""
    cases: tuple[CasePapers, ...]
    steps: tuple[str, ...]
    conditions: tuple[str, ...]
    outcomes: tuple[str, ...]
    authority: str
    refusal: Sentence | None
    """Why it cannot be filed here today; None when it can."""
    takes_filings: bool
    """This portal is switched on for filing."""


@dataclass(frozen=True, slots=True)
class SearchPage:
    """What a search found."""

    query: str
    hits: tuple[ProcedureCard, ...]
    suggestions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OfferLine:
    """A result that the citizen holds and may hand in by reference, or why not."""

    entry_id: str
    name: str
    """ "Giấy khai sinh số 15/GKS-UBND"."""
    about: str
    """Who issued it and when."""
    why_not: Sentence | None


@dataclass(frozen=True, slots=True)
class ReuseLine:
    """A result that the draft uses."""

    id: str
    name: str
    about: str
    why_not: Sentence | None
    filled: tuple[tuple[str, str, bool], ...]
    """(question's key, its label, whether the answer was changed since)."""


@dataclass(frozen=True, slots=True)
class PaperSlot:
    """A paper in the filing wizard: what it is, whether it must come, and the files laid in so far."""

    document: DocumentCard
    line: PaperLine
    is_demanded: bool
    files: tuple[FileLine, ...]
    offers: tuple[OfferLine, ...] = ()
    reuses: tuple[ReuseLine, ...] = ()
    error: Sentence | None = None
    touched: bool = False
    """A file was just given to it: the reader is led back here."""

    @property
    def is_reused(self) -> bool:
        """A result stands for it that can be used: nothing has to be uploaded."""
        return any(one.why_not is None for one in self.reuses)

    @property
    def is_open(self) -> bool:
        """Whether it is shown without unfolding: demanded, or something is in it."""
        return (
            self.is_demanded
            or bool(self.files)
            or bool(self.offers)
            or bool(self.reuses)
            or self.error is not None
        )

    @property
    def key(self) -> str:
        """Id of the paper as text: a template would write the number 1.234."""
        return str(self.document.id)

    @property
    def anchor(self) -> str:
        return f"giay-to-{self.key}"

    @property
    def input_name(self) -> str:
        return f"file-{self.key}"


@dataclass(frozen=True, slots=True)
class FileLine:
    """A file as a citizen recognises it."""

    id: str
    name: str
    size: str
    url: str
    remove_url: str = ""
    origin: str = ""
    """Where it came from, when it is not an upload."""
