from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import ClassVar

from typing_extensions import override

from vanlang.catalogue import api as catalogue
from vanlang.catalogue.api import CHANNELS, FEE_KINDS, Channel, FeeContent, FeeKind, Money, Origin
from vanlang.configuration.kinds.base import Kind, KindCard, World, also, problem
from vanlang.configuration.kinds.procedures import (
    CASE,
    PROCEDURE,
    case_index,
    case_title,
    contents_of,
    ordered,
    with_procedure,
)
from vanlang.configuration.types import Group, Judged
from vanlang.identity.api import Role
from vanlang.kernel.vietnamese import normalise
from vanlang.sheets.api import CellKind, Column, Reading, ReadRow, Sheet, Value, Values


class Fees(Kind):
    """Fees and charges: all of a procedure are written together, as a new version from tomorrow on."""

    card = KindCard(
        "phi", "Phí, lệ phí", "Mức thu của từng thủ tục, theo kênh và trường hợp, kèm căn cứ.",
        Role.CATALOGUE_EDITOR, needs_second_person=True, province_only=False,
    )  # fmt: skip
    group_by = ("procedure",)
    sheet: ClassVar[Sheet] = Sheet(
        "Phí, lệ phí",
        key=("procedure", "case", "position"),
        note="Ghi đủ mọi mức thu của mỗi thủ tục có trong tệp. Miễn phí là một dòng mức 0 kèm căn cứ.",
        columns=(
            PROCEDURE,
            CASE,
            Column("position", "Số thứ tự", CellKind.NUMBER, required=True, example="1", aliases=("STT",)),
            Column("name", "Tên khoản thu", example="Lệ phí đăng ký khai sinh", most=250),
            Column("kind", "Loại", CellKind.CHOICE, example="Lệ phí", choices=tuple((kind.value, name) for kind, name in FEE_KINDS.items())),
            Column("amount_vnd", "Mức thu (đồng)", CellKind.NUMBER, required=True, example="8000", aliases=("Mức thu", "Số tiền")),
            Column("per", "Đơn vị tính", example="bản", most=60),
            Column("channel", "Kênh nộp", CellKind.CHOICE, choices=tuple((channel.value, name) for channel, name in CHANNELS.items()),
                   help="Bỏ trống: mọi kênh."),
            Column("first_units", "Số đơn vị đầu", CellKind.NUMBER, help="Khi mức thu chỉ áp dụng cho số đơn vị đầu."),
            Column("then_vnd", "Mức thu tiếp theo (đồng)", CellKind.NUMBER, help="Từ đơn vị sau số đơn vị đầu."),
            Column("most_vnd", "Tối đa (đồng)", CellKind.NUMBER),
            Column("basis", "Căn cứ", required=True, example="Nghị quyết của HĐND tỉnh", most=500),
        ),
    )  # fmt: skip

    @override
    def now(self, world: World) -> Mapping[str, Sequence[Values]]:
        found: dict[str, Sequence[Values]] = {}
        for code, content in contents_of(world).items():
            counts: dict[str, int] = {}
            lines: list[Values] = []
            for fee in content.fees:
                case = case_title(content, fee.case)
                counts[case] = counts.get(case, 0) + 1
                lines.append({"procedure": code, "case": case, "position": counts[case], **_values_of(fee)})
            found[code] = lines
        return found

    @override
    def judge(self, row: ReadRow, reading: Reading, world: World) -> Judged:
        judged = with_procedure(row, reading, world)
        values = row.values
        wrong = [
            problem(row, reading, column, "configuration.negative")
            for column in ("position", "amount_vnd", "first_units", "then_vnd", "most_vnd")
            if isinstance(values.get(column), int) and int(str(values[column])) < 0
        ]
        if (values.get("first_units") is None) is not (values.get("then_vnd") is None):
            wrong.append(problem(row, reading, "first_units", "configuration.half_a_tier"))
        return also(judged, *wrong)

    @override
    def write(self, group: Group, *, world: World, at: dt.datetime) -> None:
        code = str((group.after or group.before)[0]["procedure"])
        content = contents_of(world)[code]
        fees = [_fee_of(values, case_index(content, values)) for values in ordered(group.after)]
        catalogue.change_fee(
            procedure_code=code, fees=fees, valid_from=world.on + dt.timedelta(days=1), actor=world.actor, at=at
        )  # fmt: skip


def _values_of(fee: FeeContent) -> Values:
    return {
        "name": normalise(fee.name),
        "kind": fee.money.kind.value,
        "amount_vnd": fee.money.amount_vnd,
        "per": normalise(fee.money.per),
        "channel": fee.channel.value if fee.channel else "",
        "first_units": fee.money.first_units,
        "then_vnd": fee.money.then_vnd,
        "most_vnd": fee.money.most_vnd,
        "basis": normalise(fee.basis or fee.source),
    }


def _fee_of(values: Mapping[str, Value], case: int | None) -> FeeContent:
    def number(column: str) -> int | None:
        value = values.get(column)
        return value if isinstance(value, int) else None

    channel, basis = str(values.get("channel") or ""), str(values.get("basis") or "")
    money = Money(
        amount_vnd=number("amount_vnd") or 0,
        kind=FeeKind(str(values.get("kind") or FeeKind.UNSTATED.value)),
        per=str(values.get("per") or ""),
        first_units=number("first_units"),
        then_vnd=number("then_vnd"),
        most_vnd=number("most_vnd"),
    )
    return FeeContent(
        money, basis, Origin.DEPARTMENT, Channel(channel) if channel else None, str(values.get("name") or ""), basis, case
    )  # fmt: skip


FEES = Fees()
