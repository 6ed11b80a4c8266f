from __future__ import annotations

from pathlib import Path

import pytest

from bot.settings import Settings, Unfit

PRIVATE = "open-sesame"


@pytest.fixture(autouse=True)
def _nothing_set(monkeypatch: pytest.MonkeyPatch) -> None:
    """No setting of whoever runs the tests."""
    for name in Settings.model_fields:
        monkeypatch.delenv(f"BEIAN_{name.upper()}", raising=False)


@pytest.mark.parametrize(
    ("office", "taken"),
    [
        ("", ""),
        ("none", "none"),
        ("NONE", "none"),
        ("None", "none"),
        ("Sandbox", "sandbox"),
        ("https://office.example/api/", "https://office.example/api"),
        ("http://127.0.0.1:8017", "http://127.0.0.1:8017"),
        ("http://[::1]:8017", "http://[::1]:8017"),
    ],
)
def test_an_office_is_a_word_or_an_address(monkeypatch: pytest.MonkeyPatch, office: str, taken: str) -> None:
    """The words in any case."""
    monkeypatch.setenv("BEIAN_OFFICE", office)
    assert Settings.read().office == taken


@pytest.mark.parametrize(
    "office",
    [
        "foo",
        "http://",
        "https://",
        "ftp://office.example",
        "http://office.example",
        "https://office.example:99999",
        "https://office.example:0",
        f"https://office:{PRIVATE}",
        f"https://office:{PRIVATE}@office.example",
        "https://a..b",
        "https://a b",
        "http://[::1",
    ],
)
def test_another_office_is_refused(monkeypatch: pytest.MonkeyPatch, office: str) -> None:
    """With what is accepted, an example, and nothing of what may be a password."""
    monkeypatch.setenv("BEIAN_OFFICE", office)
    line = refusal()
    assert line.startswith("BEIAN_OFFICE: ")
    assert line.endswith("; it must be sandbox, none or an address such as https://office.example/api")


@pytest.mark.parametrize(
    "url",
    [
        "nonsense",
        f"mysql://name:{PRIVATE}@server/name",
        f"postgresql://name:{PRIVATE}@server:port/name",
        "sqlite://",
        "sqlite:///:memory:",
    ],
)
def test_another_database_is_refused(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    """With the two that are not."""
    monkeypatch.setenv("BEIAN_DATABASE", url)
    assert refusal() == "BEIAN_DATABASE: a database is sqlite:///a/file or postgresql://user@host/name"


@pytest.mark.parametrize("name", ["OFFICE_TOKEN", "LANGUAGE"])
def test_a_value_that_cannot_be_is_not_repeated(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """It may be a secret that was meant for another variable."""
    monkeypatch.setenv(f"BEIAN_{name}", f"two words: {PRIVATE}")
    assert refusal().startswith(f"BEIAN_{name}: ")


def refusal() -> str:
    """The one line that refuses these settings."""
    with pytest.raises(Unfit) as caught:
        Settings.read()
    line = caught.value.format_message()
    assert caught.value.exit_code == 2
    assert PRIVATE not in line
    assert "\n" not in line
    return line


def test_every_fault_is_named_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that it is mended in one go."""
    monkeypatch.setenv("BEIAN_OFFICE", "foo")
    monkeypatch.setenv("BEIAN_LANGUAGE", "fr")
    assert "; BEIAN_LANGUAGE: a language is en or zh_CN" in refusal()


def test_an_empty_variable_counts_as_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    """All of them."""
    unset = Settings.read()
    for name in Settings.model_fields:
        monkeypatch.setenv(f"BEIAN_{name.upper()}", "")
    assert Settings.read() == unset


def test_all_is_in_the_data_folder_unless_it_is_set_elsewhere(tmp_path: Path) -> None:
    """The database and its key; a database on a server has no file."""
    settings = Settings(data=tmp_path)
    assert (settings.database_file, settings.key_path) == (tmp_path / "beian.db", tmp_path / "key")
    assert Settings(database="postgresql://server/name").database_file is None


TOKEN = "4200000042:AAE-invented_for_the_tests-00000000"  # noqa: S105 - invented


@pytest.mark.parametrize("token", [PRIVATE, f"1:{PRIVATE}", TOKEN + "\n", f" {TOKEN}", TOKEN[:30]])
def test_another_bot_token_is_refused(monkeypatch: pytest.MonkeyPatch, token: str) -> None:
    """With one that could be, and without repeating it."""
    monkeypatch.setenv("BEIAN_TELEGRAM_TOKEN", token)
    line = refusal()
    assert line.startswith("BEIAN_TELEGRAM_TOKEN: ")
    assert "such as 123456:ABC-DEF1234ghIkl-zyx57W2v1u123ew11" in line
    assert TOKEN[:30] not in line


def test_a_token_may_be_in_a_file(tmp_path: Path) -> None:
    """As an editor leaves it; one that is set itself counts first."""
    file = tmp_path / "token"
    file.write_text(f"{TOKEN}\n")
    assert Settings(telegram_token_file=file).telegram == TOKEN
    assert Settings(telegram_token_file=tmp_path / "none", telegram_token=TOKEN).telegram == TOKEN
    assert Settings().telegram == ""


@pytest.mark.parametrize("name", ["TELEGRAM_RATE", "TELEGRAM_CHAT_RATE"])
@pytest.mark.parametrize("rate", ["0", "-1", "nan", "inf", "many"])
def test_a_rate_is_a_number_above_0(monkeypatch: pytest.MonkeyPatch, name: str, rate: str) -> None:
    """Of messages a second."""
    monkeypatch.setenv(f"BEIAN_{name}", rate)
    line = refusal()
    assert line.startswith(f"BEIAN_{name}: ")
    assert "it must be messages a second, at least 0.1, such as " in line


@pytest.mark.parametrize("name", ["LISTEN", "ADMIN_LISTEN"])
@pytest.mark.parametrize(
    "where", ["8080", ":8080", "127.0.0.1:", "127.0.0.1:65536", "::1:8080", "a b:1", "x:-1"]
)
def test_another_place_to_listen_is_refused(monkeypatch: pytest.MonkeyPatch, name: str, where: str) -> None:
    """With two that could be."""
    monkeypatch.setenv(f"BEIAN_{name}", where)
    assert refusal() == f"BEIAN_{name}: it must be host:port, such as 127.0.0.1:8080 or [::1]:8080"


@pytest.mark.parametrize("secret", ["short", PRIVATE * 30, "with a space in its middle", "ééééééééééééééééé"])
def test_a_weak_webhook_secret_is_refused(monkeypatch: pytest.MonkeyPatch, secret: str) -> None:
    """Telegram takes only such letters, and a short one can be guessed."""
    monkeypatch.setenv("BEIAN_WEBHOOK_SECRET", secret)
    assert refusal() == (
        "BEIAN_WEBHOOK_SECRET: a secret is 16 to 256 letters, digits, _ and -,"
        " such as `openssl rand -hex 32` prints"
    )


def test_webhook_mode_names_all_that_it_needs(monkeypatch: pytest.MonkeyPatch) -> None:
    """At once."""
    monkeypatch.setenv("BEIAN_TELEGRAM_MODE", "webhook")
    line = refusal()
    assert "BEIAN_WEBHOOK_SECRET: webhook mode needs one; " in line
    assert "; BEIAN_PUBLIC_URL: webhook mode needs one, such as https://bot.example" in line
    monkeypatch.setenv("BEIAN_WEBHOOK_SECRET", "0123456789abcdef")
    assert refusal() == "BEIAN_PUBLIC_URL: webhook mode needs one, such as https://bot.example"
    monkeypatch.setenv("BEIAN_PUBLIC_URL", "https://bot.example/")
    assert Settings.read().webhook == ("0123456789abcdef", "https://bot.example")


@pytest.mark.parametrize("name", ["TELEGRAM_API", "PUBLIC_URL"])
def test_another_address_is_refused(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """With one that could be, and without repeating what may be a secret."""
    monkeypatch.setenv(f"BEIAN_{name}", f"ftp://{PRIVATE}")
    line = refusal()
    assert line.startswith(f"BEIAN_{name}: ")
    assert "it must be an address such as https://" in line


@pytest.mark.parametrize("name", ["TELEGRAM_LIBRARY", "TELEGRAM_MODE"])
def test_a_word_that_is_none_of_those_is_refused(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """With those that are."""
    monkeypatch.setenv(f"BEIAN_{name}", PRIVATE)
    words = "'aiogram' or 'ptb'" if name == "TELEGRAM_LIBRARY" else "'polling' or 'webhook'"
    assert refusal() == f"BEIAN_{name}: Input should be {words}"
