"""An instrument as TOML writes it: its days, its status, and what has to be said where that leaves a doubt."""

from __future__ import annotations

from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from dialogs.rules.model import Instrument, Status
from dialogs.rules.reader import Table


def read_instrument(id_: str, t: Table, sources: tuple[str, ...]) -> Instrument:
    """An instrument resting on `sources`. Raises RulebookError."""
    valid_from = t.day("valid_from")
    assert valid_from is not None  # noqa: S101 - it is required
    instrument = Instrument(
        id=id_,
        title=t.text("title"),
        name=t.text("name"),
        issuer=t.text("issuer"),
        office=t.text("office"),
        zone=_zone(t),
        status=t.one_of("status", Status),
        valid_from=valid_from,
        sources=sources,
        valid_to=t.day("valid_to", required=False),
        superseded_by=t.text("superseded_by", ""),
        current_until=t.day("current_until", required=False),
        doubt=t.text("doubt", ""),
        contact=t.text("contact", ""),
        question=t.text("question", ""),
        place=t.text("place", ""),
    )
    _fitting(t, instrument)
    t.done()
    return instrument


def _fitting(t: Table, one: Instrument) -> None:
    """Refuses a doubt without its reason, and a last day before the first."""
    days = {"valid_to": one.valid_to, "current_until": one.current_until}
    if one.status in ("window_closed", "unconfirmed") and not one.doubt:
        raise t.fail("doubt", f"the reason for doubt, as its status is {one.status}")
    for key, last in days.items():
        if last and last < one.valid_from:
            raise t.fail(key, f"a day not before valid_from ({one.valid_from}), not {last}")


def _zone(t: Table) -> str:
    """A zone of the tz database by its name."""
    name = t.text("zone")
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise t.fail("zone", f"a time zone such as Asia/Shanghai, not {name!r}") from None
    return name
