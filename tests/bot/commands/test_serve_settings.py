"""What `beian serve` says of settings, files and ports that cannot be: one line that names each."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.listening import listener
from tests.bot.commands.terminal import Ended, beian

TOKEN = "4200000042:AAE-invented_for_the_tests-00000000"  # noqa: S105 - invented
HOOK = {
    "telegram_mode": "webhook",
    "webhook_secret": "a-secret-for-tests-only",
    "public_url": "https://bot.example",
}


def refused(data: Path, status: int, **settings: str) -> str:
    """The one line by which it ends; nothing was made by then."""
    given = {"telegram_token": TOKEN, "admin_listen": "127.0.0.1:0", **settings}
    ended = beian("serve", data=data / "new", **{name: value for name, value in given.items() if value})
    assert isinstance(ended, Ended)
    assert (ended.status, ended.out) == (status, "")
    assert not (data / "new").exists()
    (line,) = ended.err.splitlines()
    return line


@pytest.mark.parametrize(
    ("settings", "names", "such_as"),
    [
        ({"telegram_token": ""}, "no channel is set: BEIAN_TELEGRAM_TOKEN ", "such as 123456:ABC"),
        ({"telegram_token": "open-sesame"}, "BEIAN_TELEGRAM_TOKEN: ", "such as 123456:ABC"),
        ({**HOOK, "webhook_secret": ""}, "BEIAN_WEBHOOK_SECRET: ", "such as `openssl rand -hex 32` prints"),
        ({**HOOK, "webhook_secret": "open-sesame"}, "BEIAN_WEBHOOK_SECRET: ", "such as `openssl"),
        ({**HOOK, "public_url": ""}, "BEIAN_PUBLIC_URL: ", "such as https://bot.example"),
        ({**HOOK, "public_url": "open-sesame"}, "BEIAN_PUBLIC_URL: ", "such as https://bot.example"),
        ({**HOOK, "listen": "open-sesame"}, "BEIAN_LISTEN: ", "such as 127.0.0.1:8080"),
        ({"admin_listen": "open-sesame:99999"}, "BEIAN_ADMIN_LISTEN: ", "such as 127.0.0.1:8080"),
        ({"telegram_rate": "0"}, "BEIAN_TELEGRAM_RATE: ", "such as 30"),
        ({"telegram_chat_rate": "nan"}, "BEIAN_TELEGRAM_CHAT_RATE: ", "such as 1"),
    ],
)
def test_a_setting_that_cannot_be_is_named(
    tmp_path: Path, settings: dict[str, str], names: str, such_as: str
) -> None:
    """With what it must be, an example, and nothing of what was set: it may be a secret."""
    line = refused(tmp_path, 2, **settings)
    assert line.startswith(f"Error: {names}")
    assert such_as in line
    assert "open-sesame" not in line
    assert TOKEN not in line


@pytest.mark.parametrize("content", [b"", b"open-sesame", b"\xff\xfe\x00", b"two\nlines"])
def test_a_file_without_a_token_is_named(tmp_path: Path, content: bytes) -> None:
    """Nothing of it is repeated."""
    file = tmp_path / "token"
    file.write_bytes(content)
    line = refused(tmp_path, 2, telegram_token="", telegram_token_file=str(file))
    assert line.startswith("Error: BEIAN_TELEGRAM_TOKEN_FILE: ")
    assert "such as 123456:ABC" in line
    assert "sesame" not in line


@pytest.mark.parametrize("there", [False, True])
def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, there: bool) -> None:
    """It is missing, or a folder."""
    file = tmp_path / "token"
    if there:
        file.mkdir()
    line = refused(tmp_path, 1, telegram_token="", telegram_token_file=str(file))
    why = "Is a directory" if there else "No such file or directory"
    must = "it must be a file that can be read, such as /etc/beian/telegram-token"
    assert line == f"Error: BEIAN_TELEGRAM_TOKEN_FILE: {file}: {why}; {must}"


@pytest.mark.parametrize("name", ["listen", "admin_listen"])
def test_a_port_that_is_taken_is_named(tmp_path: Path, name: str) -> None:
    """And so is an address that is not this machine's."""
    with listener("127.0.0.1", 0) as door:
        where = f"127.0.0.1:{door.getsockname()[1]}"
        line = refused(tmp_path, 1, **HOOK, **{name: where})
    assert line.startswith(f"Error: BEIAN_{name.upper()}: {where}: Address already in use; it must be ")
    line = refused(tmp_path, 1, **HOOK, **{name: "192.0.2.1:8080"})
    assert "Cannot assign requested address; it must be an address of this machine and a free port" in line
    assert line.endswith("such as 127.0.0.1:8080")
