"""Under which rule of `should_be.py` each route of the desk and of the API stands, and how it is asked.

A route that has no place here fails the test. `{document}` is filled in with each paper in turn.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from tests.matrix.should_be import ROLES, Role


class Kind(StrEnum):
    """What a route has to do with documents."""

    READS = "reads a document"
    """Answers about one document to whoever may open it; nobody else learns anything."""
    TAKES = "takes a document's file"
    """The same; of a sealed one there is none."""
    CHANGES = "changes a document"
    """Of what may be opened only; refused, it leaves the registry as it was."""
    WORKS = "takes a step of work"
    """By the line; refused, it leaves the registry as it was."""
    LISTS = "lists what may be opened"
    BOOK = "shows lines of the register"
    OWN = "lists own work"
    FEED = "lists own work outside"
    """By a secret address and without a session: of what bears a secrecy mark no word."""
    NAMES = "speaks of other things"
    """No word of any document, whoever asks."""
    ACTS = "changes other things"
    """By duty alone; refused, it leaves the registry as it was."""


OF_DOCUMENT = frozenset({Kind.READS, Kind.TAKES, Kind.CHANGES, Kind.WORKS})


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a route stands.

    Attributes:
        kind: What it has to do with documents.
        group: Which roles may ask at all, by the name of `should_be.DUTIES`.
        ways: The rest of the address, or the forms, that are tried.
        whole: Every word that the role should see is there, on the first of `ways`; else at most those.
        form: What is sent.
        off: Switched off in this office: nobody finds it.
    """

    kind: Kind
    group: str
    ways: tuple[str, ...] = ("",)
    whole: bool = False
    form: dict[str, str] = field(default_factory=dict)
    off: bool = False

    @property
    def roles(self) -> frozenset[Role]:
        """Who may ask."""
        return ROLES[self.group]


def _reads(group: str = "everybody", kind: Kind = Kind.READS) -> Place:
    return Place(kind=kind, group=group)


def _changes(group: str = "clerks", **form: str) -> Place:
    return Place(kind=Kind.CHANGES, group=group, form=form)


def _acts(group: str, **form: str) -> Place:
    return Place(kind=Kind.ACTS, group=group, form=form)


def _names(group: str, *ways: str) -> Place:
    return Place(kind=Kind.NAMES, group=group, ways=ways or ("",))


def _lists(group: str, *ways: str, kind: Kind = Kind.LISTS, whole: bool = False) -> Place:
    return Place(kind=kind, group=group, ways=ways or ("",), whole=whole)


COMMON = "hoa tiet chung"
"""Words that stand in the text of every paper, and in no subject."""
_WORDS = f"tim={COMMON.replace(' ', '+')}"
_SUBJECT = "tim=ke+hoach"
"""Words that stand in the subject of every paper."""
_STATES = ("waiting", "review", "assigned", "in_progress", "done", "sealed", "quarantined")
_FIGURES = (
    "qua-han",
    "sap-den-han",
    "chua-nhan",
    "cho-giao-lai",
    "dang-giu",
    "cho-duyet",
    "vao-so",
    "da-nhan",
)
_MORE_FIGURES = ("da-xong", "may-tu-lam", "khong-sua", "co-sua")
_YEAR = "tu=01/01/2012&den=31/12/2012"

PLACES: dict[str, Place] = {
    # ── the door ──
    "GET /": _names("everybody"),
    "GET /suc-khoe": _names("anyone"),
    "GET /dang-nhap": _names("anyone"),
    "POST /dang-nhap": _acts("anyone", login="khang", password="sai"),
    "GET /dang-nhap/noi-khac": Place(kind=Kind.NAMES, group="anyone", off=True),
    "GET /dang-nhap/noi-khac/ve": Place(kind=Kind.NAMES, group="anyone", off=True),
    "GET /dang-nhap/noi-khac/ra": Place(kind=Kind.NAMES, group="anyone", off=True),
    "POST /dang-xuat": _acts("everybody"),
    "POST /ngon-ngu": _acts("anyone", ngon_ngu="en"),
    # ── one document ──
    "GET /van-ban/{document}": _reads(),
    "GET /van-ban/{document}/trang/{number}": _reads(kind=Kind.TAKES),
    "GET /van-ban/{document}/tep": _reads(kind=Kind.TAKES),
    "GET /van-ban/{document}/tim-chu": _reads(kind=Kind.TAKES),
    "GET /van-ban/{document}/phieu": _reads(),
    "POST /van-ban/{document}/doc-lai": _changes(),
    "POST /van-ban/{document}/da-xem": _changes(),
    "POST /van-ban/{document}/vao-so": _changes(),
    "POST /van-ban/{document}/se-chuyen": _changes(),
    "POST /van-ban/{document}/doc-vung": _changes(**{"vung.o": "subject"}),
    "POST /van-ban/{document}/dang-mo": _changes(),
    "POST /van-ban/{document}/viec/{line}/{step}": Place(kind=Kind.WORKS, group="everybody"),
    "POST /van-ban/{document}/chi-dao": _changes("directors", y_kien="P.BCXB chủ trì", cua="minh"),
    "POST /van-ban/{document}/phan-viec": _changes("workers"),
    "POST /van-ban/{document}/phan-viec/{task}/{deed}": _changes("workers"),
    "POST /giam-sat/nhac/{document}/{line}": _changes("reminders"),
    "GET /api/v1/documents/{document}": _reads(),
    "GET /api/v1/documents/{document}/why": _reads(),
    "GET /api/v1/documents/{document}/file": _reads(kind=Kind.TAKES),
    "POST /api/v1/documents/{document}/lines/{line}/{step}": Place(kind=Kind.WORKS, group="everybody"),
    # ── many documents ──
    "GET /van-ban": _lists(
        "everybody", "", _WORDS, _SUBJECT, *(f"trang-thai={one}" for one in _STATES), whole=True
    ),
    "GET /api/v1/documents": _lists(
        "everybody", "limit=200", "limit=200&text=hoa+tiet", "text=ke+hoach", "status=review", whole=True
    ),
    "GET /tiep-nhan": _lists("clerks", "", "loc=doubt", "vua={document}"),
    "GET /tiep-nhan/ke-tiep": _lists("clerks"),
    "POST /tiep-nhan/tai-len": _acts("clerks"),
    "GET /viec": _lists("everybody", kind=Kind.OWN, whole=True),
    "GET /api/v1/work": _lists("everybody", kind=Kind.OWN, whole=True),
    "GET /lich/{token}.ics": _lists("everybody", "", "dang=viec", kind=Kind.FEED, whole=True),
    "GET /so-den": _names("everybody"),
    "GET /so-den/{year}": _lists(
        "everybody",
        "",
        _WORDS,
        _SUBJECT,
        "tim=17",
        _YEAR,
        "tac-gia=so",
        "loai=Kế+hoạch",
        "nguoi=khang",
        "nguoi=unit:bcxb",
        "khan=Khẩn",
        "viec=open",
        "viec=done",
        "viec=cancelled",
        "qua-han=1",
        kind=Kind.BOOK,
        whole=True,
    ),
    "GET /so-den/{year}/so.{form}": _lists("watchers", kind=Kind.BOOK, whole=True),
    "GET /so-den/{year}/chuyen-giao": _lists("watchers", _YEAR, kind=Kind.BOOK),
    "GET /so-den/{year}/thong-ke": _lists("watchers", "", _YEAR, kind=Kind.BOOK),
    "GET /giam-sat": _lists("watchers", "", "don-vi=bcxb", "don-vi=khtc", _YEAR),
    "GET /giam-sat/van-ban": _lists("watchers", *(f"muc={one}" for one in (*_FIGURES, *_MORE_FIGURES))),
    "GET /giam-sat/luan-chuyen": _lists("watchers", "", "cua=khang", "cua=mai"),
    "GET /giam-sat/xlsx": _lists("watchers", "", "don-vi=khtc"),
    "GET /nhat-ky": _lists("log", "", "van-ban={document}", "nguoi=khang"),
    "GET /nhat-ky/ban-sao": _lists("log"),
    "POST /nhat-ky/kiem": _acts("log"),
    # ── other things ──
    "GET /quy-tac": _names("watchers"),
    "GET /quy-tac/soan": _names("drafters"),
    "POST /quy-tac/soan": _acts("drafters", bang="", viec="luu"),
    "GET /quy-tac/nhap/{draft}": _lists("watchers", "", "tu=01/01/2012", kind=Kind.BOOK),
    "POST /quy-tac/nhap/{draft}/duyet": _acts("approvers", tu="01/01/2012", hieu_luc="05/01/2012"),
    "POST /quy-tac/nhap/{draft}/bo": _acts("drafters", ly_do="Thôi"),
    "GET /danh-ba": _names("everybody"),
    "POST /danh-ba/nguoi": _acts("administration", ma="moi", ten="Người Mới", vai_tro="officer"),
    "POST /danh-ba/don-vi": _acts("administration", ma="moi", ten="Phòng Mới"),
    "POST /danh-ba/bi-danh": _acts("administration", viet="a", la="khang"),
    "GET /danh-ba/co-quan": _names("everybody", "", "loc=so"),
    "POST /danh-ba/co-quan": _acts("administration", ten="Sở Mới"),
    "POST /danh-ba/co-quan/{agency}": _acts("administration", ten="Sở Mới"),
    "GET /danh-ba/nguoi/{who}": _lists("everybody"),
    "POST /danh-ba/nguoi/{who}": _acts("administration", ten="Lý Văn Khang", vai_tro="officer"),
    "POST /danh-ba/nguoi/{who}/mat-khau": _acts("administration"),
    "POST /danh-ba/nguoi/{who}/thoi-viec": _acts("administration", ngay="04/01/2012"),
    "GET /danh-ba/don-vi/{unit}": _names("everybody"),
    "POST /danh-ba/don-vi/{unit}": _acts("administration", ten="Phòng Báo chí – Xuất bản"),
    "POST /danh-ba/nguoi/{who}/vang": _acts(
        "absences", thay="mai", tu="05/01/2012", den="06/01/2012", van_ban="GUQ 9"
    ),
    "POST /danh-ba/uy-quyen/{delegation}/het": _acts("absences"),
    "GET /lich": _names("everybody", "", "nam=2012"),
    "POST /lich/ngay": _acts("clerks", ngay="20/01/2012", loai="off", ly_do="Nghỉ bù"),
    "POST /lich/bo": _acts("clerks", ngay="20/01/2012", ly_do="Nhầm"),
    "GET /ca-nhan": _names("everybody"),
    "POST /ca-nhan/thong-bao": _acts("everybody", gio="07:30"),
    "POST /ca-nhan/mat-khau": _acts("everybody", cu="a", moi="b", lai="c"),
    "POST /ca-nhan/lich-rieng": _acts("everybody"),
    "POST /ca-nhan/dong-lich": _acts("everybody"),
    "GET /tinh-trang": _names("state"),
    "GET /tinh-trang/kiem": _names("state"),
    "GET /api/v1/state": _names("state"),
    "GET /su-kien": _names("everybody"),
}
