"""The scan that the README reads first: an ordinary letter, worn by an ordinary scanner.

`python -m samples.example docs/examples/cong-van.pdf` draws it again.
"""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path

import numpy as np

from samples.files import save_scan
from samples.letters import PROVINCE
from samples.paper import Layout, Letterhead, Paper, Seal, Signer
from samples.papers import OFFICE_SCAN, scan
from samples.wording import read_body

SUBJECT = "V/v triển khai công tác thông tin đối ngoại năm 2026"
_SEED = 30


def example_letter() -> Paper:
    """A letter of the province about external information, due in ten working days."""
    return Paper(
        layout=Layout.ND30,
        head=Letterhead(
            issuer=PROVINCE,
            number="1187",
            symbol="UBND-KGVX",
            place="Tây Ninh",
            date=dt.date(2026, 3, 12),
        ),
        subject=(SUBJECT,),
        addressees=("Các sở, ban, ngành tỉnh;", "Ủy ban nhân dân các xã, phường."),
        body=read_body("""
Thực hiện Chương trình của Chính phủ về thông tin đối ngoại, Chủ tịch Ủy ban nhân dân tỉnh yêu cầu:

1. Các sở, ban, ngành tỉnh, Ủy ban nhân dân các xã, phường đưa nhiệm vụ thông tin đối ngoại vào kế hoạch công
tác năm 2026 của cơ quan, đơn vị; phân công một lãnh đạo phụ trách.

2. Giao Sở Thông tin và Truyền thông hướng dẫn nội dung, cung cấp tài liệu; tổng hợp, báo cáo Ủy ban nhân dân
tỉnh trong thời hạn 10 ngày làm việc kể từ ngày nhận được Công văn này.

3. Báo và Phát thanh, Truyền hình Tây Ninh mở chuyên mục, tăng thời lượng tuyên truyền về hình ảnh đất và
người Tây Ninh.

Yêu cầu Thủ trưởng các cơ quan, đơn vị nghiêm túc thực hiện./.
"""),
        signer=Signer(authority=("KT. CHỦ TỊCH",), title="PHÓ CHỦ TỊCH", name="Đoàn Hữu Phước"),
        recipients=("Như trên;", "CT, các PCT UBND tỉnh;", "Lưu: VT, KGVX."),
        seal=Seal(rim="ỦY BAN NHÂN DÂN TỈNH TÂY NINH"),
    )


def write_example(path: Path) -> None:
    """Draw the letter as a scan; the same bytes on every machine with the same libraries."""
    save_scan(scan(example_letter(), OFFICE_SCAN, dpi=200, rng=np.random.default_rng(_SEED)), path)


if __name__ == "__main__":
    write_example(Path(sys.argv[1]))
