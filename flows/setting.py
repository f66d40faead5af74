"""Environment of the processes that use Prefect, set before Prefect is imported.

Nothing leaves the machine, Prefect keeps history only (its own database under the office's home), and
nothing but ids reaches it.
"""

from __future__ import annotations

import os

from office.settings import Settings


def prepare(settings: Settings) -> None:
    """Set Prefect's environment for this process and its children; what the operator set stands."""
    home = (settings.home / "prefect").absolute()
    home.mkdir(parents=True, exist_ok=True)
    for name, value in {
        "PREFECT_HOME": str(home),
        "PREFECT_API_URL": api_url(settings),
        "PREFECT_SERVER_ALLOW_EPHEMERAL_MODE": "false",
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "DO_NOT_TRACK": "1",
        "PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT": "false",
        "PREFECT_SERVER_UI_STATIC_DIRECTORY": str(home / "ui"),
        "PREFECT_SERVER_DATABASE_CONNECTION_URL": f"sqlite+aiosqlite:///{home / 'prefect.db'}",
        "PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED": "events,flow_runs",
        "PREFECT_SERVER_SERVICES_DB_VACUUM_RETENTION_PERIOD": "2592000",
        "PREFECT_SERVER_EVENTS_RETENTION_PERIOD": "P3D",
        "PREFECT_RESULTS_PERSIST_BY_DEFAULT": "false",
        "PREFECT_LOGGING_LEVEL": "WARNING",
        "PREFECT_CLI_PROMPT": "false",
        "CONGVAN_HOME": str(settings.home.absolute()),
    }.items():
        os.environ.setdefault(name, value)


def api_url(settings: Settings) -> str:
    """Where the Prefect server answers."""
    return settings.prefect_api_url or f"http://127.0.0.1:{settings.prefect_port}/api"
