"""Points in time as both databases keep them: whole microseconds since 1970, UTC."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

NEVER = 2**63 - 1
"""In microseconds as `micros`: what is due then is not due, and no `moment`."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def micros(moment: datetime) -> int:
    """`moment` in microseconds since 1970. Raises TypeError if it has no zone."""
    return (moment - _EPOCH) // _MICROSECOND


def moment(micros: int) -> datetime:
    """The point in time, in UTC, that `micros` was made from."""
    return _EPOCH + timedelta(microseconds=micros)
