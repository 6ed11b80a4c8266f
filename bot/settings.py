"""Settings: environment variables that begin with BEIAN_. An empty one counts as not set."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Literal, Self
from urllib.parse import urlsplit

import click
from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.i18n import language_of
from bot.office.outgoing import checked_address, standing_headers
from storage.database import target

_HOST = re.compile(r"[\w-]+(\.[\w-]+)*\.?|(?=.*:)[0-9a-f:.]+(%\w+)?")


_PLACE = re.compile(r"(?:\[([0-9a-fA-F:.]+)\]|([^:\[\]\s]+)):([0-9]{1,5})")
_BOT_TOKEN = re.compile(r"[0-9]+:[A-Za-z0-9_-]{30,}")
_NO_BOT_TOKEN = "a token is as BotFather gives it, such as 123456:ABC-DEF1234ghIkl-zyx57W2v1u123ew11"  # noqa: S105
_SECRET = re.compile(r"[A-Za-z0-9_-]{16,256}")
_NO_SECRET = "a secret is 16 to 256 letters, digits, _ and -, such as `openssl rand -hex 32` prints"  # noqa: S105
_EXAMPLES = {
    "telegram_rate": "messages a second, at least 0.1, such as 30",
    "telegram_chat_rate": "messages a second, at least 0.1, such as 1",
    "telegram_api": "an address such as https://api.telegram.org",
    "public_url": "an address such as https://bot.example",
}
"""What a setting must be, where its fault alone does not say so."""


def _home() -> Path:
    """The folder of all that is kept, by the custom of the desktop."""
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "beian"


class Unfit(click.ClickException):
    """Settings that cannot be: one line that names each, and what it can be."""

    exit_code = 2


class Settings(BaseSettings):
    """What the operator can set. Read once, at start.

    `office` is a URL, 'sandbox' or 'none'; left empty, `beian chat` takes the embedded practice office.
    The rates are in messages a second; `listen` is host:port for webhooks, `admin_listen` for operators.
    """

    model_config = SettingsConfigDict(env_prefix="BEIAN_", env_ignore_empty=True, frozen=True)

    data: Path = _home()
    database: str = ""
    office: str = ""
    office_token: SecretStr | None = None
    key_file: Path | None = None
    operator: str = ""
    operator_contact: str = ""
    language: str = ""

    telegram_token: SecretStr | None = None
    telegram_token_file: Path | None = None
    telegram_library: Literal["aiogram", "ptb"] = "aiogram"
    telegram_api: str = "https://api.telegram.org"
    telegram_mode: Literal["polling", "webhook"] = "polling"
    telegram_rate: float = Field(default=30.0, ge=0.1, allow_inf_nan=False)
    telegram_chat_rate: float = Field(default=1.0, ge=0.1, allow_inf_nan=False)
    public_url: str = ""
    webhook_secret: SecretStr | None = None
    listen: str = "127.0.0.1:8080"
    admin_listen: str = "127.0.0.1:8081"

    @classmethod
    def read(cls) -> Self:
        """The settings of this process. Raises Unfit, not repeating what was set: it may be a secret."""
        try:
            return cls()
        except ValidationError as error:
            raise Unfit("; ".join(dict.fromkeys(map(_fault, error.errors())))) from None

    @field_validator("office")
    @classmethod
    def _office_can_be_one(cls, office: str) -> str:
        if office.lower() in ("", "sandbox", "none"):
            return office.lower()
        try:
            return checked_address(_spoken_to_by_http(office))
        except ValueError as error:
            raise ValueError(
                f"{error}; it must be sandbox, none or an address such as https://office.example/api"
            ) from None

    @field_validator("office_token")
    @classmethod
    def _token_can_be_one(cls, token: SecretStr | None) -> SecretStr | None:
        try:
            standing_headers(token.get_secret_value() if token else None)
        except ValueError:
            raise ValueError(
                "a token is letters, digits and any of . _ ~ + / -, such as abc.DEF-123"
            ) from None
        return token

    @field_validator("database")
    @classmethod
    def _database_can_be_one(cls, url: str) -> str:
        if url:
            target(url)
        return url

    @field_validator("language")
    @classmethod
    def _language_is_ours(cls, language: str) -> str:
        if language and language_of(language) is None:
            raise ValueError("a language is en or zh_CN")
        return language

    @field_validator("listen", "admin_listen")
    @classmethod
    def _can_be_listened_at(cls, where: str) -> str:
        host_and_port(where)
        return where

    @field_validator("telegram_api", "public_url")
    @classmethod
    def _address_can_be_one(cls, address: str) -> str:
        return _spoken_to_by_http(address).rstrip("/") if address else ""

    @field_validator("telegram_token")
    @classmethod
    def _token_looks_like_one(cls, token: SecretStr | None) -> SecretStr | None:
        if token is not None and not _BOT_TOKEN.fullmatch(token.get_secret_value()):
            raise ValueError(_NO_BOT_TOKEN)
        return token

    @field_validator("webhook_secret")
    @classmethod
    def _secret_is_one(cls, secret: SecretStr | None) -> SecretStr | None:
        if secret is not None and not _SECRET.fullmatch(secret.get_secret_value()):
            raise ValueError(_NO_SECRET)
        return secret

    @model_validator(mode="after")
    def _webhook_is_whole(self) -> Self:
        missing = {
            f"BEIAN_WEBHOOK_SECRET: webhook mode needs one; {_NO_SECRET}": self.webhook_secret,
            "BEIAN_PUBLIC_URL: webhook mode needs one, such as https://bot.example": self.public_url,
        }
        if self.telegram_mode == "webhook" and not all(missing.values()):
            raise ValueError("; ".join(line for line, value in missing.items() if not value))
        return self

    @property
    def webhook(self) -> tuple[str, str]:
        """The secret of the webhook, and the public address before its path; both are set in webhook mode."""
        return self.webhook_secret.get_secret_value() if self.webhook_secret else "", self.public_url

    @property
    def telegram(self) -> str:
        """The bot's token, from the setting or its file; '' without Telegram. Raises Unfit and OSError."""
        if self.telegram_token is not None:
            return self.telegram_token.get_secret_value()
        if self.telegram_token_file is None:
            return ""
        token = self.telegram_token_file.read_bytes().decode(errors="replace").strip()
        if not _BOT_TOKEN.fullmatch(token):
            raise Unfit(f"BEIAN_TELEGRAM_TOKEN_FILE: {_NO_BOT_TOKEN}")
        return token

    @property
    def database_url(self) -> str:
        """The database, by default SQLite in the data folder."""
        return self.database or f"sqlite:///{self.data / 'beian.db'}"

    @property
    def database_file(self) -> Path | None:
        """The file of the database; None if it is on a server."""
        url = target(self.database_url)
        return Path(url.database or "") if url.get_backend_name() == "sqlite" else None

    @property
    def key_path(self) -> Path:
        """The file of the key that the database is sealed with, by default in the data folder."""
        return self.key_file or self.data / "key"

    @property
    def named(self) -> bool:
        """Whether it is said who runs this bot and how to reach them."""
        return bool(self.operator and self.operator_contact)


def _fault(error: ErrorDetails) -> str:
    """What is wrong with one setting, or with several together, not repeating what was set."""
    why = error["msg"].removeprefix("Value error, ")
    if not error["loc"]:
        return why
    name = str(error["loc"][0])
    example = f"; it must be {_EXAMPLES[name]}" if name in _EXAMPLES else ""
    return f"BEIAN_{name.upper()}: {why}{example}"


def host_and_port(where: str) -> tuple[str, int]:
    """Where to listen. Raises ValueError for what is not host:port, or [IPv6]:port."""
    found = _PLACE.fullmatch(where)
    if found is None or int(found[3]) > 65535:
        raise ValueError("it must be host:port, such as 127.0.0.1:8080 or [::1]:8080")
    return found[1] or found[2], int(found[3])


def _spoken_to_by_http(address: str) -> str:
    """The address. Raises ValueError, without repeating it, for one that no request can be sent to."""
    try:
        parts = urlsplit(address)
        host = parts.hostname if parts.scheme in ("http", "https") and parts.port != 0 else None
    except ValueError:  # its own words quote a port that may be half of a password
        host = None
    if not _HOST.fullmatch(host or ""):
        raise ValueError("that is not an address with http or https and a host")
    return address
