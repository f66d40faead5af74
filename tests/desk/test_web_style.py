"""The look holds its promises: contrast, weight, own fonts, no code inside pages, no Prefect behind them."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

import desk.web
from desk.web.rendering import STATIC
from documents.reading import FieldName

ROOM = Path(desk.web.__file__).parent
TEMPLATES = sorted((ROOM / "templates").glob("*.html"))
STYLE = (STATIC / "desk.css").read_text(encoding="utf-8")
TOKENS = dict(re.findall(r"--([\w-]+):(#[0-9a-f]{3,6})", STYLE))
SEED_HOME = ROOM.parent.parent


def luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(c * 2 for c in colour[1:])
    shares = [int(digits[n : n + 2], 16) / 255 for n in (0, 2, 4)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in shares]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    bright, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


@pytest.mark.parametrize(
    ("ink", "ground", "least"),
    [
        pytest.param("ink", "paper", 12.0, id="text on paper"),
        pytest.param("ink", "ground", 12.0, id="text between panels"),
        pytest.param("ink", "ask-wash", 12.0, id="text in a doubtful field"),
        pytest.param("muted", "paper", 6.0, id="small text"),
        pytest.param("muted", "ground", 4.5, id="small text between panels"),
        pytest.param("muted", "ask-wash", 4.5, id="evidence in a doubtful field"),
        pytest.param("muted", "bad-wash", 4.5, id="evidence in a wrong field"),
        pytest.param("good", "good-wash", 4.5, id="checked, on a chip"),
        pytest.param("ask", "ask-wash", 4.5, id="to be seen"),
        pytest.param("bad", "bad-wash", 4.5, id="wrong or missing"),
        pytest.param("go", "paper", 9.0, id="the button and links"),
        pytest.param("go", "ask-wash", 4.5, id="a link in a doubtful field"),
        pytest.param("edge", "paper", 4.5, id="edge of a field to type in"),
    ],
)
def test_colours_can_be_told_apart(ink: str, ground: str, least: float) -> None:
    assert contrast(TOKENS[ink], TOKENS[ground]) >= least


@pytest.mark.parametrize("token", ["ink", "muted", "good", "ask", "bad", "go", "edge"])
def test_the_contrast_written_beside_a_colour_is_true(token: str) -> None:
    [said] = re.findall(rf"--{token}:#[0-9a-f]+;\s*/\* ([\d.]+) \*/", STYLE)
    assert contrast(TOKENS[token], "#ffffff") == pytest.approx(float(said), abs=0.1)


@pytest.mark.parametrize("sheet", sorted(STATIC.glob("*.css")), ids=lambda p: p.name)
def test_a_style_is_small_and_whole(sheet: Path) -> None:
    """The first sheet is every page's; a screen's own holds only what no other page draws."""
    style = sheet.read_text("utf-8")
    assert len(style.encode()) <= (24 if sheet.name == "desk.css" else 10) * 1024
    assert style.count("{") == style.count("}")
    assert "!important" not in style


def test_the_first_page_weighs_little() -> None:
    """Without the scan, as sent: style, scripts, and the letters of a Vietnamese page."""
    sent = [*STATIC.glob("desk.*"), *STATIC.glob("vendor/*.js"), *STATIC.glob("fonts/*.woff2")]
    assert sum(path.stat().st_size for path in sent) <= 170 * 1024


def test_the_style_loads_only_our_own_fonts() -> None:
    loaded = re.findall(r"url\(([^)]+)\)", STYLE)
    assert len(loaded) == 4
    assert all((STATIC / one).read_bytes().startswith(b"wOF2") for one in loaded)
    assert "SIL OPEN FONT LICENSE" in (STATIC / "fonts" / "OFL.txt").read_text(encoding="utf-8").upper()
    assert "@import" not in STYLE


@pytest.mark.parametrize("name", list(FieldName))
def test_a_field_and_its_place_light_each_other(name: FieldName) -> None:
    assert f":has(#o-{name}:is(:hover,:focus-within)) #hop-{name}" in STYLE
    assert f":has(#hop-{name}:hover) #o-{name}" in STYLE


def test_stacked_marks_have_room() -> None:
    heights = [float(h) for h in re.findall(r"line-height:([\d.]+)", STYLE)]
    assert re.search(r"font:400 1rem/1\.5 ", STYLE)
    assert min(heights) >= 1.4


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda t: t.name)
def test_templates_trust_no_text_and_carry_no_code(template: Path) -> None:
    source = template.read_text(encoding="utf-8")
    assert not re.search(r"\|\s*safe|Markup|autoescape", source)
    assert not re.search(r"\son[a-z]+=|\sstyle=|<style|javascript:", source)
    assert not re.search(r"https?://", source)


@pytest.mark.parametrize(
    ("name", "keys"),
    [
        pytest.param("desk.js", {"Escape"}, id="every page"),
        pytest.param("duyet.js", {"Enter", "Escape", "/", "F2", "F4", "F8", "F9"}, id="the clerk's desk"),
    ],
)
def test_no_key_of_a_script_is_a_letter(name: str, keys: set[str]) -> None:
    script = (STATIC / name).read_text(encoding="utf-8")
    assert set(re.findall(r'event\.key [!=]== "([^"]+)"', script)) == keys
    assert 'event.key === "/"' not in script.replace('event.key === "/" && event.ctrlKey', "")
    assert "isComposing" in script
    assert not re.search(r"https?://(?!www\.w3\.org/2000/svg)|eval|innerHTML", script)


@pytest.mark.parametrize("module", ["desk.web.app", "desk.web.__main__"])
def test_the_pages_never_import_prefect(module: str) -> None:
    told = subprocess.run(
        [sys.executable, "-c", f"import sys, {module}; print('prefect' in sys.modules)"],
        cwd=SEED_HOME,
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    assert told.stdout.strip() == "False"
