from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.parsing.accounts import LONGEST_LINK, parse_icp, parse_link, parse_wechat, parse_weibo
from dialogs.parsing.result import Refused

UID = "1234567890"

WEIBO = (
    *(
        UID,
        "１２３４５６７８９０",
        "UID: 1234567890",
        "weibo.com/u/1234567890",
        "https://weibo.com/u/1234567890",
    ),
    *(
        "http://www.weibo.com/u/1234567890?refer_flag=1",
        "https://weibo.com/1234567890",
        "m.weibo.cn/u/1234567890",
    ),
    *(
        "https://m.weibo.cn/profile/1234567890",
        "https://weibo.com/1234567890/profile?topnav=1",
        "Weibo.com/u/1234567890/",
    ),
)

NO_WEIBO = {
    "4123456789012345": ("post",),
    "https://weibo.com/1234567890/Fb0zEaYPg": ("post",),
    "https://m.weibo.cn/status/4123456789012345": ("post",),
    "m.weibo.cn/1234567890/4123456789012345": ("post",),
    "https://weibo.com/xianfood": ("vanity",),
    "https://weibo.com/n/西安小吃": ("vanity",),
    "weibo.com": ("vanity",),
    "@西安小吃": ("vanity",),
    "13812345678": ("mobile_number",),
    "https://weibo.com@example.com/u/1234567890": ("other_site",),
    "https://weibo.com.example.com/u/1234567890": ("other_site",),
    "https://example.com/weibo.com/u/1234567890": ("other_site",),
    "https://t.cn/abc": ("other_site",),
    "1234": ("length", ("n", 4)),
    "weibo.com/u/123": ("length", ("n", 3)),
    "1234567890123": ("length", ("n", 13)),
    "0123456789": ("not_a_uid",),
    "": ("not_a_uid",),
    "1234567890 1234567891": ("not_a_uid",),
    "javascript:alert(1)": ("not_a_uid",),
}

WECHAT = {
    "gh_3dfda90e39d6": "gh_3dfda90e39d6",
    "GH_3DFDA90E39D6": "gh_3dfda90e39d6",
    "ｇｈ＿3dfda90e39d6": "gh_3dfda90e39d6",
    "gh_SomeOther1": "gh_SomeOther1",
}

NO_WECHAT = {
    "lihua_88": "wechat_id",
    "wxid_abc123": "wechat_id",
    "gh-3dfda90e39d6": "wechat_id",
    "https://mp.weixin.qq.com/s/abc": "link",
    "gh_abc": "not_an_original_id",
    "gh_3dfda90e39d6 x": "not_an_original_id",
    "gh_3dfda90e39d⑥": "not_an_original_id",
    "西安小吃": "not_an_original_id",
    "": "not_an_original_id",
}

ICP = {
    "陕ICP备15002899号": "陕ICP备15002899号",
    "陕ICP备15002899号-4": "陕ICP备15002899号-4",
    "陕icp备 15002899 号－4": "陕ICP备15002899号-4",
    "陕ICP备15002899": "陕ICP备15002899号",
    "备案号：京ICP备12345678号-1": "京ICP备12345678号-1",
}

NO_ICP = {
    "陕公网安备 61010202000123号": "public_security",
    "京ICP证030173号": "licence",
    "沪B2-20120012": "licence",
    "ICP备15002899号": "province",
    "西ICP备15002899号": "province",
    "陕ICP备123号": "not_an_icp_number",
    "陕ICP备15002899号-0": "not_an_icp_number",
    "陕ICP备1500289⑨号": "not_an_icp_number",
    "hello": "not_an_icp_number",
    "": "not_an_icp_number",
}

LINKS = (
    *(
        "https://space.example.com/123",
        "http://example.com:8080/a?b=c#d",
        "example.com/123",
        "https://例子.中国/路径",
    ),
    *("https://example.com/@name", "@name", "name_1", "name.one", "西安小吃", "dy-12345"),
)

NO_LINKS = {
    "": ("empty",),
    "\u200b": ("empty",),
    "https://example.com/" + "a" * LONGEST_LINK: ("too_long", ("n", 220)),
    **dict.fromkeys(
        [
            *(
                "javascript:alert(1)",
                "ftp://example.com",
                "https://user:pw@example.com",
                "http://localhost",
                "a b",
            ),
            *(
                "=1+1",
                "+86",
                "<b>x</b>",
                "https://example.com/<b>",
                'https://example.com/"x',
                "a",
                "@",
                "{0.__class__}",
            ),
        ],
        ("not_a_link",),
    ),
}


@pytest.mark.parametrize("text", WEIBO)
def test_weibo(text: str) -> None:
    """The UID is taken as it is, or from a link to the account's page."""
    assert parse_weibo(text) == UID


@pytest.mark.parametrize(("text", "refusal"), NO_WEIBO.items())
def test_no_weibo(text: str, refusal: tuple[str, tuple[str, str | int]]) -> None:
    """A post, a name without UID, another site and a telephone number are each told apart."""
    assert parse_weibo(text) == Refused(refusal[0], refusal[1:])


@pytest.mark.parametrize(("text", "id_"), WECHAT.items())
def test_wechat(text: str, id_: str) -> None:
    """The original ID is taken, in small letters where it is hexadecimal."""
    assert parse_wechat(text) == id_


@pytest.mark.parametrize(("text", "code"), NO_WECHAT.items())
def test_no_wechat(text: str, code: str) -> None:
    """A WeChat ID and a link are told apart from what is no id at all."""
    assert parse_wechat(text) == Refused(code)


@pytest.mark.parametrize(("text", "number"), ICP.items())
def test_icp(text: str, number: str) -> None:
    """An ICP number is taken in its usual form."""
    assert parse_icp(text) == number


@pytest.mark.parametrize(("text", "code"), NO_ICP.items())
def test_no_icp(text: str, code: str) -> None:
    """Another kind of number, or one without its province, is told apart."""
    assert parse_icp(text) == Refused(code)


@pytest.mark.parametrize("text", LINKS)
def test_link(text: str) -> None:
    """A link or a handle is kept as typed."""
    assert parse_link(text) == text


@pytest.mark.parametrize(("text", "refusal"), NO_LINKS.items())
def test_no_link(text: str, refusal: tuple[str, tuple[str, str | int]]) -> None:
    """What could not be a link or a handle is refused."""
    assert parse_link(text) == Refused(refusal[0], refusal[1:])


@given(st.text(max_size=LONGEST_LINK + 20))
def test_a_link_is_harmless(text: str) -> None:
    """What is accepted is short, in one line, and starts neither a formula nor markup."""
    link = parse_link(text)
    if isinstance(link, str):
        assert len(link) <= LONGEST_LINK
        assert link.isprintable()
        assert " " not in link
        assert link[0] not in "=+-<"


@given(st.from_regex(r"[1-9][0-9]{4,11}", fullmatch=True))
def test_a_uid_from_its_link(uid: str) -> None:
    """Every UID is found in a link to it."""
    assert parse_weibo(f"https://weibo.com/u/{uid}") == uid
