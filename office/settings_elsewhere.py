"""Settings of the common sign-in: off until `oidc_issuer` is set; then nothing may be half set."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, SecretStr
from pydantic_settings import BaseSettings

from documents.errors import SettingSlip
from gateways.openid_asking import is_sealed
from office.phrase import Phrase

SEALED = "phải là địa chỉ https:// (http:// chỉ cho máy này), không kèm tên người hay dấu #"
NEEDS_CLIENT = "đã có oidc_issuer thì phải có oidc_client_id mà nơi đăng nhập chung cấp"
NEEDS_KEY = (
    "đã có oidc_issuer thì phải có khóa, trong CONGVAN_OIDC_CLIENT_SECRET hoặc oidc_client_secret_file"
)
ONE_KEY = "chỉ đặt một: khóa, hoặc tệp chứa khóa"
NEEDS_BASE = "đã có oidc_issuer thì phải có base_url bằng https:// (http:// chỉ cho máy này)"
PATTERNS = (SEALED, NEEDS_CLIENT, NEEDS_KEY, ONE_KEY, NEEDS_BASE)
"""Slips about these settings, for the translators."""


def _sealed(value: str) -> str:
    if value and not is_sealed(value):
        raise ValueError("sealed")
    return value


class ElsewhereSettings(BaseSettings):
    """Where people of the office may sign in besides the desk itself."""

    oidc_issuer: Annotated[str, AfterValidator(_sealed)] = ""
    """The provider as it calls itself, letter for letter; empty means none, and nothing is asked."""
    oidc_client_id: str = ""
    oidc_client_secret: SecretStr = SecretStr("")
    """A secret: prefer the environment, or a file."""
    oidc_client_secret_file: Path | None = None
    """A file with the secret and nothing else, as containers and systemd hand them over."""
    oidc_claim: str = Field("preferred_username", min_length=1, max_length=100)
    """Which claim of the ID token names the person."""
    oidc_match: Literal["login", "email"] = "login"
    """What of a person in the directory that claim is compared with."""
    oidc_label: str = Field("", max_length=60)
    """What the button says, in the office's own words; empty says it in ours, in the reader's language."""
    oidc_ca_file: Path | None = None
    """Certificates to trust instead of the well-known ones, for a provider with its own."""


def require_whole(settings: ElsewhereSettings, base_url: str, file: Path) -> None:
    """Refuse a common sign-in that is half set.

    Raises:
        SettingSlip: something that belongs to it is missing, or there twice.
    """
    if not settings.oidc_issuer:
        return
    has_secret, has_file = (
        bool(settings.oidc_client_secret.get_secret_value()),
        settings.oidc_client_secret_file is not None,
    )
    slips = (
        ("oidc_client_id", NEEDS_CLIENT, bool(settings.oidc_client_id)),
        ("oidc_client_secret", NEEDS_KEY, has_secret or has_file),
        ("oidc_client_secret", ONE_KEY, not (has_secret and has_file)),
        ("base_url", NEEDS_BASE, bool(base_url) and is_sealed(base_url)),
    )
    for name, slip, is_fine in slips:
        if not is_fine:
            raise SettingSlip(name=name, detail=Phrase(slip), file=str(file))
