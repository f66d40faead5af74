"""How letters look as HTML: tables and inline styles only, so that old mail programs show them as meant.

No picture, no style from elsewhere, no script. Every function takes text and escapes it.
"""

from __future__ import annotations

import html
from collections.abc import Iterable

INK, MUTED, GO, BAD, ASK, GOOD = "#1b2026", "#59626d", "#0d4a6b", "#ad1f1f", "#8a4b00", "#17683c"
LINE, GROUND, PAPER = "#e0e3e0", "#f4f5f2", "#ffffff"
_FACE = "'Be Vietnam Pro','Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif"

esc = html.escape


def page(*, office: str, preview: str, body: Iterable[str], signature: str) -> str:
    """The whole letter: the office's name, the card with the body, the signature below.

    `preview` is what a mail program shows beside the subject in its list; it is not seen in the letter.
    """
    return (
        '<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        '<meta name="color-scheme" content="light"></head>'
        f'<body style="margin:0;padding:0;background:{GROUND}">'
        f'<div style="display:none;max-height:0;overflow:hidden">{esc(preview)}</div>'
        '<table role="presentation" width="100%" cellpadding="0" cellspacing="0" '
        f'style="background:{GROUND}">'
        '<tr><td align="center" style="padding:24px 12px">'
        '<table role="presentation" width="100%" cellpadding="0" cellspacing="0" '
        f'style="max-width:600px;font-family:{_FACE};font-size:15px;line-height:1.5;color:{INK}">'
        f'<tr><td style="padding:0 4px 10px;font-size:13px;color:{MUTED}">{esc(office)}</td></tr>'
        f'<tr><td style="background:{PAPER};border:1px solid {LINE};border-top:3px solid {GO};'
        f'border-radius:6px;padding:24px 24px 26px">{"".join(body)}</td></tr>'
        f'<tr><td style="padding:12px 4px 0;font-size:12px;color:{MUTED}">{esc(signature)}</td></tr>'
        "</table></td></tr></table></body></html>\n"
    )


def paragraph(text: str, *, color: str = INK, size: int = 15, bold: bool = False, space: int = 14) -> str:
    """A paragraph; line breaks of the text are kept."""
    weight = "600" if bold else "400"
    lines = "<br>".join(esc(line) for line in text.splitlines())
    return (
        f'<p style="margin:0 0 {space}px;font-size:{size}px;line-height:1.5;color:{color};'
        f'font-weight:{weight}">{lines}</p>'
    )


def due_block(words: str, tone: str) -> str:
    """The due day, which must be seen first."""
    return (
        '<table role="presentation" cellpadding="0" cellspacing="0" style="margin:0 0 18px"><tr>'
        f'<td style="border-left:4px solid {tone};padding:2px 0 2px 12px;font-size:16px;font-weight:600;'
        f'color:{tone}">{esc(words)}</td></tr></table>'
    )


def facts_table(rows: Iterable[tuple[str, str]]) -> str:
    """Labels and values."""
    cells = "".join(
        f'<tr><th align="left" valign="top" style="padding:7px 16px 7px 0;border-top:1px solid {LINE};'
        f'font-weight:400;font-size:13px;line-height:1.6;color:{MUTED};white-space:nowrap">{esc(label)}</th>'
        f'<td valign="top" style="padding:7px 0;border-top:1px solid {LINE};font-size:15px">'
        f"{esc(value)}</td></tr>"
        for label, value in rows
    )
    return (
        '<table width="100%" cellpadding="0" cellspacing="0" '
        f'style="border-collapse:collapse;margin:0 0 4px">{cells}</table>'
    )


def bullets(lines: Iterable[str]) -> str:
    """A list, or nothing."""
    items = "".join(f'<li style="margin:0 0 6px">{esc(line)}</li>' for line in lines)
    return f'<ul style="margin:0 0 16px;padding:0 0 0 20px">{items}</ul>' if items else ""


def button(link: str | None, label: str) -> str:
    """A link as large as a finger, or nothing."""
    if not link:
        return ""
    return (
        '<table role="presentation" cellpadding="0" cellspacing="0" style="margin:20px 0 0"><tr>'
        f'<td style="border-radius:5px;background:{GO}"><a href="{esc(link)}" '
        f'style="display:inline-block;padding:10px 22px;font-size:15px;font-weight:600;color:#ffffff;'
        f'text-decoration:none">{esc(label)}</a></td></tr></table>'
    )


def section(title: str, tone: str, rows: Iterable[str]) -> str:
    """A part of a digest: its title and its rows."""
    return (
        f'<p style="margin:22px 0 4px;font-size:13px;font-weight:600;color:{tone}">{esc(title)}</p>'
        '<table width="100%" cellpadding="0" cellspacing="0" style="border-collapse:collapse">'
        f"{''.join(rows)}</table>"
    )


def digest_row(*, side: str, tone: str, head: str, detail: str, link: str | None) -> str:
    """One document of a digest: how far its day is, what it is, and what is asked."""
    title = esc(head)
    if link:
        title = f'<a href="{esc(link)}" style="color:{GO};text-decoration:none">{title}</a>'
    return (
        f'<tr><td valign="top" width="92" style="padding:10px 12px 10px 0;border-top:1px solid {LINE};'
        f'font-size:13px;line-height:1.7;font-weight:600;color:{tone}">{esc(side)}</td>'
        f'<td valign="top" style="padding:10px 0;border-top:1px solid {LINE}">'
        f'<span style="font-size:15px;font-weight:600">{title}</span><br>'
        f'<span style="font-size:13px;color:{MUTED}">{esc(detail)}</span></td></tr>'
    )
