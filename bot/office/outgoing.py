"""What may leave for an office: where to, which requests, with what in them."""

from __future__ import annotations

import re
from ipaddress import ip_address
from urllib.parse import SplitResult, urljoin, urlsplit

from bot.office.reading import REFERENCE
from dialogs.filing import Filing

_CONTRACT = re.compile(rf"GET /duties|POST /filings|(GET|PUT|DELETE) /filings/{REFERENCE.pattern}")
_TOKEN = re.compile(r"[A-Za-z0-9._~+/-]+=*")
_ADDRESS = re.compile(r"[!-[\]-~]+")
_PORTS = {"http": 80, "https": 443}


def check_request(method: str, path: str) -> None:
    """Raises ValueError for a request that is not one of the contract's five."""
    if not _CONTRACT.fullmatch(f"{method} {path}"):
        raise ValueError(f"{method}: not a request of the contract")


def checked_address(base_url: str) -> str:
    """The address without a slash at its end. Raises ValueError for an unsafe one."""
    parts = urlsplit(base_url)
    if not parts.hostname or parts.username is not None or parts.query or parts.fragment:
        raise ValueError("an office's address has a host, and no user, query or fragment")
    if parts.scheme != "https" and not (parts.scheme == "http" and _is_loopback(parts.hostname)):
        raise ValueError("an office on another machine is spoken to by https only")
    return base_url.rstrip("/")


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def leads_to(tracked: str, asked: str, ours: str) -> bool:
    """Whether a tracking address, told in the answer to a request to `asked`, is `ours` and no other."""
    if not _ADDRESS.fullmatch(tracked):
        return False
    try:
        return _parts(urlsplit(urljoin(asked, tracked))) == _parts(urlsplit(ours))
    except ValueError:  # of a host or port that is none
        return False


def _parts(address: SplitResult) -> tuple[object, ...]:
    """What makes two addresses the same, or not."""
    port = _PORTS.get(address.scheme) if address.port is None else address.port
    whose = (address.username, address.password)
    return (address.scheme, whose, address.hostname, port, address.path, address.query, address.fragment)


def standing_headers(token: str | None) -> dict[str, str]:
    """What every request carries. Raises ValueError, without repeating it, for what cannot be a token."""
    headers = {"Accept": "application/json", "Accept-Encoding": "identity", "User-Agent": "beian"}
    if token is not None:
        if not _TOKEN.fullmatch(token):
            raise ValueError("the office's token is not a bearer token as RFC 6750 has it")
        headers["Authorization"] = f"Bearer {token}"
    return headers


def headers_of(language: str, key: str | None, body: bytes | None) -> dict[str, str]:
    """What one request carries: the owner's language (zh_CN or zh-CN), its key, and what its body is."""
    headers = {"Accept-Language": language.replace("_", "-")}
    if key is not None:
        headers["Idempotency-Key"] = key
    if body is not None:
        headers["Content-Type"] = "application/json"
    return headers


def path_of(filing: Filing) -> str:
    """Where a filing is at its office."""
    return f"/filings/{filing.reference}"
