"""Whether one process of the office lives: health checks ask it often, so nothing else is loaded.

`office.doctor` examines everything and loads the whole house for it; this looks at one heartbeat.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from documents.errors import NoOffice
from office.settings import load_settings
from registry.engine import Registry


def last_beat(home: Path, name: str) -> dt.datetime | None:
    """When the process `name` last said that it lives (aware UTC); None when it never did.

    Raises:
        NoOffice: nothing was ever made in `home`.
        SettingSlip: the settings cannot be understood.
        DatabaseAway: the database does not answer.
    """
    settings = load_settings(home)
    if not settings.database_url and not (home / "registry.db").is_file():
        raise NoOffice(home=home)
    registry = Registry(settings.registry_url)
    try:
        with registry.view() as view:
            return view.beats().get(name)
    finally:
        registry.close()
