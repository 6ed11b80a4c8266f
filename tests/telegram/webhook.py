"""Methods that set where updates are delivered to."""

from __future__ import annotations

import re
from ipaddress import ip_address
from urllib.parse import urlsplit

from tests.telegram.errors import Json, Refused, bad_request
from tests.telegram.parameters import Asked
from tests.telegram.state import Hook, State
from tests.telegram.updates import KINDS, UNASKED

PORTS = {None, 443, 80, 88, 8443}
MOST_CONNECTIONS = 100

_SECRET = re.compile(r"[A-Za-z0-9_-]{0,256}")


def set_webhook(state: State, asked: Asked) -> bool:
    """`setWebhook`. An empty URL deletes it."""
    url = asked.text("url")
    if not url:
        return delete_webhook(state, asked)
    refusal = _url_wrong(url)
    if refusal:
        raise refusal
    if not _SECRET.fullmatch(asked.text("secret_token")):
        raise bad_request("secret token contains unallowed characters")
    connections = asked.integer("max_connections", 40)
    if not 1 <= connections <= MOST_CONNECTIONS:
        raise bad_request("invalid max_connections specified")
    state.updates.allow(asked.json("allowed_updates"))
    _drop(state, asked)
    state.hook = Hook(url, asked.text("secret_token"), connections)
    state.clock.bell.ring()
    return True


def delete_webhook(state: State, asked: Asked) -> bool:
    """`deleteWebhook`."""
    _drop(state, asked)
    state.hook = Hook()
    state.clock.bell.ring()
    return True


def get_webhook_info(state: State, asked: Asked) -> Json:
    """`getWebhookInfo`."""
    hook = state.hook
    info: Json = {
        "url": hook.url,
        "has_custom_certificate": False,
        "pending_update_count": len(state.updates.waiting()),
    }
    if hook.url:
        info |= {"max_connections": hook.connections, "ip_address": "127.0.0.1"}
    if hook.last_error:
        info |= {"last_error_date": int(hook.last_error_at), "last_error_message": hook.last_error}
    if state.updates.allowed != KINDS - UNASKED:
        info["allowed_updates"] = sorted(state.updates.allowed)
    return info


def _drop(state: State, asked: Asked) -> None:
    if asked.boolean("drop_pending_updates"):
        state.updates.drop()


def _url_wrong(url: str) -> Refused | None:
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return bad_request("invalid webhook URL specified")
    if not host:
        return bad_request("invalid webhook URL specified")
    if _loopback(host):
        return None
    if parts.scheme != "https":
        return bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    if port not in PORTS:
        return bad_request("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")
    return None


def _loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
