"""Settings of an office: a file in its home, overridden by the environment.

Read once at the start. What decisions depend on (who leads when several are named, default days) is kept in
the registry instead, with its history.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from documents.errors import SettingSlip

FILE_NAME = "congvan.toml"


class Settings(BaseSettings):
    """Everything that may differ between two installations; names as in `congvan.toml`."""

    model_config = SettingsConfigDict(env_prefix="CONGVAN_", extra="forbid", frozen=True)

    home: Path
    """The folder of the office."""
    database_url: str = ""
    """SQLAlchemy URL; empty means SQLite in the home. May hold a password: prefer the environment."""
    intake: Path | None = None
    """Where scans are dropped; default `nhan` in the home."""
    store: Path | None = None
    """Where bytes are kept; default `kho` in the home."""
    settle_s: float = Field(10.0, ge=0)
    """How long a file must rest before it is taken; scanners pause between pages."""
    sweep_s: float = Field(30.0, gt=0)
    """How often the folder is swept whatever the watcher says."""
    slots: int = Field(0, ge=0)
    """Papers read at once on this machine; 0 means one a core."""
    lease_s: float = Field(300.0, gt=0)
    """How long a claimed document is left alone before another processor may take it."""
    full_lane: bool = True
    """Read every page for search after the head was routed."""
    max_file_mb: int = Field(200, gt=0)
    max_pages: int = Field(1000, gt=0)

    smtp_host: str = ""
    """Mail server; empty writes notices as files into `thu` in the home."""
    smtp_port: int = 25
    smtp_security: Literal["none", "starttls", "tls"] = "none"
    smtp_user: str = ""
    smtp_password: SecretStr = SecretStr("")
    mail_sender: str = "congvan@localhost"
    base_url: str = ""
    """Address of the desk, for links in notices."""

    prefect_api_url: str = ""
    """Prefect server; empty means the one that `congvan up` starts."""
    prefect_port: int = 4287
    prefect_host: str = "127.0.0.1"
    """Where the Prefect server listens; another address only inside a network of containers."""

    @property
    def intake_folder(self) -> Path:
        """The folder that is swept."""
        return self.intake or self.home / "nhan"

    @property
    def store_folder(self) -> Path:
        """The content-addressed store."""
        return self.store or self.home / "kho"

    @property
    def mail_folder(self) -> Path:
        """Where notices go as `.eml` files without a mail server."""
        return self.home / "thu"

    @property
    def sealed_folder(self) -> Path:
        """Where files with a secrecy mark are set aside."""
        return self.home / "niem-phong"

    @property
    def registry_url(self) -> str:
        """Where the registry is."""
        return self.database_url or f"sqlite:///{(self.home / 'registry.db').absolute()}"


def load_settings(home: Path, **overrides: Any) -> Settings:
    """Return the settings of the office in `home`: environment over `congvan.toml` over defaults.

    Raises:
        SettingSlip: the file or a variable cannot be understood.
    """
    file = home / FILE_NAME
    try:
        written = tomllib.loads(file.read_text("utf-8")) if file.exists() else {}
        from_environment = Settings(home=home).model_dump(exclude_unset=True, exclude={"home"})
        return Settings.model_validate({**written, **from_environment, **overrides, "home": home})
    except tomllib.TOMLDecodeError as error:
        raise SettingSlip(name=FILE_NAME, detail=str(error), file=str(file)) from error
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(str(p) for p in first["loc"]) or FILE_NAME
        raise SettingSlip(name=name, detail=_tell_slip(name, first), file=str(file)) from error


_SLIPS = {
    "float_parsing": "phải là một số",
    "float_type": "phải là một số",
    "int_parsing": "phải là một số nguyên",
    "int_type": "phải là một số nguyên",
    "int_from_float": "phải là một số nguyên",
    "bool_parsing": "phải là true hoặc false",
    "bool_type": "phải là true hoặc false",
    "string_type": "phải là chữ, đặt trong dấu nháy",
    "path_type": "phải là một đường dẫn, đặt trong dấu nháy",
    "literal_error": "phải thuộc: {expected}",
    "greater_than": "phải lớn hơn {gt}",
    "greater_than_equal": "phải từ {ge} trở lên",
}
"""What pydantic complains of, in Vietnamese."""


def _tell_slip(name: str, slip: Mapping[str, Any]) -> str:
    if slip["type"] == "extra_forbidden":
        near = get_close_matches(name, Settings.model_fields, n=1)
        return "không có thiết đặt này" + (f" (có phải “{near[0]}”?)" if near else "")
    said = _SLIPS.get(slip["type"])
    return said.format(**slip.get("ctx", {})) if said else str(slip["msg"])
