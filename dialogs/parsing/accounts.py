"""The id or link by which an account or a site is known. Right in form proves nothing about whose it is.

Refusal codes:
Weibo account: post (a post's link or number), vanity (a link or name that does not show the UID),
mobile_number, other_site, length (slot n), not_a_uid.
WeChat account: wechat_id (a WeChat ID, 微信号), link, not_an_original_id.
ICP filing: public_security (公网安备), licence (ICP证, B2-), province, not_an_icp_number.
Account elsewhere: empty, too_long (slot n), not_a_link.
"""

from __future__ import annotations

import re
from typing import Final

from dialogs.parsing.result import Refused
from dialogs.parsing.text import clean, disguised_digit

LONGEST_LINK: Final = 200

# A UID has ten digits in nearly all samples; the range is our own choice. A post's number has sixteen.
_UID: Final = re.compile("[1-9][0-9]{4,11}")
_POST_NUMBER: Final = re.compile("[1-9][0-9]{14,16}")
_MOBILE_NUMBER: Final = re.compile("1[3-9][0-9]{9}")
_BARE_UID: Final = re.compile("(?:uid[: ]*)?([0-9]+)", re.IGNORECASE)
_WEIBO_LINK: Final = re.compile(
    r"(?:https?://)?(?:(?:www|m|e)\.)?weibo\.(?:com|cn)(?:/(?P<path>[^?#]*))?(?:[?#].*)?", re.IGNORECASE
)
_ACCOUNT_PATH: Final = re.compile(
    "(?:u/|profile/)?([0-9]+)(?:/(?:home|profile|info|follow|fans)?)?", re.IGNORECASE
)
_POST_PATH: Final = re.compile(
    "[0-9]+/[0-9A-Za-z]+/?|(?:status|detail|ttarticle|tv|article)/.*", re.IGNORECASE
)
_ANY_LINK: Final = re.compile(r"[a-z]+://.*|(?:[a-z0-9-]+\.)+(?:com|cn|net|org)(?:/.*)?", re.IGNORECASE)

# gh_ and twelve hexadecimal digits in nearly all samples; no official grammar was found.
_ORIGINAL_ID: Final = re.compile("gh_([0-9a-z]{6,32})", re.IGNORECASE)
_HEXADECIMAL: Final = re.compile("[0-9a-f]{12}", re.IGNORECASE)
_WECHAT_ID: Final = re.compile("(?!gh_)[a-z_][-a-z0-9_]{5,19}", re.IGNORECASE)

_PROVINCES: Final = "京津沪渝冀晋蒙辽吉黑苏浙皖闽赣鲁豫鄂湘粤桂琼川蜀贵黔云滇藏陕甘青宁新"
_DASHES: Final = str.maketrans("‐‒–—−", "-----")
_ICP: Final = re.compile("(?:(?:网站|ICP)?备案号?:)?(.?)ICP备([0-9]{6,12})号?(-[1-9][0-9]{0,3})?[。.]?")
_LICENCE: Final = re.compile("ICP证|[AB][12]-[0-9]")

_LINK: Final = re.compile(
    r"(?:https?://)?(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.)+[^\W\d_]{2,24}(?::[0-9]{1,5})?"
    r"(?:[/?#][^\s<>\"'`{}|\\^]*)?",
    re.IGNORECASE,
)
_HANDLE: Final = re.compile(r"@?\w[\w.·-]{0,62}\w")


def parse_weibo(text: str) -> str | Refused:
    """The UID of a Weibo account, from the UID itself or from a link to the account's page."""
    words = clean(text)
    bare = _BARE_UID.fullmatch(words)
    if bare is not None and not disguised_digit(text):
        return Refused("mobile_number") if _MOBILE_NUMBER.fullmatch(bare[1]) else _uid(bare[1])
    link = _WEIBO_LINK.fullmatch(words)
    if link is not None:
        path = link["path"] or ""
        account = _ACCOUNT_PATH.fullmatch(path)
        if account is not None:
            return _uid(account[1])
        return Refused("post" if _POST_PATH.fullmatch(path) else "vanity")
    if _ANY_LINK.fullmatch(words):
        return Refused("other_site")
    return Refused("vanity" if _HANDLE.fullmatch(words) else "not_a_uid")


def _uid(digits: str) -> str | Refused:
    if _UID.fullmatch(digits):
        return digits
    if _POST_NUMBER.fullmatch(digits):
        return Refused("post")
    return Refused("not_a_uid") if digits.startswith("0") else Refused("length", (("n", len(digits)),))


def parse_wechat(text: str) -> str | Refused:
    """The original ID (原始ID) of a WeChat public account, told apart from a WeChat ID (微信号)."""
    words = clean(text)
    found = _ORIGINAL_ID.fullmatch(words)
    if found is not None and not disguised_digit(text):
        return "gh_" + (found[1].lower() if _HEXADECIMAL.fullmatch(found[1]) else found[1])
    if _ANY_LINK.fullmatch(words):
        return Refused("link")
    return Refused("wechat_id" if _WECHAT_ID.fullmatch(words) else "not_an_original_id")


def parse_icp(text: str) -> str | Refused:
    """The ICP filing number of a site, such as 陕ICP备15002899号-4, in its usual form."""
    words = clean(text).replace(" ", "").translate(_DASHES).upper()
    if "公网安备" in words:
        return Refused("public_security")
    if _LICENCE.search(words):
        return Refused("licence")
    found = _ICP.fullmatch(words)
    if found is None or disguised_digit(text):
        return Refused("not_an_icp_number")
    province, number, site = found.groups(default="")
    if not province or province not in _PROVINCES:
        return Refused("province")
    return f"{province}ICP备{number}号{site}"


def parse_link(text: str) -> str | Refused:
    """A web link (http or https) or a handle such as @name, of at most LONGEST_LINK characters."""
    words = clean(text)
    if not words:
        return Refused("empty")
    if len(words) > LONGEST_LINK:
        return Refused("too_long", (("n", len(words)),))
    return words if _LINK.fullmatch(words) or _HANDLE.fullmatch(words) else Refused("not_a_link")
