"""Notices: their kinds, and how a person wants to be told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

KINDS: dict[str, str] = {
    "assigned": "được giao văn bản",
    "handed_on": "được chuyển tiếp văn bản",
    "returned": "văn bản bị trả lại",
    "moved": "văn bản chuyển sang người khác",
    "unheld": "văn bản chưa có người giữ",
    "finished": "văn bản đã xong",
    "extension_asked": "có đề nghị gia hạn",
    "extension_answered": "trả lời đề nghị gia hạn",
    "recounted": "hạn đổi theo lịch làm việc",
    "task": "được giao việc nêu trong văn bản",
    "reminder": "nhắc hạn",
    "alarm": "báo động trễ vào sổ, trễ chuyển",
    "review": "văn bản cần văn thư xem",
    "doubted": "văn bản đã chuyển cần xem lại",
    "quarantined": "tệp không đọc được",
    "sealed": "tệp mang dấu mật",
}
"""Every kind of notice, and what it is called on screens."""

OBLIGATORY = frozenset({"assigned", "handed_on", "moved", "unheld", "task", "alarm", "sealed"})
"""Kinds whose mail nobody may turn off: new work, and what the law has to be reported."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Preferences:
    """How one person wants to be told; the inbox in the office holds every notice whatever stands here.

    Attributes:
        muted: Kinds that are not mailed; obligatory ones are mailed all the same.
        digest_at: Local hour of the morning's digest; None is the office's.
        calendar: Whether letters carry a task for the calendar.
    """

    muted: tuple[str, ...] = ()
    digest_at: dt.time | None = None
    calendar: bool = True

    def wants_mail(self, kind: str) -> bool:
        """Whether a notice of that kind is mailed."""
        return kind in OBLIGATORY or kind not in self.muted

    def as_json(self) -> dict[str, Any]:
        """Plain values, for the record."""
        return {
            "muted": list(self.muted),
            "digest_at": self.digest_at.isoformat("minutes") if self.digest_at else None,
            "calendar": self.calendar,
        }


def preferences_from_json(row: Mapping[str, Any]) -> Preferences:
    """Rebuild from `Preferences.as_json`."""
    return Preferences(
        muted=tuple(row["muted"]),
        digest_at=dt.time.fromisoformat(row["digest_at"]) if row["digest_at"] else None,
        calendar=row["calendar"],
    )
