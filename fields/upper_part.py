"""Whether the upper part of page 1, read alone, says who gets a document and by when.

It does for most: they say at the top who wrote them, their number and day, and what they are about. Not for
an invitation, whose hour stands in the text, and not for what is urgent: such papers are read on before they
are passed on.
"""

from __future__ import annotations

from fields.read import Findings

_WITH_AN_HOUR = "Giấy mời"


def tells_enough(findings: Findings) -> bool:
    """Whether number, date, issuer, type and subject were found, the subject whole, and nothing presses."""
    found = (findings.number, findings.date, findings.issuer, findings.doc_type)
    if not findings.head_seen or any(one is None for one in found) or findings.marks:
        return False
    return findings.type_name != _WITH_AN_HOUR and _is_subject_whole(findings)


def _is_subject_whole(findings: Findings) -> bool:
    """Whether a line was read below the subject: one that ends where the reading does may go on."""
    page = findings.paper.page(1)
    subject = findings.subject.found if findings.subject else None
    if page is None or subject is None or subject.box is None:
        return False
    floor = subject.box.y1
    return any(line.box.y0 >= floor for line in page.lines)
