"""The gallery: one file of every kind that an intake folder meets, good and bad.

`list_samples` names them, `write_samples` puts them into a folder. Each file is drawn from its own name and
the seed, so that leaving one out or adding one changes no other.
"""

from __future__ import annotations

import datetime as dt
import shutil
import zlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image

from samples import letters, reports
from samples.drawing import draw_pages
from samples.electronic import save_born_digital
from samples.files import save_empty, save_encrypted, save_scan, save_truncated
from samples.paper import Paper, Wear
from samples.shots import photograph
from samples.tay_ninh import SCANNER_WEAR, tay_ninh_plan
from samples.wearing import wear

OFFICE_SCAN = Wear(skew_deg=-0.5, noise=3.5, blur=0.5, jpeg_quality=85, speckle=25, shading=0.03)
COPY_SCAN = Wear(skew_deg=1.3, noise=5.0, blur=0.6, jpeg_quality=72, speckle=120, shading=0.05, grey=True)
FAX = Wear(skew_deg=0.7, noise=9.0, blur=0.5, speckle=180, bilevel=True)
PASSWORD = "tayninh"  # noqa: S105  # of a sample file that shows what a locked PDF does


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """A file of the gallery.

    Attributes:
        file_name: Its name in the intake folder.
        about: What it shows, in one Vietnamese sentence.
        paper: What stands on it; None when nothing can be read.
        write: Draws and saves it.
        copy_of: The file this one repeats byte for byte; `write` is not used then.
    """

    file_name: str
    about: str
    paper: Paper | None
    write: Callable[[Path, np.random.Generator], None]
    copy_of: str | None = None


def list_samples(on: dt.date, *, next_number: int | None = None) -> tuple[Sample, ...]:
    """All samples, readable ones first.

    Args:
        on: The day they arrive; the plan of Tây Ninh keeps its own days of 2012.
        next_number: The arrival number to write in the first of two stamps; None leaves both blank.
    """
    return (*list_readable(on, next_number=next_number), *list_hard_cases(on))


def list_readable(on: dt.date, *, next_number: int | None = None) -> tuple[Sample, ...]:
    """Papers that can be read, each by another way of coming in; arguments as for `list_samples`."""
    after = None if next_number is None else next_number + 1
    return (
        _scan(
            "ke-hoach-02-tay-ninh.pdf",
            "Kế hoạch năm 2012 của UBND tỉnh Tây Ninh, dấu đến đỏ đóng lên chữ.",
            tay_ninh_plan(),
            SCANNER_WEAR,
            dpi=300,
        ),
        _scan("cv-khan-ubnd.pdf", "Công văn khẩn có hạn báo cáo.", letters.urgent_letter(on), OFFICE_SCAN),
        _scan(
            "giay-moi-stc.pdf", "Giấy mời họp có thời gian, địa điểm.", letters.invitation(on), OFFICE_SCAN
        ),
        _scan(
            "thong-bao-ket-luan.pdf",
            "Thông báo kết luận, dấu đến ghi bút chuyển hai phòng.",
            letters.notice_of_conclusions(on),
            OFFICE_SCAN,
        ),
        _scan("quyet-dinh-to-cong-tac.pdf", "Quyết định cá biệt.", reports.decision(on), COPY_SCAN),
        _scan(
            "bao-cao-syt.pdf",
            "Báo cáo có số và ngày viết tay.",
            reports.report(on, arrival_number=after),
            OFFICE_SCAN,
        ),
        _scan("cv-btgtu.pdf", "Công văn của cơ quan Đảng.", letters.party_letter(on), OFFICE_SCAN),
        _scan(
            "cv-bo-noi-vu.jpg",
            "Công văn của Bộ, số và ngày viết tay, dấu đến bên phải.",
            letters.ministry_letter(on, arrival_number=next_number),
            OFFICE_SCAN,
        ),
        _scan("fax-sgddt.pdf", "Bản fax đen trắng.", letters.faxed_letter(on), FAX),
        _scan(
            "to-trinh-quet-nguoc.png",
            "Tờ trình của đơn vị trực thuộc, quét ngược đầu.",
            reports.submission(on),
            Wear(noise=3.0, skew_deg=0.4, grey=True, turned_deg=180),
        ),
        _scan("ke-hoach-thanh-tra.tif", "TIFF nhiều trang.", reports.inspection_plan(on), COPY_SCAN),
        _photo("anh-chup-ubnd-xa.jpg", "Ảnh chụp nghiêng bằng điện thoại.", reports.commune_letter(on)),
        _electronic(
            "huong-dan-snv.pdf",
            "Văn bản điện tử có lớp chữ, không có dấu đến.",
            reports.guidance(on, signed=False),
        ),
        _electronic(
            "huong-dan-snv-so-chen.pdf",
            "Văn bản điện tử mà số và ngày chỉ có trong chú thích chèn thêm.",
            reports.guidance(on, signed=True),
        ),
    )


def list_hard_cases(on: dt.date) -> tuple[Sample, ...]:
    """Files that must be set aside: secret, locked, broken, empty, repeated, or no document at all."""
    letter = letters.plain_letter(501, letters.weekday_from(on, -1))
    return (
        _scan("cv-dong-dau-mat.pdf", "Có dấu MẬT đóng khung.", letters.secret_letter(on), OFFICE_SCAN),
        Sample(file_name="co-mat-khau.pdf", about="PDF có mật khẩu.", paper=None, write=_locked(letter)),
        Sample(file_name="gui-do-dang.pdf", about="PDF bị cắt cụt.", paper=None, write=_broken_off(letter)),
        Sample(file_name="rong.pdf", about="Tệp rỗng.", paper=None, write=_empty),
        Sample(file_name="khong-phai-van-ban.pdf", about="Không phải PDF.", paper=None, write=_no_document),
        Sample(
            file_name="giay-moi-stc (1).pdf",
            about="Trùng từng byte với giấy mời.",
            paper=letters.invitation(on),
            write=_empty,
            copy_of="giay-moi-stc.pdf",
        ),
    )


def write_samples(samples: Iterable[Sample], folder: Path, *, seed: int) -> list[Path]:
    """Write the files into `folder`, which must exist; return their paths in order.

    The same name and seed give the same bytes, but for the two electronic papers and the locked PDF, whose
    writers number objects and choose keys as they like.

    Raises:
        FontsMissing: The typeface of official papers is not installed.
        FileNotFoundError: A copy comes before its original.
    """
    written = []
    for sample in samples:
        path = folder / sample.file_name
        if sample.copy_of:
            shutil.copyfile(folder / sample.copy_of, path)
        else:
            sample.write(path, np.random.default_rng([seed, zlib.crc32(sample.file_name.encode())]))
        written.append(path)
    return written


def scan(paper: Paper, how: Wear, *, dpi: int, rng: np.random.Generator) -> list[Image.Image]:
    """The pages of `paper`, drawn and worn."""
    return [wear(page, how, rng) for page in draw_pages(paper, dpi=dpi, rng=rng)]


# ── ways of coming in ────────────────────────────────────────────────────────────────────────────────────


def _scan(file_name: str, about: str, paper: Paper, how: Wear, *, dpi: int = 200) -> Sample:
    def write(path: Path, rng: np.random.Generator) -> None:
        save_scan(scan(paper, how, dpi=dpi, rng=rng), path)

    return Sample(file_name=file_name, about=about, paper=paper, write=write)


def _photo(file_name: str, about: str, paper: Paper) -> Sample:
    def write(path: Path, rng: np.random.Generator) -> None:
        save_scan([photograph(draw_pages(paper, dpi=250, rng=rng)[0], rng)], path)

    return Sample(file_name=file_name, about=about, paper=paper, write=write)


def _electronic(file_name: str, about: str, paper: Paper) -> Sample:
    def write(path: Path, rng: np.random.Generator) -> None:  # noqa: ARG001  # nothing is left to chance
        save_born_digital(paper, path)

    return Sample(file_name=file_name, about=about, paper=paper, write=write)


def _locked(paper: Paper) -> Callable[[Path, np.random.Generator], None]:
    def write(path: Path, rng: np.random.Generator) -> None:
        save_encrypted(scan(paper, FAX, dpi=150, rng=rng), path, password=PASSWORD)

    return write


def _broken_off(paper: Paper) -> Callable[[Path, np.random.Generator], None]:
    def write(path: Path, rng: np.random.Generator) -> None:
        save_truncated(scan(paper, FAX, dpi=150, rng=rng), path)

    return write


def _empty(path: Path, rng: np.random.Generator) -> None:  # noqa: ARG001  # nothing is left to chance
    save_empty(path)


def _no_document(path: Path, rng: np.random.Generator) -> None:  # noqa: ARG001  # nothing is left to chance
    path.write_text("Đây là một tệp văn bản thường mang tên PDF.\n", encoding="utf-8")
