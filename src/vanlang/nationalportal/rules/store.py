"""
GetDanhSachKetQua: which results the national store holds of a person, for one procedure.

Asked is only what the procedure's papers can be replaced by; what is answered beyond that is not read. Seen: the names of
the fields. Source: docs/reference/national-portal.md
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from vanlang.nationalportal.rules import reading
from vanlang.nationalportal.rules.reading import Words
from vanlang.nationalportal.types import FiledBy, Message

MOST_RESULTS = 50
LONGEST_ADDRESS, LONGEST_TEXT, LONGEST_CODE = 500, 300, 80


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreQuestion:
    """Whose results are asked for, by whom, for what."""

    owner_number: str
    asker_name: str
    asker_number: str
    procedure_code: str
    filed_by: FiledBy
    kinds: tuple[str, ...]
    """MaKetQua."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedResult:
    """A result that the store says it holds."""

    kind: str
    title: str
    number: str
    issuer: str
    file_name: str
    address: str


def question_of(asked: StoreQuestion) -> Message:
    """Return the question in the portal's words."""
    return {
        "SoDinhDanhChuSoHuu": asked.owner_number,
        "HoTenNguoiYeuCau": asked.asker_name,
        "KenhThucHien": asked.filed_by.value,
        "SoDinhDanhNguoiYeuCau": asked.asker_number,
        "MaThuTuc": asked.procedure_code,
        "DanhSachDanhMucKetQua": [{"MaKetQua": kind, "SoKyHieu": ""} for kind in asked.kinds],
    }


def results_in(answer: Words, kinds: Collection[str]) -> tuple[NamedResult, ...]:
    """Return the results of an answer: those that were asked for, have a number and a file, each once."""
    found: dict[tuple[str, str], NamedResult] = {}
    for one in _results(answer):
        if one.kind in kinds and one.number and one.address:
            found.setdefault((one.kind, one.number), one)
    return tuple(found.values())[:MOST_RESULTS]


def is_answer(answer: Words) -> bool:
    """Say whether something is an answer at all: a list of results, be it empty."""
    return isinstance(answer.get("DanhSachGiayToKetQua"), list)


def _results(answer: Words) -> Iterator[NamedResult]:
    for row in reading.rows(answer, "DanhSachGiayToKetQua"):
        file = next(
            (one for one in reading.rows(row, "DanhSachTepDinhKem") if reading.text(one, "DuongDan")), {}
        )
        address = reading.text(file, "DuongDan")
        yield NamedResult(
            kind=reading.text(row, "MaKetQua")[:LONGEST_CODE],
            title=(reading.text(row, "TenGiayTo") or "Kết quả")[:LONGEST_TEXT],
            number=reading.text(row, "SoKyHieu")[:LONGEST_CODE],
            issuer=reading.text(row, "CoQuanChuQuan")[:LONGEST_TEXT],
            file_name=(reading.text(file, "TenTep") or "ket-qua.pdf")[:LONGEST_TEXT],
            address=address if len(address) <= LONGEST_ADDRESS else "",
        )


def kinds_by_paper(
    papers: Mapping[int, str],
    takes: Collection[tuple[int, str]],
    by_register: Mapping[str, Collection[str]],
    by_name: Mapping[str, Collection[str]],
) -> dict[int, frozenset[str]]:
    """
    Return by which kinds of results each paper of a case can be replaced; papers that none can replace are left out.

    `papers`: id → name. `takes`: (paper, register) as the catalogue says. A result is also the paper that bears its name.
    """
    found = {
        paper: frozenset(
            [code for own, register in takes if own == paper for code in by_register.get(register, ())]
            + list(by_name.get(name, ()))
        )
        for paper, name in papers.items()
    }
    return {paper: codes for paper, codes in found.items() if codes}
