"""Petitions led to any state through the real commands."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable
from dataclasses import dataclass, replace

from vanlang.dossiers.tests.factories import World
from vanlang.identity.api import NOBODY, Actor
from vanlang.petitions import services
from vanlang.petitions.actors import SenderKey, secret_mark
from vanlang.petitions.models import Petition
from vanlang.petitions.types import (
    AnswerWords,
    Brought,
    Filed,
    PetitionGround,
    PetitionKind,
    PetitionSource,
    PetitionState,
    Sender,
)

TITLE = "Chờ lâu ở quầy số 2"
TEXT = (
    "Sáng 20/11/2026 tôi chờ từ 8 giờ đến 10 giờ 30 ở quầy số 2 mà không được gọi số. "
    "Đề nghị phường sắp xếp thêm người vào buổi sáng."
)
SENDER = Sender(
    name="Đỗ Văn Thịnh", phone="0987654321", email="thinh.do@example.vn", address="Số 12 Hùng Vương, Việt Trì"
)
ANSWER = AnswerWords(
    "Kính gửi ông Đỗ Văn Thịnh, phường đã bố trí thêm một quầy vào buổi sáng từ 01/12/2026.",
    "Thời gian chờ ở quầy số 2",
    "Người dân phản ánh phải chờ lâu ở quầy số 2 vào buổi sáng.",
    "Phường đã bố trí thêm một quầy vào buổi sáng từ 01/12/2026.",
)


@dataclass(frozen=True, slots=True)
class Desk:
    """The cast at work on petitions of phường Việt Trì."""

    world: World

    @property
    def at(self) -> dt.datetime:
        return self.world.at

    def brought(self, **changes: object) -> Brought:
        brought = Brought(TITLE, TEXT, SENDER, self.world.viet_tri.id, PetitionSource.PORTAL)
        return replace(brought, **changes)  # type: ignore[arg-type] # fields by name

    def file(self, *, actor: Actor = NOBODY, at: dt.datetime | None = None, **changes: object) -> Filed:
        return services.file_petition(brought=self.brought(**changes), actor=actor, at=at or self.at)

    def key(self, filed: Filed) -> SenderKey:
        return SenderKey(secret_mark=secret_mark(filed.code, filed.secret))

    def row(self, filed: Filed | uuid.UUID) -> Petition:
        return Petition.objects.get(pk=filed.id if isinstance(filed, Filed) else filed)

    def classified(self, kind: PetitionKind = PetitionKind.OTHER, **changes: object) -> Filed:
        filed = self.file(**changes)  # type: ignore[arg-type] # fields by name
        services.classify(petition_id=filed.id, kind=kind, actor=self.world.mai, at=self.at)
        return filed

    def accepted(self, **changes: object) -> Filed:
        filed = self.classified(**changes)  # type: ignore[arg-type] # fields by name
        services.accept(petition_id=filed.id, actor=self.world.mai, at=self.at)
        return filed

    def asked(self, **changes: object) -> Filed:
        filed = self.accepted(**changes)
        services.ask_supplement(
            petition_id=filed.id, question="Sự việc ở quầy nào?", actor=self.world.mai, at=self.at
        )
        return filed

    def proposed(self, words: AnswerWords = ANSWER, **changes: object) -> Filed:
        filed = self.accepted(**changes)
        leader = self.world.phuc.appointment_id
        assert leader is not None
        services.propose_answer(
            petition_id=filed.id, words=words, leader_id=leader, actor=self.world.mai, at=self.at
        )
        return filed

    def answered(self, **changes: object) -> Filed:
        filed = self.proposed(**changes)  # type: ignore[arg-type] # fields by name
        services.approve_answer(petition_id=filed.id, actor=self.world.phuc, at=self.at)
        return filed

    def published(self, **changes: object) -> Filed:
        filed = self.proposed(**changes)  # type: ignore[arg-type] # fields by name
        services.approve_answer(petition_id=filed.id, and_publish=True, actor=self.world.phuc, at=self.at)
        return filed

    def withheld(self, **changes: object) -> Filed:
        filed = self.answered(**changes)
        services.withhold(
            petition_id=filed.id, reason="Chỉ liên quan một gia đình.", actor=self.world.phuc, at=self.at
        )
        return filed

    def refused(self, **changes: object) -> Filed:
        filed = self.classified(**changes)  # type: ignore[arg-type] # fields by name
        services.refuse(
            petition_id=filed.id, ground=PetitionGround.UNCLEAR, reason="Không nêu sự việc cụ thể.",
            actor=self.world.mai, at=self.at,
        )  # fmt: skip
        return filed

    def returned(self, **changes: object) -> Filed:
        filed = self.classified(**changes)  # type: ignore[arg-type] # fields by name
        services.return_petition(
            petition_id=filed.id, reason="Thuộc cơ quan trung ương.", actor=self.world.mai, at=self.at
        )
        return filed

    def referred(self, kind: PetitionKind = PetitionKind.DENUNCIATION, **changes: object) -> Filed:
        filed = self.classified(kind, **changes)
        services.refer(petition_id=filed.id, actor=self.world.mai, at=self.at)
        return filed

    def merged(self, **changes: object) -> Filed:
        first = self.accepted()
        filed = self.classified(**changes)  # type: ignore[arg-type] # fields by name
        services.merge(petition_id=filed.id, into=first.id, actor=self.world.mai, at=self.at)
        return filed

    def in_state(self, state: PetitionState) -> Filed:
        ways: dict[PetitionState, Callable[[], Filed]] = {
            PetitionState.FILED: self.file,
            PetitionState.CLASSIFIED: self.classified,
            PetitionState.ACCEPTED: self.accepted,
            PetitionState.AWAITING_SENDER: self.asked,
            PetitionState.PROPOSED: self.proposed,
            PetitionState.ANSWERED: self.answered,
            PetitionState.PUBLISHED: self.published,
            PetitionState.WITHHELD: self.withheld,
            PetitionState.REFUSED: self.refused,
            PetitionState.RETURNED: self.returned,
            PetitionState.REFERRED: self.referred,
            PetitionState.MERGED: self.merged,
        }
        return ways[state]()
