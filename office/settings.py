"""Settings of an office: a file in its home, overridden by the environment.

Read once at the start. What decisions depend on (who leads when several are named, default days) is kept in
the registry instead, with its history.
"""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, SecretStr, ValidationError
from pydantic_settings import SettingsConfigDict
from rapidfuzz import fuzz, process

from documents.errors import SettingSlip
from office.address import is_database_address, is_mail_address, is_web_address
from office.phrase import Phrase
from office.settings_elsewhere import PATTERNS, SEALED, ElsewhereSettings, require_whole

FILE_NAME = "congvan.toml"
PREFIX = "CONGVAN_"
OTHER_VARIABLES = (
    "CONGVAN_HOME",
    "CONGVAN_LANG",
    "CONGVAN_DEBUG",
    "CONGVAN_PYTHON",
    "CONGVAN_VENV",
    "CONGVAN_NO_INSTALL",
    "CONGVAN_OFFICE_NAME",
    "CONGVAN_SCANS",
)
"""Variables that are no settings: of the commands, of the `congvan` script, of the containers."""
_LEAST_LIKENESS = 75


def _check(test: Callable[[str], bool], slip: str) -> AfterValidator:
    """Refuse text that fails `test` with the slip of that name; nothing at all is left to the default."""

    def check(value: str) -> str:
        if value and not test(value):
            raise ValueError(slip)
        return value

    return AfterValidator(check)


Port = Annotated[int, Field(ge=1, le=65535)]
MailAddress = Annotated[str, Field(min_length=1), _check(is_mail_address, "address")]
WebAddress = Annotated[str, _check(is_web_address, "web_address")]
DatabaseAddress = Annotated[str, _check(is_database_address, "database")]
Seconds = Annotated[float, Field(allow_inf_nan=False)]


class Settings(ElsewhereSettings):
    """Everything that may differ between two installations; names as in `congvan.toml`."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_ignore_empty=True, extra="forbid", frozen=True, hide_input_in_errors=True
    )

    home: Path
    """The folder of the office."""
    database_url: DatabaseAddress = ""
    """SQLAlchemy URL; empty means SQLite in the home. May hold a password: prefer the environment."""
    intake: Path | None = None
    """Where scans are dropped; default `nhan` in the home, from where a relative path counts."""
    store: Path | None = None
    """Where bytes are kept; default `kho` in the home, from where a relative path counts."""
    settle_s: Seconds = Field(10.0, ge=0)
    """How long a file must rest before it is taken; scanners pause between pages."""
    sweep_s: Seconds = Field(30.0, gt=0)
    """How often the folder is swept whatever the watcher says."""
    slots: int = Field(0, ge=0)
    """Papers read at once on this machine; 0 means one a core."""
    lease_s: Seconds = Field(300.0, gt=0)
    """How long a claimed document is left alone before another processor may take it."""
    full_lane: bool = True
    """Read every page for search after the head was routed."""
    max_file_mb: int = Field(200, gt=0)
    max_pages: int = Field(1000, gt=0)

    smtp_host: str = ""
    """Mail server; empty writes notices as files into `thu` in the home."""
    smtp_port: Port = 25
    smtp_security: Literal["none", "starttls", "tls"] = "none"
    smtp_user: str = ""
    smtp_password: SecretStr = SecretStr("")
    mail_sender: MailAddress = "congvan@localhost"
    base_url: WebAddress = ""
    """Address of the desk, for links in notices."""
    digest_at: dt.time = dt.time(7, 30)
    """When the morning's reminders leave, each person's in one letter; local time."""
    urgent_alarm_minutes: int = Field(60, gt=0)
    """After how long an urgent document that was not entered or passed on raises an alarm."""
    webhook_url: WebAddress = ""
    """Where notices are also posted, for a chat gateway; empty posts nothing."""
    webhook_secret: SecretStr = SecretStr("")
    """Signs what is posted. A secret: prefer the environment."""

    prefect_api_url: WebAddress = ""
    """Prefect server; empty means the one that `congvan up` starts."""
    prefect_port: Port = 4287
    prefect_host: str = "127.0.0.1"
    """Where the Prefect server listens; another address only inside a network of containers."""

    @property
    def intake_folder(self) -> Path:
        """The folder that is swept."""
        return self.home / (self.intake or "nhan")

    @property
    def store_folder(self) -> Path:
        """The content-addressed store."""
        return self.home / (self.store or "kho")

    @property
    def mail_folder(self) -> Path:
        """Where notices go as `.eml` files without a mail server."""
        return self.home / "thu"

    @property
    def templates_folder(self) -> Path:
        """Where the office keeps letters in its own words."""
        return self.home / "mau-thu"

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
        SettingSlip: the file or a variable cannot be understood; says which of the two.
    """
    file = home / FILE_NAME
    written = _read_file(file)
    try:
        from_environment = Settings(home=home).model_dump(exclude_unset=True, exclude={"home"})
    except ValidationError as error:
        variable = PREFIX + _name_of(error).upper()
        raise _slip(error, name=variable, place=Phrase("biến môi trường {name}", name=variable)) from error
    try:
        settings = Settings.model_validate({**written, **from_environment, **overrides, "home": home})
    except ValidationError as error:
        raise _slip(error, name=_name_of(error) or FILE_NAME, place=str(file)) from error
    _require_intake_apart(settings, file)
    _require_secret(settings, file)
    require_whole(settings, settings.base_url, file)
    return settings


_TAKES_OFFICE = "thư mục nhận không được chứa hay nằm trong {other}: tệp của cơ quan sẽ bị nhận mất"


def _require_intake_apart(settings: Settings, file: Path) -> None:
    """Refuse an intake folder that would sweep the office itself: everything in it is taken away."""
    intake = settings.intake_folder.resolve()
    inner = (settings.store_folder, settings.mail_folder, settings.sealed_folder)
    swept = [settings.home, *inner] if settings.home.resolve().is_relative_to(intake) else []
    within = [folder for folder in inner if _are_nested(intake, folder.resolve())]
    if found := [*swept, *within]:
        raise SettingSlip(name="intake", detail=Phrase(_TAKES_OFFICE, other=found[0]), file=str(file))


_NEEDS_KEY = "đã có webhook_url thì phải có khóa ký, từ 16 ký tự; đặt biến môi trường CONGVAN_WEBHOOK_SECRET"
_LEAST_SECRET = 16


def _require_secret(settings: Settings, file: Path) -> None:
    """Refuse to post unsigned, or signed with what could be guessed."""
    if settings.webhook_url and len(settings.webhook_secret.get_secret_value()) < _LEAST_SECRET:
        raise SettingSlip(name="webhook_secret", detail=Phrase(_NEEDS_KEY), file=str(file))


def _are_nested(one: Path, other: Path) -> bool:
    return one.is_relative_to(other) or other.is_relative_to(one)


def list_strange_variables(names: Iterable[str]) -> tuple[tuple[str, str | None], ...]:
    """Variables that begin with `CONGVAN_` and mean nothing, each with the one that was perhaps meant."""
    known = {name.upper() for name in Settings.model_fields}
    known |= {name.removeprefix(PREFIX) for name in OTHER_VARIABLES}
    strange = []
    for name in sorted(name for name in names if name.upper().startswith(PREFIX)):
        if (bare := name.upper().removeprefix(PREFIX)) not in known:
            near = _nearest(bare, known)
            strange.append((name, PREFIX + near if near else None))
    return tuple(strange)


def _read_file(file: Path) -> dict[str, Any]:
    """The table as written; a byte-order mark, as Windows editors put it, does not matter."""

    def slip(detail: str) -> SettingSlip:
        return SettingSlip(name=FILE_NAME, detail=detail, file=str(file))

    try:
        written = tomllib.loads(file.read_bytes().decode("utf-8-sig"))
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except OSError as error:
        raise slip(
            Phrase("không mở được tệp ({reason})", reason=error.strerror or type(error).__name__)
        ) from error
    except UnicodeDecodeError as error:
        raise slip(Phrase("tệp không phải chữ UTF-8; lưu lại bằng bảng mã UTF-8")) from error
    except tomllib.TOMLDecodeError as error:
        raise slip(_tell_toml(str(error))) from error
    if "home" in written:
        raise SettingSlip(
            name="home",
            detail=Phrase(
                "thư mục của cơ quan do --home hoặc CONGVAN_HOME chỉ ra, không ghi ở đây; hãy bỏ dòng này"
            ),
            file=str(file),
        )
    return written


_TOML_PLACE = re.compile(r"\(at line (\d+), column (\d+)\)")
_TOML_SLIPS = {
    "Cannot overwrite a value": "tên này được ghi hai lần",
    "Cannot declare": "bảng này được ghi hai lần",
    "Invalid value": "giá trị không đọc được; chữ phải đặt trong dấu nháy",
    "Expected '=' after a key": "thiếu dấu = sau tên",
    "Expected newline or end of document": "thừa chữ sau giá trị; chữ phải đặt trong dấu nháy",
    "Invalid statement": "dòng này không phải là tên = giá trị",
    "Unterminated string": "thiếu dấu nháy đóng",
    "Illegal character": "có ký tự không được dùng, có thể thiếu dấu nháy đóng",
    "Unescaped": "dấu \\ phải viết đôi, hoặc dùng dấu nháy đơn",
}
"""What the TOML library complains of, by how it begins, in Vietnamese."""


def _tell_toml(said: str) -> Phrase:
    what = next((ours for theirs, ours in _TOML_SLIPS.items() if said.startswith(theirs)), "sai cú pháp TOML")
    if place := _TOML_PLACE.search(said):
        return Phrase("dòng {line}, cột {column}: {what}", line=place[1], column=place[2], what=Phrase(what))
    return Phrase("cuối tệp: {what}", what=Phrase(what))


_SLIPS = {
    "float_parsing": "phải là một số",
    "float_type": "phải là một số",
    "finite_number": "phải là một số hữu hạn",
    "int_parsing": "phải là một số nguyên",
    "int_parsing_size": "là số quá lớn",
    "int_type": "phải là một số nguyên",
    "int_from_float": "phải là một số nguyên",
    "bool_parsing": "phải là true hoặc false",
    "bool_type": "phải là true hoặc false",
    "string_type": "phải là chữ, đặt trong dấu nháy",
    "path_type": "phải là một đường dẫn, đặt trong dấu nháy",
    "time_parsing": 'phải là giờ trong ngày, ví dụ "07:30"',
    "time_type": 'phải là giờ trong ngày, ví dụ "07:30"',
    "literal_error": "phải thuộc: {expected}",
    "greater_than": "phải lớn hơn {gt}",
    "greater_than_equal": "phải từ {ge} trở lên",
    "less_than_equal": "nhiều nhất là {le}",
    "string_too_short": "không được để trống",
    "address": "phải là một địa chỉ thư, ví dụ congvan@coquan.gov.vn",
    "web_address": "phải là địa chỉ trang, bắt đầu bằng http:// hoặc https://",
    "sealed": SEALED,
    "database": "phải là địa chỉ cơ sở dữ liệu, ví dụ postgresql://congvan@maychu/congvan; trống là SQLite",
}
"""What pydantic complains of, in Vietnamese."""
_NO_SUCH = "không có thiết đặt này"
_NO_SUCH_NEAR = "không có thiết đặt này (có phải “{near}”?)"
_NOT_FIT = "giá trị không dùng được"


def list_patterns() -> tuple[str, ...]:
    """Every sentence about a slip that is not written where it is raised, for the translators."""
    return (
        *_SLIPS.values(),
        *_TOML_SLIPS.values(),
        "sai cú pháp TOML",
        _NO_SUCH,
        _NO_SUCH_NEAR,
        _NOT_FIT,
        _TAKES_OFFICE,
        _NEEDS_KEY,
        *PATTERNS,
    )


def _name_of(error: ValidationError) -> str:
    return ".".join(str(part) for part in error.errors()[0]["loc"])


def _slip(error: ValidationError, *, name: str, place: str) -> SettingSlip:
    return SettingSlip(name=name, detail=_tell_slip(name, error.errors()[0]), file=place)


def _tell_slip(name: str, slip: Mapping[str, Any]) -> Phrase:
    if slip["type"] == "extra_forbidden":
        near = _nearest(name, Settings.model_fields)
        return Phrase(_NO_SUCH_NEAR, near=near) if near else Phrase(_NO_SUCH)
    facts = dict(slip.get("ctx", {}))
    kind = str(facts["error"]) if slip["type"] == "value_error" else slip["type"]
    if "expected" in facts:
        facts["expected"] = str(facts["expected"]).replace(" or ", ", ").replace("'", "")
    return Phrase(_SLIPS.get(kind, _NOT_FIT), **facts)


def _nearest(name: str, known: Iterable[str]) -> str | None:
    best = process.extractOne(name, list(known), scorer=fuzz.ratio, score_cutoff=_LEAST_LIKENESS)
    return best[0] if best else None
