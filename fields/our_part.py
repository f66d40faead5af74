"""Cut out of a long document what it asks of this office: its own section, and where others need it.

    section = a heading that names us, one of our units or all bodies of our kind; what is under it is ours
    subject = a piece that begins with such a name: `Sở … chủ trì …`, `Các sở, ngành báo cáo …`
    partner = a piece of another's section that says `phối hợp với … us`
    label   = `Đơn vị chủ trì: us`, `Đơn vị phối hợp: … us` under the duty itself

Only a paper that gives duties to several bodies, each under its own heading, is cut up: in a letter to one
office everything is its part. To be named in the list of addressees or copies, to be reported to, or to have
issued the paper is no duty. What is found is a proposal; a person takes it or not.

Source: Decree 30/2020/NĐ-CP, Appendix III, form 1.4 (plan, programme: part `Tổ chức thực hiện`).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from documents.page import Source
from documents.reading import FieldName, FieldReading, Found
from documents.tasks import TaskRole
from fields.asking import Sentences
from fields.deadline_phrases import DatedPhrase, list_dated_phrases
from fields.our_names import BODY, OurNames
from fields.pieces import Piece
from fields.running_text import fold_in_place

MOST_DUTIES = 60
"""Duties of one paper beyond which a person reads the paper itself."""
_LONGEST_HEADING = 240
_NAMED_AT = 24
"""Letters before the name in a piece whose subject it is: `Giao`, `Đề nghị Giám đốc`."""
_FEWEST_BODIES = 2
_SUBJECT = re.compile(
    r"(?:(?:giao|de\s+nghi|yeu\s+cau|phan\s+cong)\s+)?(?:(?:giam\s+doc|thu\s+truong|lanh\s+dao)\s+)?"
)
_ACTS = re.compile(
    r"(?:\s+(?:tinh|thanh\s+pho)(?:\s+\w+){1,3}?)?[\s:,]+(?:chu\s+(?:tri|dong)|phoi\s+hop|(?:co|chiu)\s+trach\s+nhiem"
    r"|tham\s+muu|huong\s+dan|bao\s+cao|thuc\s+hien|trien\s+khai|xay\s+dung|tong\s+hop|theo\s+doi|ra\s+soat)\b"
)
_ASKS = re.compile(
    r"(?:\s+(?:tinh|thanh\s+pho))?(?:\s+\w+){0,2}?\s+(?:kinh\s+de\s+nghi|yeu\s+cau|de\s+nghi|tran\s+trong"
    r"|(?:da\s+)?nhan\s+duoc)\b"
)
_WITH_US = r"\bphoi\s+hop\b[^.;:]{0,24}?\b(?:voi|cung|cua)\b[^.;]{0,200}?$"
_LABEL = re.compile(
    r"\W*(?:co\s+quan|don\s+vi|dau\s+moi)?\s*(?P<role>chu\s+tri|phoi\s+hop|thuc\s+hien)(?:\s+thuc\s+hien)?\s*:"
)
_LABELLED = re.compile(r"\b(?P<role>chu\s+tri|phoi\s+hop)\s*:\s*[^;.)]{0,200}?$")
_TIME_LABEL = re.compile(r"\W*(?:thoi\s+(?:gian|han)|tien\s+do|ky\s+han)(?:\s+\w+){0,2}\s*:")
_WITHIN = "trong "
_CLOSING = re.compile(r"\W*(?:tren\s+day\s+la|kinh\s+gui|can\s+cu|noi\s+nhan)\b")
_WORKS_WITH = re.compile(r"\bphoi\s+hop\b[^.;,]{0,24}?\b(?:voi|cung)\s+(?P<who>[^.;]+)")
_BETWEEN = re.compile(
    r"\s*,(?!\s*(?:ban|ngành|đoàn thể|đơn vị|địa phương|tổ chức|cơ quan|thị xã|thành phố|phường|xã)\b)\s*"
    r"|\s+và\s+(?=(?:các|Sở|Ban|UBND|Ủy ban|Uỷ ban|Công an|Văn phòng|Hội|Bộ)\b)"
)
_VERB = re.compile(
    r"\s+(?:to\s+chuc|xay\s+dung|trien\s+khai|thuc\s+hien|huong\s+dan|quan\s+ly|ra\s+soat|kiem\s+tra|tham\s+muu"
    r"|de\s+xuat|theo\s+doi|tong\s+hop|bao\s+cao|tuyen\s+truyen|xu\s+ly|giai\s+quyet|trong|de|nham|lap|mo|cung\s+cap"
    r"|tham\s+dinh|ban\s+hanh|bo\s+tri|tang\s+cuong|day\s+manh|nghien\s+cuu|dua\s+tin|chi\s+dao|don\s+doc|trinh)\b"
)
_MOST_PARTNERS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnDuty:
    """One duty as it was cut out."""

    heading: str
    piece: Piece
    text: str
    role: TaskRole
    partners: tuple[str, ...] = ()
    phrase: DatedPhrase | None = None
    printed: str | None = None
    """The words of `phrase`."""


def find_duties(pieces: Sequence[Piece], ours: OurNames, *, issued: dt.date | None) -> tuple[OwnDuty, ...]:
    """Return the duties of the office among `pieces`, in the order of the paper; none in a plain letter."""
    bodies = {piece.folded for at, piece in enumerate(pieces) if _is_body_heading(pieces, at)}
    if len(bodies) < _FEWEST_BODIES:
        return ()
    cut = list(_list_duties(pieces, ours))
    if any(ours.names_us(fold_in_place(duty.heading), duty.heading) for duty in cut):
        # With a section of our own we are none of the others.
        cut = [duty for duty in cut if not ours.means_the_rest(fold_in_place(duty.heading))]
    found = (_dated(_with_partners(duty, ours), pieces, issued) for duty in cut)
    by_text = {(duty.text, duty.heading): duty for duty in found}
    return tuple(by_text.values())[:MOST_DUTIES]


def check_our_part(duties: Sequence[OwnDuty] | None, *, source: Source) -> FieldReading:
    """Return the part of this office; None says that not all pages were read, or that no office is at hand.

    It is a proposal that people take or drop, so it is checked only where the file's own text gave it.
    """
    name = FieldName.OUR_PART
    if duties is None:
        return FieldReading(name=name)
    if not duties:
        return FieldReading(
            name=name, checked=True, evidence=("Không có mục nào giao việc cho cơ quan bằng tên.",)
        )
    first = duties[0].piece
    found = Found([_row(duty) for duty in duties], first.page, first.box, source)
    is_own_text = source is Source.TEXT_LAYER
    return FieldReading(
        name=name,
        value=found.value,
        checked=is_own_text,
        reason=None if is_own_text else "Máy cắt ra để đề xuất: người nhận việc đối chiếu với trang giấy.",
        page=found.page,
        box=found.box,
        source=source,
        evidence=("Lấy từ chữ có sẵn trong tệp.",) if is_own_text else (),
    )


def _list_duties(pieces: Sequence[Piece], ours: OurNames) -> Iterator[OwnDuty]:
    section: tuple[int, str, TaskRole] | None = None
    for at, piece in enumerate(pieces):
        if section and piece.depth <= section[0]:
            section = None
        if _CLOSING.match(piece.folded):
            continue
        if section is None and (role := _heads_us(pieces, at, ours)):
            section = (piece.depth, _heading(piece, ours), role)
            if own := _after_name(piece, ours):
                yield OwnDuty(heading=section[1], piece=piece, text=own, role=_own_role(own, role))
        elif section:
            if not _introduces(pieces, at):
                role = _own_role(piece.text, section[2])
                yield OwnDuty(heading=section[1], piece=piece, text=piece.text, role=role)
        elif duty := _elsewhere(pieces, at, ours):
            yield duty


def _heads_us(pieces: Sequence[Piece], at: int, ours: OurNames) -> TaskRole | None:
    """As what a piece with others under it, or with its duty behind the name, names us."""
    piece = pieces[at]
    match, role = ours.names_us(piece.folded, piece.text), TaskRole.LEAD
    if match is None:
        match, role = ours.means_all(piece.folded), TaskRole.ALL
    if match is None:
        return None
    begin = _SUBJECT.match(piece.folded)
    is_subject = match.start() <= (begin.end() if begin else 0)
    if is_subject and _ASKS.match(piece.folded, match.end()):
        # Another of that name asks: `Sở Y tế đề nghị các bệnh viện …`.
        return None
    if piece.is_paragraph and not (is_subject and _ACTS.match(piece.folded, match.end())):
        # A stamp, an addressee or a signature stands there as well.
        return None
    if _has_children(pieces, at) and len(piece.text) <= _LONGEST_HEADING:
        heads = is_subject or _is_list_of_bodies(piece.folded[: match.start()])
        return role if heads and not _says_with(piece.folded, match) else None
    return role if is_subject and _goes_on_with_duty(piece.folded, match) else None


def _is_list_of_bodies(before: str) -> bool:
    """`Sở Ngoại vụ, ` before our name in a heading of several bodies."""
    parts = [part.strip() for part in re.split(r",|;|\bva\b", before) if part.strip()]
    return all(BODY.match(part) for part in parts) and len(before) < _LONGEST_HEADING


def _says_with(folded: str, match: re.Match[str]) -> bool:
    return re.search(_WITH_US, folded[: match.start()]) is not None


def _goes_on_with_duty(folded: str, match: re.Match[str]) -> bool:
    """Whether more than a name stands there: `Sở … : chủ trì …`, `Các sở, ngành báo cáo …`."""
    return len(folded[match.end() :].strip(" :;.,-")) > _NAMED_AT


def _after_name(piece: Piece, ours: OurNames) -> str | None:
    """The duty behind the name in the heading itself; None for a heading that is a name alone."""
    match = ours.names_us(piece.folded, piece.text) or ours.means_all(piece.folded)
    if match is None or not _goes_on_with_duty(piece.folded, match):
        return None
    colon = piece.text.find(":", match.end())
    rest = piece.text[colon + 1 :].strip() if 0 <= colon < match.end() + _LONGEST_HEADING // 2 else ""
    if colon >= 0 and not rest:
        return None
    return rest or piece.text


def _heading(piece: Piece, ours: OurNames | None = None) -> str:
    """The piece as a heading: up to the colon behind which its duty stands, all names before it included."""
    match = (ours.names_us(piece.folded, piece.text) or ours.means_all(piece.folded)) if ours else None
    colon = piece.text.find(":", match.end() if match else 0)
    return (piece.text[:colon] if colon >= 0 else piece.text).strip(" .;:")[:_LONGEST_HEADING]


def _has_children(pieces: Sequence[Piece], at: int) -> bool:
    return at + 1 < len(pieces) and not pieces[at].is_paragraph and pieces[at + 1].depth > pieces[at].depth


def _introduces(pieces: Sequence[Piece], at: int) -> bool:
    """Whether a piece only opens what stands under it: `Chủ trì các nhiệm vụ sau:`."""
    return _has_children(pieces, at) and pieces[at].text.rstrip().endswith(":")


def _own_role(text: str, role: TaskRole) -> TaskRole:
    if role is TaskRole.LEAD and re.match(r"\W*(?:chu\s+dong\s+)?phoi\s+hop\b", fold_in_place(text)):
        return TaskRole.SUPPORT
    return role


def _elsewhere(pieces: Sequence[Piece], at: int, ours: OurNames) -> OwnDuty | None:
    """A duty in another's section, or one whose labels name us."""
    piece = pieces[at]
    match = ours.names_us(piece.folded, piece.text)
    if match is None:
        return None
    before = piece.folded[: match.start()]
    if label := _LABEL.match(piece.folded):
        under = _labelled(pieces, at)
        role = TaskRole.SUPPORT if label["role"].startswith("phoi") else TaskRole.LEAD
        if under is None:
            return None
        duty = pieces[under]
        return OwnDuty(heading=_above(pieces, under), piece=duty, text=duty.text, role=role)
    if label := _LABELLED.search(before):
        role = TaskRole.SUPPORT if label["role"].startswith("phoi") else TaskRole.LEAD
    elif _says_with(piece.folded, match):
        role = TaskRole.SUPPORT
    else:
        return None
    return OwnDuty(heading=_above(pieces, at), piece=piece, text=piece.text, role=role)


def _labelled(pieces: Sequence[Piece], at: int) -> int | None:
    """Where the duty stands that the labels at `at` belong to: the nearest piece above that is no label."""
    for above in range(at - 1, -1, -1):
        if not (_LABEL.match(pieces[above].folded) or _TIME_LABEL.match(pieces[above].folded)):
            return above if pieces[above].depth <= pieces[at].depth else None
    return None


def _above(pieces: Sequence[Piece], at: int) -> str:
    """The heading that a piece stands under."""
    depth = pieces[at].depth
    for piece in reversed(pieces[:at]):
        if piece.depth < depth and not piece.is_paragraph:
            return _heading(piece)
    return ""


def _is_body_heading(pieces: Sequence[Piece], at: int) -> bool:
    """Whether a piece gives its duties to a body by name: a heading, or a subject with its duty."""
    piece = pieces[at]
    if piece.is_paragraph or not BODY.match(piece.folded):
        return False
    is_heading = _has_children(pieces, at) and len(piece.text) <= _LONGEST_HEADING
    return is_heading or ":" in piece.text[:_LONGEST_HEADING]


# ── with whom ────────────────────────────────────────────────────────────────────────────────────────────


def _with_partners(duty: OwnDuty, ours: OurNames) -> OwnDuty:
    """The duty with the bodies it is to be done with; in another's section that body comes first.

    A heading that means everybody is nobody's partner.
    """
    named = _list_partners(duty.text)
    if duty.role is not TaskRole.ALL and BODY.match(fold_in_place(duty.heading)):
        named = (duty.heading, *named)
    others = (name for name in dict.fromkeys(named) if not ours.names_us(fold_in_place(name)))
    return replace(duty, partners=tuple(others)[:_MOST_PARTNERS])


def _list_partners(text: str) -> tuple[str, ...]:
    """The bodies after `phối hợp với`, as printed, as far as they are surely names."""
    match = _WORKS_WITH.search(fold_in_place(text))
    if match is None:
        return ()
    partners = []
    for part in _BETWEEN.split(text[match.start("who") : match.end("who")]):
        verb = _VERB.search(fold_in_place(part))
        name = (part[: verb.start()] if verb else part).strip(" .")
        if not BODY.match(fold_in_place(name)):
            break
        partners.append(name)
        if verb:
            break
    return tuple(partners)


# ── when ─────────────────────────────────────────────────────────────────────────────────────────────────


def _dated(duty: OwnDuty, pieces: Sequence[Piece], issued: dt.date | None) -> OwnDuty:
    """The duty with the first time that it sets, or that a label under it does."""
    at = next(n for n, piece in enumerate(pieces) if piece is duty.piece)
    sentences = Sentences(duty.text)
    for phrase in list_dated_phrases(fold_in_place(duty.text), issued):
        if sentences.ask_by(phrase.start, phrase.end, phrase.kind) and not phrase.is_past:
            return replace(duty, phrase=phrase, printed=_printed(duty.text, phrase.start, phrase.end))
    for label in _time_labels(pieces, at):
        # `Thời gian: quý II/2012` leaves out the word that makes it a time limit.
        for phrase in list_dated_phrases(_WITHIN + fold_in_place(label), issued):
            if not phrase.is_past:
                start, end = max(phrase.start - len(_WITHIN), 0), phrase.end - len(_WITHIN)
                return replace(duty, phrase=phrase, printed=_printed(label, start, end))
    return duty


def _printed(text: str, start: int, end: int) -> str:
    return text[start:end].strip(" ,;.")


def _time_labels(pieces: Sequence[Piece], at: int) -> Iterator[str]:
    for piece in pieces[at + 1 : at + 6]:
        if label := _TIME_LABEL.match(piece.folded):
            yield piece.text[label.end() :].strip()
        elif not _LABEL.match(piece.folded):
            return


# ── as the contract has it ───────────────────────────────────────────────────────────────────────────────


def _row(duty: OwnDuty) -> dict[str, str | None]:
    row: dict[str, str | None] = {
        "heading": duty.heading,
        "text": duty.text,
        "role": duty.role.value,
        "partners": "; ".join(duty.partners),
        "phrase": duty.printed,
    }
    says = duty.phrase.says if duty.phrase else None
    if says and says.recurrence:
        row |= {"recurrence": says.recurrence, **({"ask": says.ask} if says.ask else {})}
    elif says:
        row["date"] = says.day.isoformat() if says.day and not says.is_next_year else None
        if says.count:
            row |= {"days" if says.count.unit != "hours" else "hours": says.count.number}
            row |= {"unit": says.count.unit, "from": says.count.since}
    box = duty.piece.box
    return {**row, "page": str(duty.piece.page), "box": " ".join(f"{v:.4f}" for v in box.as_list())}
