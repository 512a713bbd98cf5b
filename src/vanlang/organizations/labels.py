from __future__ import annotations

from vanlang.kernel.labels import Sentence
from vanlang.organizations.types import AgencyKind, ChangeKind, UnitKind

SENTENCES = {
    "organizations.unknown_agency": Sentence(
        "Không có cơ quan nào mang mã %(agency)s.",
        "Hãy chọn cơ quan trong danh mục, hoặc thêm cơ quan rồi làm lại.",
    ),
    "organizations.code_malformed": Sentence(
        "Mã cơ quan “%(agency)s” chưa đúng dạng.", "Hãy nhập mã theo cấp, ví dụ H44.100, không quá 35 ký tự."
    ),
    "organizations.code_taken": Sentence(
        "Mã %(agency)s đã thuộc về một cơ quan khác.",
        "Hãy dùng mã khác; mã không dùng lại, kể cả sau khi giải thể.",
    ),
    "organizations.not_open": Sentence(
        "Cơ quan %(agency)s không hoạt động vào ngày %(on)s.", "Hãy chọn ngày khác hoặc cơ quan kế thừa."
    ),
    "organizations.reorganization_refused": Sentence(
        "Không sắp xếp lại được các cơ quan đã chọn.", "Hãy kiểm tra danh sách cơ quan và ngày hiệu lực."
    ),
    "organizations.needs_two": Sentence(
        "Sáp nhập cần ít nhất hai cơ quan, chia tách cần ít nhất hai cơ quan kế thừa.",
        "Hãy chọn đủ cơ quan rồi làm lại.",
    ),
    "organizations.unit_in_use": Sentence(
        "Đơn vị này đã có cán bộ hoặc hồ sơ nên không xóa được.",
        "Hãy đặt ngày kết thúc cho đơn vị thay vì xóa.",
    ),
    "organizations.agency_in_use": Sentence(
        "Cơ quan %(agency)s đã có cán bộ, hồ sơ hoặc cấu hình nên không xóa được.",
        "Hãy dùng sáp nhập hoặc đổi tên thay vì xóa.",
    ),
}

AGENCY_KINDS = {
    AgencyKind.PROVINCE: "Cấp tỉnh",
    AgencyKind.DEPARTMENT: "Sở, ban, ngành",
    AgencyKind.COMMUNE: "Xã, phường",
    AgencyKind.OTHER: "Cơ quan khác",
}
UNIT_KINDS = {
    UnitKind.COUNTER: "Bộ phận Một cửa",
    UnitKind.SPECIALIST: "Bộ phận chuyên môn",
    UnitKind.LEADERSHIP: "Lãnh đạo",
    UnitKind.REGISTRY: "Văn thư",
}
CHANGE_KINDS = {ChangeKind.RENAME: "Đổi tên", ChangeKind.MERGE: "Sáp nhập", ChangeKind.SPLIT: "Chia tách"}
