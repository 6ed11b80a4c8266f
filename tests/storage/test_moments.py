from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from storage.moments import micros, moment

CHINA = timezone(timedelta(hours=8))


@pytest.mark.parametrize(
    ("when", "number"),
    [
        (datetime(1970, 1, 1, tzinfo=UTC), 0),
        (datetime(1969, 12, 31, 23, 59, 59, 999999, tzinfo=UTC), -1),
        (datetime(2026, 11, 20, 22, 32, 5, 123456, tzinfo=CHINA), 1_795_185_125_123_456),
        (datetime(9999, 12, 31, 23, 59, 59, 999999, tzinfo=UTC), 253_402_300_799_999_999),
    ],
)
def test_a_moment_is_kept_to_the_microsecond(when: datetime, number: int) -> None:
    """There and back is the same instant, whatever zone it was given in, and comes back in UTC."""
    assert micros(when) == number
    assert moment(number) == when
    assert moment(number).tzinfo is UTC


def test_a_moment_without_a_zone_is_refused() -> None:
    """A clock's reading without its zone is not a point in time."""
    with pytest.raises(TypeError):
        micros(datetime(2026, 11, 20))  # noqa: DTZ001 - that is the mistake
