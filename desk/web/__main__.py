"""Serve the pages of one office: `python -m desk.web --home DIR --host 127.0.0.1 --port 8080`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from desk.web.serving import listen, serve
from documents.errors import Trouble
from office.office import Office


def main(arguments: list[str] | None = None) -> int:
    """Serve until told to stop; 2 when the office or the address cannot be opened."""
    parser = argparse.ArgumentParser(prog="python -m desk.web", description="Trang làm việc của cơ quan.")
    parser.add_argument("--home", type=Path, required=True, help="thư mục của cơ quan")
    parser.add_argument("--host", default="127.0.0.1", help="địa chỉ nghe (mặc định chỉ máy này)")
    parser.add_argument("--port", type=int, default=8080, help="cổng (mặc định 8080)")
    asked = parser.parse_args(arguments)
    try:
        with Office.open(asked.home) as office, listen(asked.host, asked.port) as address:
            serve(office, address)
    except Trouble as trouble:
        sys.stderr.write(f"Lỗi: {trouble}\n    {trouble.advise()}\n")
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
