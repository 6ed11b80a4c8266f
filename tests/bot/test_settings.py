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
