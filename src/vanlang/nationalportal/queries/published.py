"""What is in force here, by the names that the national portal has for it: what both sides are compared by."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from vanlang.catalogue.api import SAME_DAY, Channel, VersionCard, get_version, list_fields, list_procedures
from vanlang.nationalportal.rules.procedures import Paper, Published, Way, told_of
from vanlang.nationalportal.types import Message
from vanlang.organizations.api import list_agencies


def published(on: dt.date) -> dict[str, list[Message]]:
    """Return every procedure with all that LayThuTuc says of it, every agency, every sector; a sector without a code has none."""
    fields = {card.name: card.code for card in list_fields(on)}
    versions = [get_version(card.version_id) for card in list_procedures(on)]
    return {
        "procedures": [_procedure(version, fields[version.field]) for version in versions],
        "agencies": [{"MaDonVi": card.code, "TenDonVi": card.name} for card in list_agencies(on)],
        "sectors": [{"MaLinhVuc": code, "TenLinhVuc": name} for name, code in fields.items()],
    }


def ours_told(version: VersionCard, *, field_code: str = "", issuing_body: str) -> Message:
    """Return a version of ours as LayThuTuc would say it."""
    return told_of(
        Published(
            code=version.code,
            name=version.name,
            field=version.field,
            field_code=field_code,
            issuing_body=issuing_body,
            levels=tuple(level.value for level in version.levels),
            audience=tuple(one.value for one in version.audience),
            authority=version.authority,
            steps=version.steps,
            conditions=version.conditions,
            ways=tuple(_ways(version)),
            cases=tuple(
                (
                    case.title,
                    tuple(
                        Paper(one.name, one.originals or 0, one.copies or 0, next(iter(one.form_files), ""))
                        for one in case.documents
                    ),
                )
                for case in version.cases
            ),
            legal_basis=version.legal_basis,
            outcomes=tuple((one.code, one.name) for one in version.outcome_kinds),
        )
    )


def _procedure(version: VersionCard, field_code: str) -> Message:
    named = {
        "MaTTHC": version.code, "TenTTHC": version.name, "MaLinhVuc": field_code, "TenLinhVuc": version.field,
    }  # fmt: skip
    return named | ours_told(version, field_code=field_code, issuing_body=version.department_code)


def _ways(version: VersionCard) -> Iterator[Way]:
    for channel in Channel:
        found = version.limit_for(channel)
        fees = [fee for fee in version.fees if fee.channel in {channel, None}]
        if found is None and not any(fee.channel is channel for fee in fees):
            continue
        limit = found.limit if found else None
        is_same_day = limit == SAME_DAY
        yield Way(
            channel=channel.value,
            amount=f"{limit.amount.normalize():f}" if limit and not is_same_day else "",
            unit=limit.unit.value if limit else "",
            is_same_day=is_same_day,
            fees=tuple((str(fee.money.amount_vnd), fee.name) for fee in fees),
        )
