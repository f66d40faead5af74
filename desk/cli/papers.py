"""Commands about papers: take, read, list, show, why, find."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Annotated

import typer

from desk.cli.home import DEFAULT_HOME, AsJson, Home, now
from desk.cli.speech import ATTENTION, COULD_NOT, DONE, following, put, put_json, put_table, say, tell, tr
from desk.cli.tasks import tell_task
from desk.cli.wording import describe, tell_step
from documents.errors import FolderAway
from documents.reading import FieldName
from documents.status import Status
from documents.text import visible
from documents.wording import FIELD_LABELS, LINE_STATE_LABELS, ROLE_LABELS, STATUS_LABELS, shown
from office import drop, queries
from office.office import CIVIL_TIME, Office, local_day, names_of
from office.phrase import Phrase
from office.reading import Lettering, Overlay, Wanted, open_reader, read_file_json
from office.tasks import tasks_of
from office.views import DocumentRow
from office.why import why as why_steps

Files = Annotated[list[Path], typer.Argument(help="Tệp PDF, TIFF, JPEG hay PNG. · Files.")]
Asked = Annotated[str, typer.Argument(metavar="DOC", help="29/2012 hoặc mã văn bản. · Number or id.")]


def add_to(app: typer.Typer) -> None:
    """Add these commands."""
    for command in (take, read, list_, show, why, find):
        app.command(name=command.__name__.rstrip("_"))(command)


def take(
    files: Files,
    home: Home = DEFAULT_HOME,
    wait: Annotated[bool, typer.Option("--wait", help="Chờ đến khi đọc xong. · Wait.")] = False,
) -> int:
    """Nhận tệp, như thả vào thư mục nhận. · Take files, as if dropped into the intake folder."""
    missing = [f for f in files if not f.is_file()]
    for file in missing:
        tell(
            "Lỗi: không thấy tệp {file}.\n  → Kiểm tra lại đường dẫn; các tệp khác vẫn được nhận.", file=file
        )
    with Office.open(home) as office:
        folder = office.settings.intake_folder
        if not folder.is_dir():
            raise FolderAway(folder=folder, detail=Phrase("không thấy thư mục này"))
        dropped = drop.drop_files(office, [f for f in files if f.is_file()])
        for drop_ in dropped:
            tell("Đã thả {name} vào {folder}.", name=drop_.path.name, folder=drop_.path.parent)
        if not wait:
            return COULD_NOT if missing else DONE
        arrived = drop.wait_until_read(office, dropped, clock=now)
        with office.view() as view:
            for record in arrived:
                now_known = view.document(record.id)
                put(describe(now_known))
                for step in why_steps(view, now_known) if drop.needs_person(now_known.status) else ():
                    put(f"    {step}")
            attention = any(drop.needs_person(view.document(r.id).status) for r in arrived)
    if missing or len(arrived) < len(dropped):
        return COULD_NOT
    return ATTENTION if attention else DONE


def read(
    files: Files,
    json: AsJson = False,
    full: Annotated[bool, typer.Option("--full", help="Đọc mọi trang. · Every page.")] = False,
    overlay: Annotated[
        Path | None,
        typer.Option(help="Vẽ các ô đã đọc lên ảnh trang vào tệp này (.png). · Draw the fields on the page."),
    ] = None,
    searchable: Annotated[
        Path | None,
        typer.Option(help="Đọc mọi trang và ghi bản PDF tìm được chữ vào tệp này. · Write a searchable PDF."),
    ] = None,
) -> int:
    """Chỉ đọc, không lưu gì. · Read only, store nothing."""
    today = local_day(now())
    wanted = [
        Wanted(drawn, made)
        for drawn, made in zip(
            _overlays(files, overlay), _one_each(files, searchable, {".pdf"}, "--searchable"), strict=True
        )
    ]
    failed = 0
    moved = following(len(files), "Đang đọc")
    with open_reader() as reader, ThreadPoolExecutor(os.cpu_count() or 1) as readers:
        rows = readers.map(
            lambda f, w: read_file_json(reader, f, full=full, today=today, wanted=w), files, wanted
        )
        for count, (row, want) in enumerate(zip(rows, wanted, strict=True), 1):
            moved(count)
            if want.searchable and not want.searchable.exists() and "error" not in row:
                tell("{file}: không cần bản tìm được chữ, các trang đã có lớp chữ tốt.", file=row["file"])
            failed += "error" in row
            if isinstance(error := row.get("error"), dict):
                row["error"] = {name: say(said) for name, said in error.items()}
            if json:
                put_json(row)
            else:
                _put_reading(row)
    return ATTENTION if failed else DONE


def _overlays(files: list[Path], to: Path | None) -> list[Overlay | None]:
    """A picture for each file: `to` itself for one file, else `to` with the file's name in its own."""
    places = _one_each(files, to, {".png", ".jpg", ".webp"}, "--overlay")
    fonts = Path(__file__).parents[1] / "web" / "static" / "fonts"
    lettering = Lettering(
        fonts / "be-vietnam-pro-latin-400-normal.woff2", fonts / "be-vietnam-pro-vietnamese-400-normal.woff2"
    )
    return [Overlay(place, lettering) if place else None for place in places]


def _one_each(files: list[Path], to: Path | None, endings: set[str], option: str) -> list[Path | None]:
    """A file to write for each file: `to` itself for one, else `to` with the file's name in its own.

    Raises:
        typer.BadParameter: `to` has none of the `endings`, or is one of the files that are to be read.
    """
    if to is None:
        return [None] * len(files)
    if to.suffix.lower() not in endings:
        said = ", ".join(sorted(endings))
        raise typer.BadParameter(f"tên tệp phải kết thúc bằng {said}", param_hint=option)
    places = [to] if len(files) == 1 else [to.with_name(f"{to.stem}-{f.stem}{to.suffix}") for f in files]
    if {place.resolve() for place in places} & {file.resolve() for file in files}:
        raise typer.BadParameter("không ghi đè lên chính tệp đang đọc", param_hint=option)
    return list(places)


def _put_reading(row: dict[str, object]) -> None:
    put(f"── {row['file']}")
    if isinstance(error := row.get("error"), dict):
        tell("Lỗi: {message}\n  → {advice}", message=error["message"], advice=error["advice"])
        return
    fields = row["fields"]
    if not isinstance(fields, dict):
        return
    for name, field in fields.items():
        if not field["value"] and not field["reason"]:
            continue
        sign = "✓" if field["checked"] else "●"
        reason = f"   ({field['reason']})" if field["reason"] else ""
        put(f"  {sign} {tr(FIELD_LABELS[FieldName(name)])}: {shown(field['value']) or '—'}{reason}")
    if row["needs_review"]:
        put(tr("  → Cần văn thư xem các ô có dấu ●."))


def list_(
    home: Home = DEFAULT_HOME,
    json: AsJson = False,
    status: Annotated[Status | None, typer.Option(help="Chỉ trạng thái này. · Only this status.")] = None,
) -> int:
    """Liệt kê văn bản. · List documents."""
    with Office.open(home) as office:
        if json:
            with office.view() as view:
                for record in reversed(view.documents(status, None)):
                    put_json(queries.document_json(view, record))
            return DONE
        _put_rows(queries.list_rows(office, status=status, text="", limit=500, now=now()))
    return DONE


def find(
    text: Annotated[list[str], typer.Argument(help="Từ cần tìm, không cần dấu. · Words, marks not needed.")],
    home: Home = DEFAULT_HOME,
    json: AsJson = False,
) -> int:
    """Tìm văn bản, gõ không dấu cũng được. · Find documents; marks are not needed."""
    words = " ".join(text)
    with Office.open(home) as office:
        if json:
            with office.view() as view:
                for one in view.search(words, 200):
                    put_json(queries.document_json(view, view.document(one)))
            return DONE
        rows = queries.list_rows(office, status=None, text=words, limit=200, now=now())
    if not rows:
        tell("Không thấy văn bản nào có “{words}”.", words=words)
    _put_rows(rows)
    return DONE


def _put_rows(rows: tuple[DocumentRow, ...]) -> None:
    put_table(
        ("Số đến", "Trạng thái", "Số, ký hiệu", "Cơ quan", "Trích yếu", "Người nhận", "Mã"),
        [_row(row) for row in rows],
    )


def _row(row: DocumentRow) -> tuple[str, ...]:
    def value(name: FieldName) -> str:
        reading = row.fields.get(name)
        return shown(reading.value) if reading and reading.value else ""

    record = row.record
    people = ", ".join(a.officer_name or a.unit_name or "" for a in row.assignments)
    return (
        record.entry.name if record.entry else "—",
        tr(STATUS_LABELS[record.status]),
        value(FieldName.NUMBER_SYMBOL),
        value(FieldName.ISSUER)[:40],
        visible(value(FieldName.SUBJECT) or record.file_name)[:60],
        people,
        record.id,
    )


def show(asked: Asked, home: Home = DEFAULT_HOME, json: AsJson = False) -> int:
    """Một văn bản: các ô, người nhận, diễn biến. · One document."""
    with Office.open(home) as office, office.view() as view:
        record = queries.find_document(view, asked)
        if json:
            put_json(queries.show_json(view, record))
            return DONE
        put(describe(record))
        for task in tasks_of(view, record.id):
            for said in tell_task(task):
                put(f"  {said}")
        for name, reading in view.fields(record.id).items():
            if reading.value and name is not FieldName.OUR_PART:
                sign = "✓" if reading.checked else "●"
                put(f"  {sign} {tr(FIELD_LABELS[name])}: {shown(reading.value)}")
        for a in view.assignments(record.id):
            due = tr(", hạn {day}").format(day=f"{a.due:%d/%m/%Y}") if a.due else ""
            held = f", {a.holder_name}" if a.holder and a.holder != a.person else ""
            state = f"{tr(LINE_STATE_LABELS[a.state])}{held}"
            put(f"  → {a.line}. {a.officer_name or a.unit_name}: {tr(ROLE_LABELS[a.role])}{due} ({state})")
        for reason in dict.fromkeys((*record.doubts, *record.review_reasons)):
            put(f"  ! {say(reason)}")
        names = names_of(view.directory())
        for line in view.history(record.id):
            put(f"  {line.at.astimezone(CIVIL_TIME):%d/%m/%Y %H:%M} {tell_step(line, names)}")
    return DONE


def why(asked: Asked, home: Home = DEFAULT_HOME, json: AsJson = False) -> int:
    """Vì sao văn bản được chuyển như vậy. · Why the document went where it did."""
    with Office.open(home) as office, office.view() as view:
        record = queries.find_document(view, asked)
        if json:
            put_json(queries.why_json(view, record))
            return DONE
        put(describe(record))
        for step in why_steps(view, record):
            put(f"  {say(step)}")
    return DONE
