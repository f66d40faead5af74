"""Turn the web fonts of npm packages into files that Pillow opens.

python -m training.fonts NODE_MODULES OUT
"""

from __future__ import annotations

import sys
from pathlib import Path

from fontTools.ttLib import TTFont

_SIGNS = "0123456789/.-ABab"


def main(packages: Path, out: Path) -> None:
    """Write one TrueType file for each Latin face (regular and bold) in `packages`/@fontsource."""
    out.mkdir(parents=True, exist_ok=True)
    for weight in ("400", "700"):
        for web in sorted(packages.glob(f"@fontsource/*/files/*-latin-{weight}-normal.woff2")):
            font = TTFont(web)
            known = font.getBestCmap()
            if all(ord(sign) in known for sign in _SIGNS):
                font.flavor = None
                font.save(out / (web.stem + ".ttf"))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
