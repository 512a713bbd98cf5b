"""The national portal: what it takes and refuses, how it answers a comparison, how it goes wrong, and what it pushes."""

from __future__ import annotations

import hashlib
import http.client
import itertools
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from sandbox.national_portal import forest
from sandbox.servers import Plan, Urls, running
from sandbox.tests.portal_client import CODE, Province, System, province, record, step, system

DELIVERED = {
    "TrangThaiHoSo": "10",
    "NgayKetThucXuLy": "20260807100000",
    "NgayTra": "20260807143000",
    "DanhSachGiayToKetQua": [
        {
            "MaGiayToKetQua": "KQ.G02.000001",
            "SoKyHieu": "12/GP-UBND",
            "TenGiayTo": "Giấy phép",
            "GiayToId": "1",
        }
    ],
}


@pytest.fixture
def here(urls: Urls, state: Path) -> System:
    return system(urls.national_portal, state)


# --- sign-in -------------------------------------------------------------------------------------------


def test_a_wrong_password_and_a_missing_destination_get_no_session(here: System) -> None:
    assert here.login(password="wrong")["error_code"] == "-1"
    assert here.login(dstcode="")["error_code"] == "-1"
    assert here.tell(record())["error_code"] == "-2"


def test_a_session_ends(tmp_path: Path) -> None:
    with running(tmp_path, Plan(tmp_path, session_seconds=0)) as urls:
        late = system(urls.national_portal, tmp_path)
        assert late.tell(record())["error_code"] == "-2"


# --- dossiers ------------------------------------------------------------------------------------------


def test_a_dossier_is_created_then_exists_then_is_updated(here: System) -> None:
    assert here.tell(record())["ketqua"] == [{"MaHoSo": CODE, "error_code": "0", "error_message": ""}]
    assert here.tell(record())["error_code"] == "3"
    assert here.tell(record(TrangThaiHoSo="4"), updating=True)["error_code"] == "0"
    found = here.ask("TraCuuHoSo", mahoso=CODE)["data"]
    assert (found["TrangThaiHoSo"], found["NguonCapNhat"]) == ("4", "h44")


def test_an_update_says_everything(here: System) -> None:
    here.tell(record())
    here.tell(record(NgayHenTra=None), updating=True)
    assert here.ask("TraCuuHoSo", mahoso=CODE)["data"]["NgayHenTra"] == ""


def test_what_was_filed_at_the_portal_exists_with_its_own_code(here: System) -> None:
    code = here.order("file", record=record(MaHoSo=None, TrangThaiHoSo="1"))["MaHoSo"]
    assert here.tell(record(code))["error_code"] == "-3"
    assert here.tell(record(code), updating=True)["error_code"] == "0"


def test_another_systems_dossier_is_not_ours_to_write(here: System, state: Path) -> None:
    ministry = system(here.browser.base, state, name="bo-cong-an")
    ministry.tell(record())
    for answer in (here.tell(record(), updating=True), here.progress(step())):
        assert answer["error_code"] == "8"
    assert here.ask("TraCuuHoSo", mahoso=CODE)["data"]["NguonCapNhat"] == "bo-cong-an"


def test_each_record_has_its_own_answer(here: System) -> None:
    here.tell(record())
    answer = here.tell(record("H44.4-260803-0002"), record(), record("H44.4-260803-0003", ChuHoSo=""))
    assert [row["error_code"] for row in answer["ketqua"]] == ["0", "3", "7"]
    assert answer["error_code"] == "3"
    assert set(here.codes()) == {CODE, "H44.4-260803-0002"}


@pytest.mark.parametrize(
    ("changed", "names"),
    [
        ({"TrichYeuHoSo": "a" * 1001}, "TrichYeuHoSo"),
        ({"TaiLieuNop": [{"TenTepDinhKem": "a" * 4001}]}, "TenTepDinhKem"),
        ({"ChuHoSo": None}, "ChuHoSo"),
        ({"LoaiDoiTuong": 1}, "LoaiDoiTuong"),
        ({"TrangThaiHoSo": "11"}, "TrangThaiHoSo"),
        ({"NgayHenTra": "2026-08-10"}, "NgayHenTra"),
        ({"NgayHenTra": "20260231170000"}, "NgayHenTra"),
        ({"NgayTiepNhan": None}, "NgayTiepNhan"),
        ({"DuocThanhToanTrucTuyen": "3"}, "DuocThanhToanTrucTuyen"),
        ({"DinhDanhCHS": [{"LoaiDinhDanh": "1", "SoDinhDanh": "000000001"}]}, "SoDinhDanh"),
    ],
)
def test_what_does_not_fit_is_refused_by_name(here: System, changed: dict[str, object], names: str) -> None:
    answer = here.tell(record(**changed))
    assert answer["error_code"] == "7"
    assert answer["error_message"].startswith(f"{names}: ")
    assert here.codes() == []


def test_a_field_may_be_as_long_as_it_may_be(here: System) -> None:
    assert here.tell(record(TrichYeuHoSo="a" * 1000, TaiLieuNop=[{"TenTepDinhKem": "a" * 4000}]))[
        "error_code"
    ] == "0"  # fmt: skip


def test_codes_are_looked_up_once_a_catalogue_was_given(here: System) -> None:
    assert here.tell(record())["error_code"] == "0"
    here.order(
        "catalogue",
        procedures=[
            {"MaTTHC": "2.000001", "TenTTHC": "Khai sinh", "MaLinhVuc": "G15-HT", "TenLinhVuc": "Hộ tịch"}
        ],
        agencies=[{"MaDonVi": "H44.100", "TenDonVi": "Phường Việt Trì"}],
        sectors=[{"MaLinhVuc": "G15-HT", "TenLinhVuc": "Hộ tịch"}],
    )
    assert here.tell(record("H44.100-1"))["error_code"] == "5"
    assert here.tell(record("H44.100-1", MaTTHC="2.000001"))["error_code"] == "6"
    assert here.tell(record("H44.100-1", MaTTHC="2.000001", DonViXuLy="H44.100"))["error_code"] == "0"
    assert here.ask("LayThuTuc", maTTHC="2.000001")["data"]["LINHVUCTHUCHIEN"] == [
        {"MALINHVUC": "G15-HT", "TENLINHVUC": "Hộ tịch"}
    ]
    assert here.ask("LayDanhSachTTHC", trang="1") == {
        "error_code": "0", "error_message": "", "tong": 1, "data": [{"MATTHC": "2.000001", "TENTTHC": "Khai sinh"}],
    }  # fmt: skip
    assert here.ask("LayDanhMucCoQuan")["data"] == [{"MADONVI": "H44.100", "TENDONVI": "Phường Việt Trì"}]
    assert here.ask("LayDanhMucLinhVuc", trang="2")["data"] == []


def test_progress_is_appended_even_twice_and_at_most_ten_at_once(here: System) -> None:
    here.tell(record())
    assert here.progress(step())["error_code"] == "0"
    assert here.progress(step())["error_code"] == "0"
    assert len(here.ask("TraCuuHoSo", mahoso=CODE)["data"]["TienDo"]) == 2
    assert here.progress(*[step()] * 11)["error_code"] == "9"
    assert here.progress(step(NguoiXuLy="a" * 51))["error_message"] == "NguoiXuLy: dài quá 50 ký tự"
    assert here.progress(step("H44.4-260803-0009"))["error_code"] == "10"
    assert len(here.ask("TraCuuHoSo", mahoso=CODE)["data"]["TienDo"]) == 2


def test_the_state_alone_may_be_told(here: System) -> None:
    here.tell(record())
    told = {"MaHoSo": CODE, "TrangThai": "9", "NgayKetThucXuLy": "20260807100000"}
    assert here.call("integration", "DongBoTrangThaiHoSo", type="2", data=[told])["error_code"] == "0"
    found = here.ask("TraCuuHoSo", mahoso=CODE)["data"]
    assert (found["TrangThaiHoSo"], found["NgayKetThucXuLy"]) == ("9", "20260807100000")


def test_ratings_and_answers_to_petitions_are_kept(here: System) -> None:
    rating = {"NgayTongHop": "20260831", "TongSoNguoiDanhGia": "12", "MaThuTuc": "2.000001", "Madonvi": "H44"}
    assert here.call("integration", "DongBoDanhGia", data=[rating])["error_code"] == "0"
    assert len(here.browser.get("/_sandbox/ratings").json["items"]) == 1
    code = here.order("push", service="PhanAnh", data={"NoiDung": "Chậm", "MaDonVi": "H44.100"})["MaPAKN"]
    said = {"MaPAKN": code, "NoiDungTraLoi": "Đã giải quyết", "TrangThai": "3"}
    assert here.call("integration", "DongBoHoiDap", data=[said])["error_code"] == "0"
    assert here.call("integration", "DongBoHoiDap", data=[said | {"MaPAKN": "x"}])["error_code"] == "10"
    assert here.browser.get("/_sandbox/petitions").json["items"][code]["TraLoi"] == said


def test_results_of_a_person_are_found_by_kind(here: System) -> None:
    here.tell(record(**DELIVERED))
    found = here.ask("GetDanhSachKetQua", SoDinhDanhChuSoHuu="025190000019")["DanhSachGiayToKetQua"]
    assert [(one["MaKetQua"], one["SoKyHieu"]) for one in found] == [("KQ.G02.000001", "12/GP-UBND")]
    other = [{"MaKetQua": "KQ.G02.000009", "SoKyHieu": ""}]
    asked = here.ask("GetDanhSachKetQua", SoDinhDanhChuSoHuu="025190000019", DanhSachDanhMucKetQua=other)
    assert asked["DanhSachGiayToKetQua"] == []


def test_unknown_questions_are_answered_as_such(here: System) -> None:
    assert here.ask("TraCuuHoSo", mahoso="H44.4-1")["error_code"] == "10"
    assert here.ask("Sing")["error_code"] == "7"
    assert here.ask("CayBam", nhanh="all")["error_code"] == "7"
    assert here.ask("DanhSachHoSo", ngay="20260803", trang="0")["error_code"] == "7"


# --- the comparison --------------------------------------------------------------------------------------


def test_the_vector_of_the_specification() -> None:
    row = forest.row_of(record(**DELIVERED))
    assert row.hex() == "64064418e9a74068" + "edd0d3c45e72c4b227229302019df30e"
    assert forest.children((), [("20260803", row)]) == {"20260803": [1, "ca88aa691b55c0ab94ce2a7f217fac23"]}


def some_records() -> list[dict[str, object]]:
    return [
        record(
            f"H44.{agency}-2608{day:02}-{number:04}",
            NgayTiepNhan=f"202608{day:02}081500",
            DonViXuLy=f"H44.{agency}",
            TrangThaiHoSo="4" if number % 2 else "2",
        )
        for day, agency, number in itertools.product((3, 4), (4, 100, 17), range(9))
    ]


def digest(records: list[dict[str, object]]) -> str:
    rows = sorted((str(one["NgayTiepNhan"])[:8], forest.row_of(one)) for one in records)
    return hashlib.sha256(b"".join(row for _, row in rows)).digest()[:16].hex()


def test_every_branch_answers_for_the_records_below_it(here: System) -> None:
    told = some_records()
    here.tell(*told)
    level: list[list[str]] = [[]]
    for _ in range(5):
        below = []
        for path, steps in here.ask("CayBam", nhanh=level)["data"]:
            for name, (count, said) in steps.items():
                held = here.ask("HoSoTheoNhanh", nhanh=[[*path, name]])["data"]
                codes = {one["MaHoSo"] for one in held}
                assert len(held) == count
                assert said == digest([one for one in told if one["MaHoSo"] in codes])
                below.append([*path, name])
        level = below
    assert sum(len(here.ask("HoSoTheoNhanh", nhanh=[path])["data"]) for path in level) == len(told)


def test_equal_copies_have_equal_roots_and_a_change_shows_on_its_own_day_only(here: System) -> None:
    told = some_records()
    here.tell(*told)
    before = here.ask("CayBam", nhanh=[[]])["data"][0][1]
    here.tell(*reversed(told), updating=True)
    assert here.ask("CayBam", nhanh=[[]])["data"][0][1] == before
    here.order("alter", codes=[told[0]["MaHoSo"]], way="due")
    after = here.ask("CayBam", nhanh=[[]])["data"][0][1]
    assert {day for day in after if after[day] != before[day]} == {"20260803"}


def test_a_day_can_be_listed(here: System) -> None:
    here.tell(*some_records())
    listed = here.ask("DanhSachHoSo", ngay="20260804", trang="1")
    assert listed["tong"] == len(listed["data"]) == 27
    assert set(listed["data"][0]) == {*forest.FIELDS, "KetQua"}
    assert here.ask("DanhSachHoSo", ngay="20260804", trang="2")["data"] == []


# --- tampering ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("way", ["state", "due", "finished", "agency", "results"])
def test_an_altered_record_differs_where_it_says_so(here: System, way: str) -> None:
    here.tell(record())
    before = here.ask("TraCuuHoSo", mahoso=CODE)["data"]
    (did,) = here.order("alter", codes=[CODE], way=way, seed=3)["did"]
    after = here.ask("TraCuuHoSo", mahoso=CODE)["data"]
    assert did["way"] == way
    assert {name for name in before if before[name] != after[name]} == (
        {"KetQua"} if way == "results" else set(did["to"])
    )


def test_a_share_is_picked_by_its_seed(here: System) -> None:
    told = some_records()
    here.tell(*told)
    lost = here.order("lose", share=0.2, seed=7)["did"]
    here.order("load", records=[one for one in told if one["MaHoSo"] in {row["MaHoSo"] for row in lost}])
    assert here.order("lose", share=0.2, seed=7)["did"] == lost
    assert 0 < len(lost) < len(told)
    assert set(here.codes()) == {str(one["MaHoSo"]) for one in told} - {str(one["MaHoSo"]) for one in lost}


def test_doubles_and_strangers_are_named(here: System) -> None:
    told = some_records()
    here.tell(*told)
    doubled = here.order("double", count=3, seed=1)["did"]
    strange = here.order("strange", count=2, seed=1)["did"]
    held = here.ask("HoSoTheoNhanh", nhanh=[[]])["data"]
    codes = [one["MaHoSo"] for one in held]
    assert {code for code in codes if codes.count(code) == 2} == {one["MaHoSo"] for one in doubled}
    assert set(codes) - {str(one["MaHoSo"]) for one in told} == {one["MaHoSo"] for one in strange}
    assert len(doubled) == 3
    assert len(strange) == 2


def test_the_same_seed_invents_others_when_the_first_are_there(here: System) -> None:
    here.tell(*some_records())
    first, second = (here.order("strange", count=2, seed=1)["did"] for _ in range(2))
    assert len({one["MaHoSo"] for one in (*first, *second)}) == 4


def test_a_stranger_is_the_likeness_of_something_received(here: System) -> None:
    here.order("file", record=record(MaHoSo=None, NgayTiepNhan=None, TrangThaiHoSo="1"))
    assert here.browser.send("/_sandbox/strange", {}).status == 400
    here.tell(record())
    (did,) = here.order("strange", seed=3)["did"]
    assert here.ask("TraCuuHoSo", mahoso=did["MaHoSo"])["data"]["NgayTiepNhan"] == "20260803081500"


def test_an_order_that_picks_nothing_is_refused(here: System) -> None:
    assert here.browser.send("/_sandbox/lose", {}).status == 400
    assert here.browser.send("/_sandbox/strange", {}).status == 400
    assert here.browser.send("/_sandbox/file", {"record": "x"}).status == 400


# --- misbehaviour --------------------------------------------------------------------------------------------


def test_nonsense_is_html_and_then_broken_json(here: System) -> None:
    here.browser.misbehave("nonsense", times=2)
    answers = [here.browser.send("/adapter/share", {"session": here.session}) for _ in range(2)]
    assert {answer.headers["content-type"] for answer in answers} == {
        "text/html; charset=utf-8",
        "application/json",
    }
    for answer in answers:
        with pytest.raises(ValueError, match="Expecting"):
            _ = answer.json
    assert here.tell(record())["error_code"] == "0"


def test_a_session_expires_on_demand(here: System) -> None:
    here.browser.misbehave("expire_session")
    assert here.tell(record())["error_code"] == "-2"
    here.login()
    assert here.tell(record())["error_code"] == "0"


def test_a_lost_call_answers_well_and_keeps_nothing(here: System) -> None:
    here.browser.misbehave("lose_call", path="/adapter/integration/DongBoHoSoMC")
    assert here.tell(record())["ketqua"][0]["error_code"] == "0"
    assert here.codes() == []


def test_a_lost_answer_kept_everything(here: System) -> None:
    here.browser.misbehave("answer_lost")
    with pytest.raises((http.client.RemoteDisconnected, ConnectionResetError)):
        here.tell(record())
    assert here.codes() == [CODE]


def test_any_code_is_answered_on_demand_to_the_service_named(here: System) -> None:
    here.browser.misbehave("code:99", path="/adapter/integration/CapNhatTienDo")
    assert here.tell(record())["error_code"] == "0"
    assert here.progress(step())["error_code"] == "99"
    assert here.progress(step())["error_code"] == "0"


def test_behaving_again_forgets_no_dossier(here: System) -> None:
    here.tell(record())
    here.browser.misbehave("nonsense", times=99)
    here.order("behave")
    assert here.ask("TraCuuHoSo", mahoso=CODE)["error_code"] == "0"


# --- pushes ------------------------------------------------------------------------------------------------------


@pytest.fixture
def door(here: System) -> Iterator[Province]:
    with province() as told:
        here.order("province", url=told.url)
        yield told
        here.order("province", url="")


def push(here: System, number: int, code: str = CODE, **more: object) -> str:
    data = {"MaHoSo": code, "NoiDung": str(number)}
    return str(here.order("push", service="BoSungHoSo", data=data, **more)["id"])


def numbers(arrived: list[dict[str, object]]) -> list[str]:
    return [str(one["data"]["NoiDung"]) for one in arrived]  # type: ignore[index]


def test_a_filing_is_pushed_with_a_file_that_only_the_token_opens(here: System, door: Province) -> None:
    files = [{"name": "don.pdf", "content_base64": "JVBERg==", "document": "TP1"}]
    code = here.order("file", record=record(MaHoSo=None, TrangThaiHoSo=None), files=files)["MaHoSo"]
    (told,) = door.wait_for(1)
    assert (told["service"], told["data"]["MaHoSo"]) == ("NopHoSo", code)
    (paper,) = told["data"]["TaiLieuNop"]
    assert (paper["TenTepDinhKem"], paper["MaThanhPhanHoSo"]) == ("don.pdf", "TP1")
    path = str(paper["DuongDanTaiTepTin"]).removeprefix(here.browser.base)
    assert here.browser.get(path).status == 401
    (token,) = door.tokens
    assert here.browser.ask("GET", path, headers={"Authorization": token}).body == b"%PDF"
    assert here.browser.ask("GET", "/tep/..%2Fportal.sqlite", headers={"Authorization": token}).status == 404


def test_a_push_that_fails_comes_again_and_nothing_of_its_stream_overtakes_it(
    here: System, door: Province
) -> None:
    door.answers += [(500, b"oops"), (200, b"<html>"), (401, b'{"error_code": "-1"}')]
    first, second = push(here, 1), push(here, 2)
    here.order("push", service="BoSungHoSo", data={"MaHoSo": "other", "NoiDung": "3"})
    arrived = door.wait_for(6)
    ours = [one for one in arrived if one["data"]["MaHoSo"] == CODE]
    assert [one["id"] for one in ours][-1] == second
    assert {one["id"] for one in ours[:-1]} == {first}
    assert arrived[-1]["data"]["MaHoSo"] == CODE or arrived[-2]["data"]["MaHoSo"] == CODE


@pytest.mark.parametrize(
    ("code", "ends"), [("0", "taken"), ("3", "taken"), ("4", "refused"), ("7", "refused")]
)
def test_an_answer_that_is_final_ends_it(here: System, door: Province, code: str, ends: str) -> None:
    door.answers.append((200, f'{{"error_code": "{code}"}}'.encode()))
    push(here, 1)
    push(here, 2)
    assert numbers(door.wait_for(2)) == ["1", "2"]
    assert pushed(here)[0] == ends


def pushed(here: System) -> list[str]:
    """Return the state of every push, when none waits any more."""
    told = here.browser.get("/_sandbox/pushes", wait="9").json
    assert told["done"]
    return [str(one["state"]) for one in told["items"]]  # type: ignore[attr-defined]


def test_a_push_may_be_lost_doubled_or_overtaken(here: System, door: Province) -> None:
    here.browser.misbehave("lose_push")
    push(here, 1)
    here.browser.misbehave("duplicate_push")
    doubled = push(here, 2)
    assert [one["id"] for one in door.wait_for(2)] == [doubled, doubled]
    here.browser.misbehave("reorder_push")
    push(here, 3)
    push(here, 4)
    assert numbers(door.wait_for(4)) == ["2", "2", "4", "3"]
    assert pushed(here) == ["lost", "taken", "taken", "taken", "taken"]


def test_without_an_address_pushes_wait(here: System, door: Province) -> None:
    here.order("province", url="")
    push(here, 1)
    assert here.browser.get("/_sandbox/pushes").json["items"][0]["state"] == "waiting"
    here.order("province", url=door.url)
    assert numbers(door.wait_for(1)) == ["1"]


def test_everything_can_be_taken_out_line_by_line(here: System) -> None:
    told = some_records()
    here.order("load", records=told * 12, progress=[step(str(told[0]["MaHoSo"]))], source="h44")
    lines = [json.loads(line) for line in here.browser.get("/_sandbox/export").text.splitlines()]
    assert len(lines) == len(told) * 12
    assert [one["record"]["MaHoSo"] for one in lines] == sorted(str(one["MaHoSo"]) for one in told * 12)
    assert sum(len(one["progress"]) for one in lines) == 12


# --- what people see, and a restart -----------------------------------------------------------------------------------


def test_people_can_look(here: System) -> None:
    here.tell(record(TrichYeuHoSo="<b>xin</b>", TaiLieuNop=[{"TenTepDinhKem": "<i>đơn</i>.pdf"}]))
    here.progress(step())
    assert CODE in here.browser.get("/").text
    shown = here.browser.get(f"/ho-so/{CODE}").text
    assert "&lt;b&gt;xin&lt;/b&gt;" in shown
    assert "<li>TenTepDinhKem: &lt;i&gt;đơn&lt;/i&gt;.pdf</li>" in shown
    assert "Lê Thị Mai – Đang xử lý: Thẩm định" in shown
    assert here.browser.get("/ho-so/khac").status == 404


def test_what_it_holds_survives_a_restart(tmp_path: Path) -> None:
    with running(tmp_path) as urls:
        system(urls.national_portal, tmp_path).tell(record())
    with running(tmp_path) as urls:
        assert system(urls.national_portal, tmp_path).codes() == [CODE]


def test_the_store_holds_results_whoever_issued_them_and_their_files_can_go_wrong(
    here: System, state: Path
) -> None:
    told = here.order(
        "result", person="025190000019", kind="KQ.G15.000032", number="15/GCN-KH", title="Giấy chứng nhận kết hôn",
        issuer="UBND phường Hồng Hà", content_base64="JVBERi0xLjcK",
    )  # fmt: skip
    asked = {"SoDinhDanhChuSoHuu": "025190000019", "DanhSachDanhMucKetQua": [{"MaKetQua": "KQ.G15.000032"}]}
    (found,) = here.ask("GetDanhSachKetQua", **asked)["DanhSachGiayToKetQua"]
    assert found["DanhSachTepDinhKem"][0]["DuongDan"] == told["DuongDan"]
    assert here.ask("GetDanhSachKetQua", SoDinhDanhChuSoHuu="025190000027")["DanhSachGiayToKetQua"] == []
    token = (state / "portal" / "push.token").read_text().strip()
    bearer = {"Authorization": f"Bearer {token}"}
    path = str(told["DuongDan"]).removeprefix(here.browser.base)
    assert here.browser.ask("GET", path, headers=bearer).body == b"%PDF-1.7\n"
    here.order("misbehave", mode="altered_file", path="/tep/")
    altered = here.browser.ask("GET", path, headers=bearer).body
    assert len(altered) == 9 and altered != b"%PDF-1.7\n"
    here.order("misbehave", mode="lost_file", path="/tep/")
    assert here.browser.ask("GET", path, headers=bearer).status == 404
