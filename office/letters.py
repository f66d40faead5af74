"""The office's own words of letters: checked, and begun from copies of the built-in ones."""

from __future__ import annotations

from gateways.templates import Slip, load_templates, sample_files
from office.office import Office


def check_letters(office: Office) -> tuple[Slip, ...]:
    """Everything that is wrong with the office's own letters; the built-in words serve in their place."""
    return load_templates(office.settings.templates_folder).slips


def write_samples(office: Office) -> tuple[str, ...]:
    """Copy the built-in letters to where the office may change them; returns which were not there yet."""
    folder = office.settings.templates_folder
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, text in sample_files().items():
        if not (folder / name).exists():
            (folder / name).write_text(text, "utf-8")
            written.append(name)
    return tuple(written)
