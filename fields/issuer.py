"""Find the issuing body (tác giả), the body above it, and the directory entry they mean.

The left head has the parent on the upper line and the issuer below; either may run over several lines, so
lines are put together into bodies by the words with which a body's name begins. A joint document names
several bodies.

Source: Decree 30/2020/NĐ-CP, Appendix I, part II, clause 2 (ô số 2).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from documents.looks import SecondLook, SecondReading
from documents.page import Box, Line, SignaturePanel, Source, around
from documents.reading import FieldName, FieldReading, Found
from documents.text import fold
from fields.agencies import AgencyDirectory, AgencyMatch, agency_key, restore_marks
from fields.agency_phrases import join_name, restore_phrases
from fields.layout import Layout
from fields.reference_grammar import fold_notation
from fields.unlisted_issuer import Mentions, check_name, find_mentions, list_name_looks
from fields.verdict import checked, doubted

_BEGINNINGS = (
    "uy ban", "ubnd", "hoi dong", "hdnd", "bo", "so", "truong", "dai hoc", "hoc vien", "benh vien",
    "van phong", "khoa", "phong", "ban", "cuc", "tong cuc", "chi cuc", "vien", "trung tam", "cong ty",
    "tong cong ty", "tap doan", "ngan hang", "kho bac", "bao hiem", "toa an", "thanh tra", "cong an",
    "dang uy", "tinh uy", "huyen uy", "thanh uy", "quan uy", "bch", "doan", "hoi", "lien doan",
    "lien minh", "lien hiep", "thu tuong", "chinh phu", "quoc hoi", "chu tich", "dang bo", "chi bo",
    "thuong truc", "quan khu", "to", "dai", "bao", "tap chi", "chi nhanh", "xi nghiep", "nha may",
    "thu vien", "bao tang", "tram", "doi", "hat", "cong doan", "tinh doan", "thanh doan", "huyen doan",
    "kiem toan", "thong tan xa", "mat tran", "quy",
)  # fmt: skip
_BEGINNING = re.compile(r"\W*(?:" + "|".join(sorted(_BEGINNINGS, key=len, reverse=True)) + r")\b")
_BARE = frozenset(
    {
        "van phong",
        "thuong truc",
        "ban chap hanh",
        "bch",
        "ban thuong vu",
        "truong",
        "uy ban",
        "dang uy",
        "thanh tra",
        "cong doan",
        "chi nhanh",
        "doan",
    }
)
"""Beginnings that, alone on a line above another body, belong to it: `VĂN PHÒNG / ỦY BAN NHÂN DÂN`."""
_HANGING = re.compile(r"(?:\bva|\bcua|\bcac|\bve|[,-])$")
_JOINT = re.compile(r"^(?:TTLT|NQLT|KHLT|CTLT|CTPH|HDLN|QCPH|HDLT)")


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuerFinding:
    """The issuer as printed, its parent, and what the directory makes of it.

    For a joint document `bodies` has them all and `issuer` joins them; `matches` go with `bodies`. An
    inferred issuer has `inferred_from`, one sentence that names the grounds. `unlisted` has the lines of a
    single body that the directory does not have, `mentions` what else bears it out.
    """

    issuer: Found | None
    parent: Found | None
    bodies: tuple[str, ...] = ()
    matches: tuple[AgencyMatch | None, ...] = ()
    inferred_from: str | None = None
    unlisted: tuple[Line, ...] = ()
    mentions: Mentions = field(default_factory=Mentions)

    @property
    def abbreviations(self) -> frozenset[str]:
        """How the directory abbreviates the bodies, for reading the notation."""
        return frozenset(a for m in self.matches if m for a in m.abbreviations if a)

    @property
    def agency(self) -> Found | None:
        """The directory entries, when every body has one."""
        if not self.issuer or not self.matches or not all(self.matches):
            return None
        names = "; ".join(m.name for m in self.matches if m)
        return Found(names, self.issuer.page, self.issuer.box, self.issuer.source)


def find_issuer(
    layout: Layout, directory: AgencyDirectory, *, on: dt.date | None, joint: bool, place: str | None = None
) -> IssuerFinding | None:
    """Return the issuer of the head, or None when the left head is empty.

    Args:
        layout: Where things stand.
        directory: Bodies known, for the marks that capitals lose.
        on: The day of the document, None when not read.
        joint: Whether notation or title say that several bodies issued it together.
        place: The place before the date, whose small letters keep the marks that a local body's capitals
        lose.
    """
    bodies = join_bodies(layout.head.issuer)
    if not bodies:
        return None
    own = bodies if joint else bodies[-1:]
    above = None if joint or len(bodies) < 2 else bodies[-2]
    parent_text = _restore(_text(above), directory, None, on, place)[0] if above else None
    read = [_restore(_text(body), directory, parent_text, on, place) for body in own]
    text, match = read[-1]
    is_unlisted = len(own) == 1 and match is None
    return IssuerFinding(
        issuer=Found(" - ".join(text for text, _ in read), 1, _box(line for body in own for line in body)),
        parent=Found(parent_text, 1, _box(above)) if above and parent_text else None,
        bodies=tuple(text for text, _ in read),
        matches=tuple(match for _, match in read),
        unlisted=own[-1] if is_unlisted else (),
        mentions=find_mentions(text, layout, directory, on) if is_unlisted else Mentions(),
    )


def join_bodies(lines: Sequence[Line]) -> list[tuple[Line, ...]]:
    """Put the lines of the left head together into bodies, top to bottom.

    `TRƯỜNG ĐẠI HỌC / CÔNG NGHỆ THÔNG TIN / KHOA HỆ THỐNG THÔNG TIN` are two bodies: the school and the
    faculty.
    """
    bodies: list[tuple[Line, ...]] = []
    for line in lines:
        if bodies and not _begins_body(_text(bodies[-1]), line.text):
            bodies[-1] = (*bodies[-1], line)
        else:
            bodies.append((line,))
    return bodies


def is_joint(notation: str | None, title: str | None) -> bool:
    """Whether notation or title say that several bodies issued the document together."""
    return bool(notation and _JOINT.match(fold_notation(notation))) or "lien tich" in fold(title or "")


def infer_issuer(
    layout: Layout,
    groups: Sequence[str],
    place: str | None,
    directory: AgencyDirectory,
    *,
    on: dt.date | None,
) -> IssuerFinding | None:
    """Conclude the issuer from notation, place and body when the head does not name it; None without support.

    The name must stand in the document's own words too (body or copy list). Never the agency of an arrival
    stamp: stamp lines are set aside before.
    """
    text = agency_key("\n".join(line.text for page in layout.pages for line in page.lines))
    province = directory.find_province(place or "")
    for agency in directory.agencies:
        if not agency.abbreviation or agency.abbreviation not in groups or not agency.exists_on(on):
            continue
        name = agency.name
        match = directory.match(name, parent=f"tỉnh {province.name}" if province else None, on=on)
        if match is None or (province and province.key not in agency_key(match.name)):
            continue
        if agency_key(match.name) in text or agency_key(name) in text:
            ground = (
                f"ký hiệu {agency.abbreviation}, địa danh {place or '(không có)'} và lời văn trong văn bản"
            )
            found = Found(match.name, None, None, Source.INFERRED)
            return IssuerFinding(
                issuer=found, parent=None, bodies=(match.name,), matches=(match,), inferred_from=ground
            )
    return None


def check_issuer(
    finding: IssuerFinding | None,
    groups: Sequence[str],
    place: str | None,
    directory: AgencyDirectory,
    signatures: Sequence[SignaturePanel] = (),
    answers: Sequence[SecondReading] = (),
) -> FieldReading:
    """Return the issuer: checked when the directory has it that day and something else names it too.

    That is the notation, which bears its letters, or an intact digital signature of that very body. A
    signature alone never makes an issuer: the last one is often only the portal that published the file. A
    body in no directory is checked as printed when its readers and the paper bear it out.
    """
    name = FieldName.ISSUER
    if finding is None or finding.issuer is None:
        return doubted(name, None, "Không thấy tên cơ quan ban hành ở góc trái đầu trang.")
    if finding.inferred_from:
        return doubted(
            name,
            finding.issuer,
            f"Đầu trang không có tên cơ quan ban hành; tên này được suy ra từ {finding.inferred_from}.",
        )
    if finding.unlisted:
        return _check_unlisted(finding, finding.issuer, groups, place, directory, answers)
    if not all(match and match.is_sure for match in finding.matches):
        return doubted(name, finding.issuer, _complain_of_match(finding))
    in_notation = bool(groups) and all(
        bears_letters(groups, body, match)
        for body, match in zip(finding.bodies, finding.matches, strict=True)
    )
    signed = is_signed_by(finding, signatures, directory)
    if not in_notation and not signed:
        return doubted(
            name, finding.issuer, "Ký hiệu văn bản không mang chữ viết tắt của cơ quan ban hành này."
        )
    if _contradicts(finding, place, directory):
        return doubted(name, finding.issuer, f"Cơ quan ban hành và địa danh {place} không cùng một tỉnh.")
    if not signed and not all(match.listed or _is_from(match, place) for match in finding.matches if match):
        return doubted(
            name, finding.issuer, "Tên địa phương của cơ quan ban hành không có chỗ nào khác để đối chiếu."
        )
    return checked(
        name,
        finding.issuer,
        f"Danh bạ cơ quan có {'; '.join(m.name for m in finding.matches if m)} vào ngày văn bản.",
        *(("Ký hiệu văn bản mang chữ viết tắt của cơ quan này.",) if in_notation else ()),
        *(("Chữ ký số còn nguyên vẹn trong tệp mang tên cơ quan này.",) if signed else ()),
    )


def _check_unlisted(
    finding: IssuerFinding,
    found: Found,
    groups: Sequence[str],
    place: str | None,
    directory: AgencyDirectory,
    answers: Sequence[SecondReading],
) -> FieldReading:
    """Return an issuer that the directory does not have: as printed, where enough bears it out."""
    named = check_name(finding.unlisted, groups, answers, finding.mentions)
    if named is None:
        return doubted(FieldName.ISSUER, found, "Danh bạ cơ quan chưa có tên cơ quan ban hành này.")
    if _contradicts(finding, place, directory):
        return doubted(FieldName.ISSUER, found, f"Cơ quan ban hành và địa danh {place} không cùng một tỉnh.")
    return checked(FieldName.ISSUER, replace(found, value=named.name), *named.evidence)


def list_issuer_looks(finding: IssuerFinding | None) -> tuple[SecondLook, ...]:
    """Return the lines of an issuer that the directory does not have, to be read by every kind of reader."""
    return list_name_looks(finding.unlisted) if finding else ()


def is_signed_by(
    finding: IssuerFinding, signatures: Iterable[SignaturePanel], directory: AgencyDirectory
) -> bool:
    """Whether each body of `finding` has an intact digital signature in its name."""
    signers = {
        agency_key(match.name if (match := directory.match(name, parent=parent)) and match.is_sure else name)
        for panel in signatures
        if panel.intact
        for name, parent in ((panel.signer, panel.organisation), (panel.organisation, None))
        if name
    }
    return bool(finding.matches) and all(m and agency_key(m.name) in signers for m in finding.matches)


def check_parent(
    finding: IssuerFinding | None, issuer: FieldReading, directory: AgencyDirectory
) -> FieldReading:
    """Return the parent: checked with the issuer, when the directory knows it or when there is none."""
    name = FieldName.ISSUER_PARENT
    if finding is None or finding.parent is None:
        if issuer.checked:
            return checked(name, None, "Góc trái đầu trang chỉ có một cơ quan.")
        return doubted(name, None, "Chưa chắc có cơ quan chủ quản ở trên hay không.")
    match = directory.match(str(finding.parent.value))
    if issuer.checked and match and match.distance == 0:
        return checked(name, finding.parent, f"Danh bạ cơ quan có {match.name}.")
    return doubted(name, finding.parent, "Tên cơ quan chủ quản chưa khớp với danh bạ.")


def check_agency(finding: IssuerFinding | None, issuer: FieldReading) -> FieldReading:
    """Return the directory entry; as sure as the issuer is."""
    name = FieldName.ISSUER_AGENCY
    agency = finding.agency if finding else None
    if agency is None:
        return doubted(name, None, "Danh bạ chưa có cơ quan này.")
    if issuer.checked:
        return checked(name, agency, *issuer.evidence)
    return doubted(name, agency, issuer.reason or "Cơ quan ban hành chưa kiểm được.")


def bears_letters(groups: Sequence[str], body: str, match: AgencyMatch | None) -> bool:
    """Whether the notation abbreviates the body, by the directory or by the first letters of its words.

    `DHVH` stands in the initials of `ĐẠI HỌC CÔNG NGHỆ THÔNG TIN VÀ TRUYỀN THÔNG VIỆT - HÀN` in their order.
    """
    known = {fold_notation(a) for a in (match.abbreviations if match else ()) if a}
    initials = "".join(word[0] for word in fold(body).upper().split() if word[0].isalpha())
    for group in groups:
        letters = fold_notation(group)
        if letters in known or (len(letters) >= 2 and _runs_through(letters, initials)):
            return True
    return False


def _runs_through(letters: str, initials: str) -> bool:
    rest = iter(initials)
    return all(letter in rest for letter in letters)


def _begins_body(before: str, text: str) -> bool:
    if not _BEGINNING.match(fold(text)):
        return False
    above = fold(before).strip(" .,:;'-")
    return above not in _BARE and not _HANGING.search(fold(before).strip())


def _text(body: Sequence[Line]) -> str:
    return join_name(line.text for line in body)


def _box(lines: Iterable[Line]) -> Box:
    return around(line.box for line in lines)


def _restore(
    text: str, directory: AgencyDirectory, parent: str | None, on: dt.date | None, place: str | None
) -> tuple[str, AgencyMatch | None]:
    """The name with its marks, and the entry it means."""
    spelled = restore_phrases(text)
    match = directory.match(spelled, parent=parent, on=on)
    if match and match.is_sure:
        spelled = restore_marks(spelled, match.spelling)
    if match and not match.listed and place and _is_from(match, place):
        local = place.split()
        spelled = restore_marks(spelled, " ".join([*spelled.split()[: -len(local)], *local]))
        match = directory.match(spelled, parent=parent, on=on)
    return spelled, match


def _complain_of_match(finding: IssuerFinding) -> str:
    known = [m for m in finding.matches if m]
    if len(known) < len(finding.matches):
        return "Danh bạ cơ quan chưa có tên cơ quan ban hành này."
    if not all(m.exists for m in known):
        return "Theo danh bạ, cơ quan ban hành này không tồn tại vào ngày văn bản."
    return "Tên cơ quan ban hành chỉ gần giống với danh bạ."


def _is_from(match: AgencyMatch, place: str | None) -> bool:
    """Whether the place before the date, printed by itself, is the one in the body's name."""
    key = agency_key(place or "")
    return bool(key) and agency_key(match.name).endswith(" " + key)


def _contradicts(finding: IssuerFinding, place: str | None, directory: AgencyDirectory) -> bool:
    """Whether the place names another province: one letter parts Kiên Giang from Tiền Giang."""
    there = directory.find_province(place or "")
    above = str(finding.parent.value) if finding.unlisted and finding.parent else ""
    names = (above, *finding.bodies) if finding.unlisted else (m.name for m in finding.matches if m)
    here = {p.key for name in names if (p := directory.find_province(name))}
    return there is not None and bool(here) and there.key not in here
