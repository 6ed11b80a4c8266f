from __future__ import annotations

from datetime import datetime

import pytest
from sqlalchemy import select

from dialogs.conversation import Track
from dialogs.filing import State
from storage import filings, schema
from storage.database import Database
from storage.records import ClaimedFiling
from tests.storage.samples import CHAT, LEASE, NOW, SECOND, chats, counted, one_turn

ALL = 1000


def track(
    database: Database,
    state: State = State.CONFIRMED,
    due_at: datetime | None = NOW,
    *,
    revision: int = 1,
    by: ClaimedFiling | None = None,
) -> None:
    """A turn that says where filing `ref` stands; `by` is the claim whose answer it tells of."""
    one_turn(database, effects=(Track("ref", revision, state, due_at),), claimed=by)


def claimed(database: Database, after: int = 0, limit: int = ALL) -> list[ClaimedFiling]:
    """What a worker gets that many seconds after `NOW`."""
    with database.transaction() as tx:
        return filings.claim_filings(tx, NOW + after * SECOND, limit, LEASE)


def stored(database: Database) -> str:
    """The state in the work list."""
    with database.reading() as tx:
        return str(tx.connection.execute(select(schema.filings.c.state)).scalar_one())


def due(database: Database) -> datetime | None:
    """When the next filing can be claimed."""
    with database.reading() as tx:
        return filings.next_due(tx)


def test_a_claimed_filing_is_sending_before_anything_is_sent(database: Database) -> None:
    """The worker learns that it may create; whoever comes after a crash learns that it must look up."""
    track(database)
    (first,) = claimed(database)
    assert first == ClaimedFiling("ref", 1, State.CONFIRMED, CHAT, 0, 1, NOW + LEASE)
    assert stored(database) == "sending"
    assert claimed(database, after=29) == []
    (second,) = claimed(database, after=30)
    assert (second.state, second.fence) == (State.SENDING, 2)


@pytest.mark.parametrize("state", [State.SENDING, State.RECEIVED, State.UNKNOWN])
def test_claiming_any_other_state_does_not_change_it(database: Database, state: State) -> None:
    """Only what surely has not been sent becomes `sending`."""
    track(database, state)
    assert [one.state for one in claimed(database)] == [state]
    assert stored(database) == state.value


def test_the_answer_ends_the_claim(database: Database) -> None:
    """State and time are as the turn says, and another worker can go on."""
    track(database)
    (mine,) = claimed(database)
    track(database, State.RECEIVED, NOW + 60 * SECOND, by=mine)
    assert stored(database) == "received"
    assert due(database) == NOW + 60 * SECOND
    assert claimed(database, after=59) == []
    assert [(one.state, one.fence) for one in claimed(database, after=60)] == [(State.RECEIVED, 2)]


@pytest.mark.parametrize("late", [True, False])
def test_while_claimed_only_the_claims_own_answer_is_written(database: Database, late: bool) -> None:
    """Neither a turn without a claim nor the answer to an older one sets the filing free."""
    track(database)
    (old,) = claimed(database)
    (new,) = claimed(database, after=30)
    track(database, State.CONFIRMED, NOW, by=old if late else None)
    assert stored(database) == "sending"
    assert claimed(database, after=31) == []
    track(database, State.UNKNOWN, NOW, by=new)
    assert stored(database) == "unknown"


@pytest.mark.parametrize("state", [State.FILED, State.RETURNED, State.WITHDRAWN, State.UNANSWERED])
def test_that_nothing_is_left_to_do_is_always_written(database: Database, state: State) -> None:
    """Whoever found out: the worker whose lease is over, or the owner."""
    track(database)
    (old,) = claimed(database)
    claimed(database, after=30)
    track(database, state, None, by=old)
    assert stored(database) == state.value
    assert due(database) is None
    assert claimed(database, after=10**6) == []


def test_a_corrected_filing_is_due_again(database: Database) -> None:
    """Under its reference, with the next revision, and counted anew."""
    track(database)
    track(database, State.RETURNED, None, by=claimed(database)[0])
    track(database, State.CONFIRMED, NOW + SECOND, revision=2)
    (again,) = claimed(database, after=1)
    assert (again.reference, again.revision, again.state, again.attempts) == ("ref", 2, State.CONFIRMED, 0)


def test_tries_are_counted_while_the_state_stays(database: Database) -> None:
    """So that the gaps can grow; a new state begins at 0."""
    track(database, State.UNKNOWN)
    counts = []
    for _ in range(3):
        (mine,) = claimed(database)
        counts.append(mine.attempts)
        track(database, State.UNKNOWN, NOW, by=mine)
    (mine,) = claimed(database)
    track(database, State.RECEIVED, NOW, by=mine)
    counts.append(claimed(database)[0].attempts)
    assert counts == [0, 1, 2, 0]


def test_a_filing_given_back_is_as_it_was(database: Database) -> None:
    """Nothing was sent, so it may still be created."""
    track(database)
    (mine,) = claimed(database)
    with database.transaction() as tx:
        assert filings.release(tx, mine, NOW + 5 * SECOND)
    assert stored(database) == "confirmed"
    assert claimed(database, after=4) == []
    (again,) = claimed(database, after=5)
    assert (again.state, again.attempts) == (State.CONFIRMED, 1)


def test_a_filing_is_not_given_back_by_a_worker_that_lost_it(database: Database) -> None:
    """It would become `confirmed` although the other worker may have sent it."""
    track(database)
    (slow,) = claimed(database)
    (quick,) = claimed(database, after=30)
    with database.transaction() as tx:
        assert not filings.release(tx, slow, NOW)
    assert stored(database) == "sending"
    with database.transaction() as tx:
        assert filings.release(tx, quick, NOW)
        assert not filings.release(tx, quick, NOW)
    assert stored(database) == "sending"


def ours(database: Database, mine: ClaimedFiling) -> bool:
    """Whether an answer to this claim still counts."""
    with database.transaction() as tx:
        return filings.still_ours(tx, [mine]) == {mine}


def test_a_claim_is_ours_until_it_is_over_or_somebody_elses(database: Database) -> None:
    """Not only to the end of its lease: what is known then is better than nothing."""
    track(database)
    (old,) = claimed(database)
    assert ours(database, old)
    (new,) = claimed(database, after=30)
    assert (ours(database, old), ours(database, new)) == (False, True)
    track(database, State.UNKNOWN, NOW, by=new)
    assert not ours(database, new)
    (mine,) = claimed(database)
    track(database, State.RETURNED, None)
    track(database, State.CONFIRMED, NOW, revision=2)
    assert not ours(database, mine)


def test_the_longest_due_are_claimed_first(database: Database) -> None:
    """In two statements, however many; the rest is left to others."""
    for number, address in enumerate(chats(5)):
        effect = Track(address.chat, 1, State.CONFIRMED, NOW - number * SECOND)
        one_turn(database, address, effects=(effect,))
    assert due(database) == NOW - 4 * SECOND
    with counted() as statements:
        got = [{one.reference for one in claimed(database, limit=2)} for _ in range(4)]
    assert got == [{"1005", "1004"}, {"1003", "1002"}, {"1001"}, set()]
    assert [one.split()[0] for one in statements] == ["WITH", "SELECT", "COMMIT"] * 4
    assert due(database) == NOW + LEASE


def test_a_filing_that_waits_for_nobody_is_not_due(database: Database) -> None:
    """A package that the owner submits himself is not for the outbox."""
    track(database, State.PREPARED, None)
    assert due(database) is None
    assert claimed(database) == []
