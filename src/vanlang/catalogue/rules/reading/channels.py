"""Read the rows "cách thức thực hiện": per channel a time limit and a fee, or the question to ask."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from vanlang.catalogue.rules.reading.durations import read_limit
from vanlang.catalogue.rules.reading.fees import read_fee, split_prose
from vanlang.catalogue.rules.reading.values import Certain, Uncertain
from vanlang.catalogue.types import Channel, Limit, Money, Reason

CHANNELS: dict[str, Channel] = {
    "trực tiếp": Channel.DIRECT,
    "trực tuyến": Channel.ONLINE,
    "dịch vụ bưu chính": Channel.POSTAL,
}

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class ChannelRow:
    """One row as the source has it."""

    channel: str
    duration: float | None
    unit: str | None
    fee: str | None
    text: str


@dataclass(frozen=True, slots=True)
class ChannelReading:
    """What the rows of one channel say together."""

    channel: Channel
    limit: Certain[Limit] | Uncertain
    fee: Certain[Money] | Uncertain


def read_channels(rows: Sequence[ChannelRow]) -> list[ChannelReading]:
    """Return one reading per channel, in the order direct, online, postal."""
    readings = []
    for channel in Channel:
        own = [row for row in rows if CHANNELS.get(row.channel.strip().lower()) is channel]
        if own:
            readings.append(_read_channel(channel, own))
    return readings


def _read_channel(channel: Channel, rows: Sequence[ChannelRow]) -> ChannelReading:
    limits: list[Certain[Limit] | Uncertain] = []
    fees: list[Certain[Money] | Uncertain] = []
    for row in rows:
        column, note, rest = split_prose(row.fee, row.text)
        limits.append(read_limit(row.duration, row.unit, rest))
        fees.append(read_fee(column, note, rest))
    return ChannelReading(channel, _agreed(limits, Reason.LIMITS_SEVERAL), _agreed(fees, Reason.FEE_SEVERAL))


def _agreed(readings: Sequence[Certain[T] | Uncertain], several: Reason) -> Certain[T] | Uncertain:
    """Return what all rows say; rows that differ belong to cases which the source does not name."""
    if all(reading == readings[0] for reading in readings):
        return readings[0]
    return Uncertain(several, " ‖ ".join(_unique(_shown(reading) for reading in readings)))


def _shown(reading: Certain[T] | Uncertain) -> str:
    if isinstance(reading, Uncertain):
        return reading.raw
    value = reading.value
    if isinstance(value, Limit):
        return f"{value.amount:f} {value.unit}"
    return f"{value.amount_vnd} VNĐ" if isinstance(value, Money) else str(value)


def _unique(texts: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(texts))
