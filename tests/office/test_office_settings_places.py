"""Where the folders of an office may lie: relative ones in its home, and the intake never over its own files."""

from __future__ import annotations

from pathlib import Path

import pytest

from documents.errors import SettingSlip
from office.settings import FILE_NAME, load_settings


def settle(home: Path, text: str) -> None:
    home.mkdir(exist_ok=True)
    (home / FILE_NAME).write_text(text, "utf-8")


def test_relative_folders_lie_in_the_home_wherever_the_command_is_given(tmp_path: Path) -> None:
    settle(tmp_path / "vp", 'intake = "nhan"\nstore = "kho"\n')
    settings = load_settings(tmp_path / "vp")
    assert settings.intake_folder == tmp_path / "vp" / "nhan"
    assert settings.store_folder == tmp_path / "vp" / "kho"


@pytest.mark.parametrize(
    "intake",
    [
        pytest.param(".", id="the home itself"),
        pytest.param("..", id="the folder that holds the home"),
        pytest.param("kho", id="the store"),
        pytest.param("kho/nhan", id="inside the store"),
        pytest.param("niem-phong", id="where sealed files lie"),
        pytest.param("nhan/../", id="the home by a way round"),
    ],
)
def test_an_intake_that_would_sweep_the_office_is_refused(intake: str, tmp_path: Path) -> None:
    settle(tmp_path / "vp", f'intake = "{intake}"\n')
    with pytest.raises(SettingSlip, match="thư mục nhận không được"):
        load_settings(tmp_path / "vp")


def test_an_intake_elsewhere_is_taken_as_it_is(tmp_path: Path) -> None:
    settle(tmp_path / "vp", f'intake = "{tmp_path / "quet"}"\n')
    assert load_settings(tmp_path / "vp").intake_folder == tmp_path / "quet"
