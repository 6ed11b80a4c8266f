"""Settings: environment variables that begin with BEIAN_. An empty one counts as not set."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Literal, Self
from urllib.parse import urlsplit

import click
from pydantic import SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.i18n import language_of
from bot.office.outgoing import checked_address, standing_headers
from storage.database import target

_HOST = re.compile(r"[\w-]+(\.[\w-]+)*\.?|(?=.*:)[0-9a-f:.]+(%\w+)?")


def _home() -> Path:
    """The folder of all that is kept, by the custom of the desktop."""
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "beian"


class Unfit(click.ClickException):
    """Settings that cannot be: one line that names each, and what it can be."""

    exit_code = 2


class Settings(BaseSettings):
    """What the operator can set. Read once, at start.

    `office` is a URL, 'sandbox' or 'none'; left empty, `beian chat` takes the embedded practice office.
    The rates are in messages a second; `listen` is host:port for webhooks.
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
    telegram_rate: float = 30.0
    telegram_chat_rate: float = 1.0
    public_url: str = ""
    webhook_secret: SecretStr | None = None
    listen: str = "127.0.0.1:8080"

    @classmethod
    def read(cls) -> Self:
        """The settings of this process. Raises Unfit, not repeating what was set: it may be a secret."""
        try:
            return cls()
        except ValidationError as error:
            wrong = {
                str(one["loc"][0]).upper(): one["msg"].removeprefix("Value error, ") for one in error.errors()
            }
            raise Unfit("; ".join(f"BEIAN_{name}: {why}" for name, why in wrong.items())) from None

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

    @property
    def telegram(self) -> str:
        """The bot's token, from the setting or its file; '' without Telegram."""
        if self.telegram_token is not None:
            return self.telegram_token.get_secret_value()
        return self.telegram_token_file.read_text().strip() if self.telegram_token_file else ""

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
