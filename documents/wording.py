"""The registry office's own terms for what the code names in English (docs/glossary.md)."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from documents.decisions import Ground, Role
from documents.lines import LineState
from documents.people import Duty
from documents.reading import FieldName
from documents.status import Status
from documents.tasks import TaskRole, TaskState

FIELD_LABELS: dict[FieldName, str] = {
    FieldName.NUMBER_SYMBOL: "số, ký hiệu",
    FieldName.DATE: "ngày văn bản",
    FieldName.PLACE: "địa danh",
    FieldName.ISSUER: "cơ quan ban hành",
    FieldName.ISSUER_PARENT: "cơ quan chủ quản",
    FieldName.ISSUER_AGENCY: "cơ quan trong danh bạ",
    FieldName.DOC_TYPE: "tên loại",
    FieldName.SUBJECT: "trích yếu",
    FieldName.SIGNER_NAME: "người ký",
    FieldName.SIGNER_TITLE: "chức vụ người ký",
    FieldName.SIGNER_AUTHORITY: "quyền hạn ký",
    FieldName.URGENCY: "độ khẩn",
    FieldName.SECRECY: "độ mật",
    FieldName.RECIPIENTS: "nơi nhận",
    FieldName.ADDRESSEES: "kính gửi",
    FieldName.REFERENCES: "văn bản viện dẫn",
    FieldName.DEADLINES: "thời hạn nêu trong văn bản",
    FieldName.MEETING_TIME: "thời gian họp",
    FieldName.OUR_PART: "phần việc của cơ quan",
    FieldName.ARRIVAL_AGENCY: "cơ quan trên dấu đến",
    FieldName.ARRIVAL_NUMBER: "số đến",
    FieldName.ARRIVAL_DATE: "ngày đến",
    FieldName.ARRIVAL_FORWARDED_TO: "dòng Chuyển",
}

STATUS_LABELS: dict[Status, str] = {
    Status.WAITING: "chờ đọc",
    Status.READING: "đang đọc",
    Status.REVIEW: "chờ văn thư xem",
    Status.REGISTERED: "đã vào sổ",
    Status.ASSIGNED: "đã chuyển",
    Status.IN_PROGRESS: "đang xử lý",
    Status.DONE: "hoàn thành",
    Status.QUARANTINED: "để riêng, không đọc được",
    Status.SEALED: "niêm riêng (dấu mật)",
    Status.DUPLICATE: "trùng",
}

GROUND_LABELS: dict[Ground, str] = {
    Ground.EVIDENCE: "Trên giấy",
    Ground.CHECK: "Đối chiếu",
    Ground.RULE: "Quy tắc",
    Ground.SETTING: "Thiết đặt",
    Ground.CALENDAR: "Lịch",
    Ground.PERSON: "Người quyết định",
}

ROLE_LABELS: dict[Role, str] = {
    Role.LEAD: "chủ trì",
    Role.SUPPORT: "phối hợp",
    Role.INFORM: "để biết",
}

LINE_STATE_LABELS: dict[LineState, str] = {
    LineState.OPEN: "chưa nhận",
    LineState.ACCEPTED: "đã nhận, đang làm",
    LineState.RETURNED: "trả lại",
    LineState.DONE: "đã xong",
    LineState.INFORM: "để biết, chưa xem",
    LineState.READ: "để biết, đã xem",
}

TASK_ROLE_LABELS: dict[TaskRole, str] = {
    TaskRole.LEAD: "chủ trì",
    TaskRole.SUPPORT: "phối hợp",
    TaskRole.ALL: "cùng các cơ quan",
}

TASK_STATE_LABELS: dict[TaskState, str] = {
    TaskState.PROPOSED: "máy đề xuất",
    TaskState.TAKEN: "đang làm",
    TaskState.DONE: "đã xong",
    TaskState.DROPPED: "đã bỏ",
    TaskState.WITHDRAWN: "không còn",
}

DUTY_LABELS: dict[Duty, str] = {
    Duty.CLERK: "văn thư",
    Duty.OFFICER: "chuyên viên",
    Duty.UNIT_HEAD: "trưởng phòng",
    Duty.LEADER: "lãnh đạo",
    Duty.SUPERVISOR: "giám sát",
    Duty.ADMIN: "quản trị",
}

URGENCIES = ("Khẩn", "Thượng khẩn", "Hỏa tốc", "Hỏa tốc hẹn giờ")
"""Degrees of urgency. Source: Decree 30/2020/NĐ-CP, Appendix I, II.6."""

SECRECIES = ("Mật", "Tối mật", "Tuyệt mật")
"""Degrees of classification. Source: Law on Protection of State Secrets 2018, article 8."""

_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def shown(value: Any) -> str:
    """A field's value in one line: days as people write them, lists joined; empty for no value."""
    if value is None:
        return ""
    if isinstance(value, list):
        return "; ".join(
            shown((v.get("text") or v.get("phrase")) if isinstance(v, dict) else v) for v in value
        )
    text = str(value)
    return f"{dt.date.fromisoformat(text):%d/%m/%Y}" if _ISO_DAY.fullmatch(text) else text
