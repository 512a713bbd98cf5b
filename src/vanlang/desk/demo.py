"""
The demo's dossiers: one in every state, late and paused ones among them, made by the real commands.

Each has an id of its own for ever, so loading again adds nothing. Days are counted back from today in working days of
the agency. Outcomes that are signed here are on paper: an electronic one wants a leader at the keyboard.
"""

from __future__ import annotations

import datetime as dt
import io
import uuid
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from django.conf import settings
from PIL import Image, ImageDraw, ImageFont

from vanlang.calendars.api import LimitUnit, TimeLimit, add_working_days, calendar_of
from vanlang.catalogue.api import find_procedure, get_version
from vanlang.desk.queries.drafts import draft_of, suggest_draft
from vanlang.desk.rules.outcomes import DraftKind
from vanlang.desk.services import sign_outcome
from vanlang.dossiers import api as dossiers
from vanlang.dossiers.api import Channel, Filing, ItemKind, Moved, Paper, PartyFacts, SupplementItem
from vanlang.files.api import store
from vanlang.identity.api import (
    SYSTEM,
    Actor,
    AppointmentCard,
    EntityFacts,
    EntityKind,
    PersonFacts,
    RepresentationKind,
    Role,
    actor_of,
    add_representation,
    find_entity,
    list_officers,
    remember_entity,
    remember_person,
)
from vanlang.kernel import clock
from vanlang.organizations.api import UnitKind, find_agency_by_code, find_unit
from vanlang.signing.api import find_credential_of_appointment

_IDS = uuid.UUID("5b5e0c0e-4f51-4f0e-8d1f-7f3c1d0a9b11")
_STEP = dt.timedelta(minutes=25)
_OPENS = dt.time(7, 45)


@dataclass(frozen=True, slots=True)
class _Person:
    name: str
    personal_id: str
    phone: str
    address: str


_LAN = _Person("Nguyễn Thị Lan", "025185000001", "0912345678", "Tổ 5, khu Gia Cẩm, phường Việt Trì")
_THINH = _Person("Đỗ Văn Thịnh", "025052000003", "0977123456", "Khu 3, phường Việt Trì")
_ANH = _Person("Bùi Thị Ngọc Ánh", "025310000004", "0868222333", "Tổ 2, khu Tiên Cát, phường Việt Trì")
_NGA = _Person("Hà Thị Nga", "025190001234", "0987654321", "Tổ 7, phường Việt Trì")
_TUAN = _Person("Phạm Anh Tuấn", "025088004321", "0904555666", "Số 18, phố Minh Lang, phường Việt Trì")
_HUE = _Person("Trần Thị Huệ", "025179002468", "0933777888", "Khu 6, phường Nông Trang")
_BACH = _Person("Lương Xuân Bách", "025095001357", "0915999000", "Tổ 11, phường Nông Trang")
_DUNG = _Person("Vi Thị Dung", "025182003579", "0946111222", "Khu 1, xã Thanh Ba")


@dataclass(frozen=True, slots=True)
class _Scenario:
    """One dossier: whose, what, how long ago it was filed, and the acts that led it where it is."""

    key: str
    code: str
    person: _Person
    days_ago: int
    road: str
    """Names of steps, apart by spaces."""
    request: str
    agency: str = "H44.100"
    channel: Channel = Channel.DIRECT
    answers: tuple[tuple[str, object], ...] = ()
    """Of the electronic form, where the register of results is to have them."""


_BIRTH, _EXTRACT, _COPY, _SIGNATURE = "1.001193", "2.000635", "2.000815", "2.000884"
_GUARDIAN, _COPY_OF_BOOK, _CROPS = "1.004837", "2.000908", "1.008004"
_HOUSING, _POOR, _DRILL, _FARM, _VET = "1.013314", "1.011609", "1.001662", "1.008128", "1.014779"
_MARRIAGE = "1.000593"
_WED: tuple[tuple[str, object], ...] = (
    ("wife_name", "Nguyễn Thị Lan"), ("wife_personal_id", "025185000001"), ("wife_born_on", "1985-03-12"),
    ("wife_commune", "H44.100"), ("wife_marriage_count", 1), ("husband_name", "Trần Quốc Việt"),
    ("husband_personal_id", "025083000017"), ("husband_born_on", "1983-09-30"), ("husband_commune", "H44.100"),
    ("husband_marriage_count", 1), ("applicant_phone", "0912345678"), ("truthful", True),
)  # fmt: skip
VIET_TRI = "H44.100"
_NONG_TRANG, _DEPARTMENT = "H44.101", "H44.45"
_ONLINE, _POST = Channel.ONLINE, Channel.POSTAL

_SCENARIOS = (
    _Scenario("vt-01", _BIRTH, _LAN, 0, "", "Đăng ký khai sinh cho cháu Trần Gia An", channel=_ONLINE),
    _Scenario(
        "vt-02", _EXTRACT, _ANH, 0, "", "Cấp bản sao trích lục khai sinh của Bùi Thị Ngọc Ánh", channel=_ONLINE
    ),
    _Scenario("vt-03", _COPY_OF_BOOK, _TUAN, 1, "", "Cấp bản sao bằng tốt nghiệp từ sổ gốc", channel=_ONLINE),
    _Scenario(
        "vt-04", _GUARDIAN, _NGA, 1, "ask_first", "Đăng ký giám hộ cho cháu Hà Minh Khôi", channel=_ONLINE
    ),
    _Scenario("vt-05", _SIGNATURE, _THINH, 0, "receive", "Chứng thực chữ ký trên giấy ủy quyền nhận lương hưu"),
    _Scenario("vt-06", _COPY, _NGA, 0, "receive hand_over", "Chứng thực bản sao bằng tốt nghiệp đại học"),
    _Scenario("vt-07", _COPY, _TUAN, 0, "receive hand_over claim", "Chứng thực bản sao căn cước, sổ hộ khẩu cũ"),
    _Scenario(
        "vt-08", _CROPS, _THINH, 3, "receive hand_over claim", "Chuyển 720 m² đất lúa sang trồng rau ở khu 3"
    ),
    _Scenario(
        "vt-09", _GUARDIAN, _LAN, 2, "receive hand_over claim", "Đăng ký giám hộ cho cháu Nguyễn Bảo Ngọc"
    ),
    _Scenario("vt-10", _EXTRACT, _DUNG, 2, "receive hand_over claim", "Cấp bản sao trích lục kết hôn"),
    _Scenario("vt-11", _BIRTH, _BACH, 3, "receive hand_over", "Đăng ký khai sinh cho cháu Lương Hải Đăng"),
    _Scenario(
        "vt-12", _HOUSING, _ANH, 2, "receive assign ask", "Xác nhận diện tích nhà ở để đăng ký thường trú"
    ),
    _Scenario("vt-13", _POOR, _DUNG, 4, "receive assign ask answer", "Công nhận hộ có mức sống trung bình"),
    _Scenario(
        "vt-14", _CROPS, _NGA, 2, "receive assign consult", "Chuyển đất lúa sang nuôi trồng thủy sản kết hợp"
    ),
    _Scenario(
        "vt-15", _EXTRACT, _TUAN, 0, "receive assign propose", "Cấp bản sao trích lục khai sinh của Phạm Minh Quân"
    ),
    _Scenario(
        "vt-16", _EXTRACT, _LAN, 1, "receive assign propose", "Cấp bản sao trích lục khai tử của Nguyễn Văn Hòa"
    ),
    _Scenario(
        "vt-17", _GUARDIAN, _THINH, 2, "receive assign propose approve", "Đăng ký giám hộ cho cháu Đỗ Thanh Tú"
    ),
    _Scenario(
        "vt-18", _COPY, _ANH, 0, "receive assign propose_paper approve", "Chứng thực bản sao chứng chỉ tiếng Anh"
    ),
    _Scenario(
        "vt-19", _COPY, _LAN, 1, "receive assign propose_paper approve release", "Chứng thực bản sao học bạ"
    ),
    _Scenario(
        "vt-20", _BIRTH, _TUAN, 2, "receive assign propose_paper approve release deliver",
        "Đăng ký khai sinh cho cháu Phạm Khánh Vy",
    ),
    _Scenario(
        "vt-21", _CROPS, _TUAN, 8, "receive assign extend", "Chuyển 1.200 m² đất lúa sang trồng cây ăn quả"
    ),
    _Scenario("vt-22", _POOR, _NGA, 6, "receive assign stop", "Công nhận hộ có mức sống trung bình"),
    _Scenario("vt-23", _HOUSING, _THINH, 1, "receive withdraw", "Xác nhận diện tích nhà ở bình quân"),
    _Scenario(
        "vt-24", _COPY_OF_BOOK, _DUNG, 1, "refuse", "Cấp bản sao giấy chứng nhận từ sổ gốc", channel=_POST
    ),
    _Scenario(
        "vt-25",
        _COPY_OF_BOOK,
        _BACH,
        0,
        "receive assign propose approve sign",
        "Cấp bản sao bằng nghề từ sổ gốc",
    ),
    _Scenario(
        "vt-26", _MARRIAGE, _LAN, 12, "receive assign propose_paper approve release deliver",
        "Đăng ký kết hôn lưu động tại nhà văn hóa khu Gia Cẩm", answers=_WED,
    ),
    _Scenario(
        "nt-01", _EXTRACT, _HUE, 0, "", "Cấp bản sao trích lục kết hôn", agency=_NONG_TRANG, channel=_ONLINE
    ),
    _Scenario(
        "nt-02", _GUARDIAN, _BACH, 2, "receive hand_over claim", "Đăng ký giám hộ cho cháu Lương Gia Hân",
        agency=_NONG_TRANG,
    ),
    _Scenario(
        "so-01", _VET, _BACH, 4, "receive assign", "Gia hạn giấy chứng nhận buôn bán thuốc thú y",
        agency=_DEPARTMENT,
    ),
    _Scenario(
        "so-02", _FARM, _HUE, 6, "receive assign propose_paper", "Chứng nhận trang trại lợn quy mô 1.200 con",
        agency=_DEPARTMENT,
    ),
)  # fmt: skip


def load(folder: Path, report: Callable[[str], None]) -> None:
    """Make the dossiers that are not there yet. Quietly does nothing where the cast has no accounts."""
    now = clock.now()
    offices = {
        code: office for code in (VIET_TRI, _NONG_TRANG, _DEPARTMENT) if (office := _office(code, now))
    }
    if not offices:
        report("Hồ sơ trình diễn: bỏ qua, chưa có cán bộ trình diễn")
        return
    made = sum(
        _make(scenario, offices[scenario.agency], now)
        for scenario in _SCENARIOS
        if scenario.agency in offices
    )
    if VIET_TRI in offices:
        _let_speak(_THINH, "Hội Người cao tuổi phường Việt Trì", "05/QĐ-UBND", offices[VIET_TRI], now)
    report(f"Hồ sơ trình diễn: thêm {made}")


def _let_speak(person: _Person, name: str, number: str, office: _Office, at: dt.datetime) -> None:
    """Note that a person speaks for an organised body, so that the counter has one to look at."""
    if find_entity(EntityKind.OTHER, number) is not None:
        return
    facts = PersonFacts(
        full_name=person.name, personal_id=person.personal_id, phone=person.phone, address=person.address
    )
    add_representation(
        entity_id=remember_entity(facts=EntityFacts(kind=EntityKind.OTHER, number=number, name=name), at=at),
        person_id=remember_person(facts=facts, at=at), kind=RepresentationKind.LEGAL, title="Chủ tịch Hội",
        ground="Quyết định công nhận Ban Chấp hành", actor=office.actor(Role.COUNTER), at=at,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Office:
    """An agency with the members of the cast who work there."""

    agency_id: int
    unit_id: int | None
    cards: dict[Role, AppointmentCard]

    def actor(self, role: Role) -> Actor:
        return actor_of(self.cards[role])


def _office(code: str, at: dt.datetime) -> _Office | None:
    agency = find_agency_by_code(code, at.date())
    if agency is None:
        return None
    cards: dict[Role, AppointmentCard] = {}
    for card in list_officers(agency.id, at.date()):
        for role in card.roles:
            cards.setdefault(role, card)
    if not {Role.COUNTER, Role.SPECIALIST} <= set(cards):
        return None
    unit = find_unit(agency.id, UnitKind.SPECIALIST, at.date())
    mine = cards[Role.SPECIALIST].unit_id
    return _Office(agency.id, mine or (unit.id if unit else None), cards)


def _make(scenario: _Scenario, office: _Office, now: dt.datetime) -> int:
    """Make one dossier; return 1 when it was not there."""
    steps = scenario.road.split()
    times = _times(scenario.days_ago, len(steps) + 1, office.agency_id, now)
    procedure = find_procedure(scenario.code, times[0].date())
    if procedure is None or not procedure.is_ready:
        return 0
    version = get_version(procedure.version_id)
    case = version.cases[0] if version.cases else None
    if _is_there(uuid.uuid5(_IDS, scenario.key)):
        return 0
    filed = _submit(scenario, office, version.id, case.id if case else None, times[0])
    for step, at in zip(steps, times[1:], strict=True):
        _STEPS[step](_Scene(scenario, office, filed.dossier_id, at))
    return 1


def _is_there(dossier_id: uuid.UUID) -> bool:
    try:
        dossiers.explain_due(dossier_id, actor=SYSTEM)
    except dossiers.DossierNotFound:
        return False
    return True


def _times(days_ago: int, count: int, agency_id: int, now: dt.datetime) -> list[dt.datetime]:
    """Return when the acts were done: one after the other from the morning of that working day, none in the future."""
    on = add_working_days(calendar_of(agency_id), now.date(), -days_ago)
    begins = dt.datetime.combine(on, _OPENS, tzinfo=clock.VIETNAM)
    begins = min(begins, now - _STEP * count)
    return [begins + _STEP * number for number in range(count)]


def _submit(
    scenario: _Scenario, office: _Office, version_id: int, case_id: int | None, at: dt.datetime
) -> Moved:
    person = scenario.person
    person_id = remember_person(
        facts=PersonFacts(
            full_name=person.name, personal_id=person.personal_id, phone=person.phone, address=person.address
        ),
        at=at,
    )
    filing = Filing(
        procedure_version_id=version_id,
        case_id=case_id,
        applicant=PartyFacts(
            person_id=person_id,
            full_name=person.name,
            personal_id=person.personal_id,
            phone=person.phone,
            address=person.address,
        ),
        channel=scenario.channel,
        intake_agency_id=office.agency_id,
        competent_agency_id=office.agency_id,
        return_agency_id=office.agency_id,
        request=scenario.request,
        answers=dict(scenario.answers),
        papers=_papers(scenario, case_id, version_id, at),
    )
    actor = replace(office.actor(Role.COUNTER), person_id=None)
    key = uuid.uuid5(_IDS, scenario.key)
    return dossiers.submit(filing=filing, actor=actor, at=at, dossier_id=key)


def _papers(scenario: _Scenario, case_id: int | None, version_id: int, at: dt.datetime) -> tuple[Paper, ...]:
    case = get_version(version_id).case(case_id)
    documents = [one for one in (case.documents if case else ()) if one.originals or one.copies][:3]
    scanned = scenario.channel is Channel.ONLINE or scenario.key.endswith(("7", "8", "9"))
    return tuple(
        Paper(
            name=one.name[:300],
            file_id=store(
                content=_scan(one.name, scenario.person.name), name=f"{one.name[:60]}.pdf", at=at
            ).id
            if scanned
            else None,
            required_document_id=one.id,
            originals=0 if scenario.channel is Channel.ONLINE else one.originals or 0,
            copies=0 if scenario.channel is Channel.ONLINE else one.copies or 0,
        )
        for one in documents
    )


def _scan(title: str, name: str) -> bytes:
    """Return a page that stands for a scan, and says that it does."""
    font_file = settings.VANLANG_ROOT / "src/vanlang/documents/fonts/LiberationSerif-Regular.ttf"
    page = Image.new("L", (900, 1272), 250)
    draw = ImageDraw.Draw(page)
    large, small = (ImageFont.truetype(str(font_file), size) for size in (34, 24))
    draw.text((90, 110), "BẢN TRÌNH DIỄN", font=small, fill=110)
    for number, line in enumerate(_wrapped(title)):
        draw.text((90, 180 + 46 * number), line, font=large, fill=30)
    draw.text((90, 420), f"Họ và tên: {name}", font=small, fill=40)
    for number in range(9):
        draw.line((90, 520 + 60 * number, 810, 520 + 60 * number), fill=190, width=2)
    out = io.BytesIO()
    page.save(out, format="PDF", resolution=110)
    return out.getvalue()


def _wrapped(text: str, width: int = 38, most: int = 4) -> list[str]:
    lines = [""]
    for word in text.split():
        if len(lines[-1]) + len(word) >= width:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines[:most]


# ---- the acts of the roads ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Scene:
    """One act about to be done."""

    scenario: _Scenario
    office: _Office
    dossier_id: uuid.UUID
    at: dt.datetime

    def by(self, role: Role) -> dict[str, object]:
        return {"dossier_id": self.dossier_id, "actor": self.office.actor(role), "at": self.at}


def _receive(scene: _Scene) -> None:
    dossiers.receive(**scene.by(Role.COUNTER))  # type: ignore[arg-type] # who and when of every act


def _refuse(scene: _Scene) -> None:
    dossiers.refuse(
        **scene.by(Role.COUNTER),  # type: ignore[arg-type] # as above
        reasons=["Sổ gốc do cơ quan khác lưu giữ, không thuộc UBND phường."],
        guidance="Đề nghị nộp tại cơ quan đã cấp bản chính.",
    )


def _ask_first(scene: _Scene) -> None:
    dossiers.request_supplement(
        **scene.by(Role.COUNTER),  # type: ignore[arg-type] # as above
        items=[
            SupplementItem(
                ItemKind.DOCUMENT, "guardian", "Văn bản cử người giám hộ", "Chưa có trong hồ sơ nộp"
            )
        ],
    )


def _ask(scene: _Scene) -> None:
    dossiers.request_supplement(
        **scene.by(Role.SPECIALIST),  # type: ignore[arg-type] # as above
        items=[
            SupplementItem(
                ItemKind.DOCUMENT,
                "proof",
                "Giấy tờ chứng minh diện tích",
                "Bản sao mờ, không đọc được diện tích",
            )
        ],
        note="Chỉ cần nộp lại một bản chụp rõ.",
    )


def _answer(scene: _Scene) -> None:
    dossiers.answer_supplement(
        **scene.by(Role.COUNTER),  # type: ignore[arg-type] # as above
        answers=[
            dossiers.Answer(
                kind=ItemKind.DOCUMENT,
                key="proof",
                paper=Paper(name="Giấy tờ chứng minh diện tích", copies=1),
            )
        ],
    )


def _hand_over(scene: _Scene) -> None:
    dossiers.hand_over(**scene.by(Role.COUNTER), unit_id=scene.office.unit_id)  # type: ignore[arg-type] # as above


def _claim(scene: _Scene) -> None:
    dossiers.claim(**scene.by(Role.SPECIALIST))  # type: ignore[arg-type] # as above


def _assign(scene: _Scene) -> None:
    to = scene.office.cards[Role.SPECIALIST].id
    who = Role.LEADER if Role.LEADER in scene.office.cards else Role.COUNTER
    dossiers.assign(**scene.by(who), to_appointment_id=to)  # type: ignore[arg-type] # as above


def _consult(scene: _Scene) -> None:
    other = find_agency_by_code(_DEPARTMENT, scene.at.date())
    dossiers.consult(
        **scene.by(Role.SPECIALIST),  # type: ignore[arg-type] # as above
        agency_ids=[other.id if other else 0],
        question="Đề nghị cho ý kiến về sự phù hợp với quy hoạch vùng trồng lúa.",
    )


def _propose(scene: _Scene, kind: DraftKind = DraftKind.EXTRACT) -> None:
    leader = scene.office.cards[Role.LEADER]
    actor = scene.office.actor(Role.SPECIALIST)
    page = dossiers.get_dossier_page(
        scene.dossier_id, actor=SYSTEM, purpose="Dữ liệu trình diễn", at=scene.at
    )
    typed = {"opening": "", "source": "Sổ đăng ký hộ tịch của phường, quyển số 01/2026", "closing": ""}
    typed |= suggest_draft(page, get_version(page.procedure_version_id), kind, leaders=(leader,))  # type: ignore[arg-type] # values of the form
    dossiers.propose(
        dossier_id=scene.dossier_id,
        draft=draft_of(kind, typed, page=page, leader=leader, at=scene.at),
        to_appointment_id=leader.id,
        actor=actor,
        at=scene.at,
    )


def _propose_paper(scene: _Scene) -> None:
    _propose(scene, DraftKind.ON_PAPER)


def _approve(scene: _Scene) -> None:
    dossiers.approve(**scene.by(Role.LEADER))  # type: ignore[arg-type] # as above


def _sign(scene: _Scene) -> None:
    """Sign with the leader's certificate, in real time; left approved where none was issued."""
    if find_credential_of_appointment(scene.office.cards[Role.LEADER].id) is not None:
        sign_outcome(dossier_id=scene.dossier_id, actor=scene.office.actor(Role.LEADER), at=clock.now())


def _release(scene: _Scene) -> None:
    dossiers.release(**scene.by(Role.CLERK))  # type: ignore[arg-type] # as above


def _deliver(scene: _Scene) -> None:
    dossiers.deliver(
        **scene.by(Role.COUNTER),  # type: ignore[arg-type] # as above
        channel=Channel.DIRECT,
        receiver=scene.scenario.person.name,
    )


def _extend(scene: _Scene) -> None:
    dossiers.extend(
        **scene.by(Role.LEADER),  # type: ignore[arg-type] # as above
        more=TimeLimit(3, LimitUnit.WORKING_DAY),
        reason="Phải kiểm tra thực địa sau mưa lớn, chưa đủ căn cứ trả lời.",
    )


def _stop(scene: _Scene) -> None:
    dossiers.stop(
        **scene.by(Role.LEADER),  # type: ignore[arg-type] # as above
        reason="Hộ đã chuyển nơi thường trú sang xã khác trong thời gian giải quyết.",
        guidance="Nộp hồ sơ tại UBND xã nơi thường trú mới.",
    )


def _withdraw(scene: _Scene) -> None:
    dossiers.withdraw(**scene.by(Role.COUNTER), reason="Người nộp không còn nhu cầu")  # type: ignore[arg-type] # as above


_STEPS: dict[str, Callable[[_Scene], None]] = {
    "receive": _receive,
    "refuse": _refuse,
    "ask_first": _ask_first,
    "ask": _ask,
    "answer": _answer,
    "hand_over": _hand_over,
    "claim": _claim,
    "assign": _assign,
    "consult": _consult,
    "propose": _propose,
    "propose_paper": _propose_paper,
    "approve": _approve,
    "sign": _sign,
    "release": _release,
    "deliver": _deliver,
    "extend": _extend,
    "stop": _stop,
    "withdraw": _withdraw,
}
