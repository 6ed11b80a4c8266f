from __future__ import annotations

import json
from dataclasses import replace

import pytest

from dialogs.filing import Arrival, State, Step, as_claimed, sending, sent
from tests.dialogs.standings import FILING, NOW


def test_the_key_names_filing_and_revision() -> None:
    """A repeated create is one record at the office, and a correction is another request."""
    assert FILING.idempotency_key == "BN-1.1"
    assert replace(FILING, revision=2).idempotency_key == "BN-1.2"


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("revision", [1, 2])
def test_the_next_step(state: State, revision: int) -> None:
    """Only a confirmed filing is created or corrected; any other is looked up, if not withdrawn."""
    steps = {State.CONFIRMED: {1: Step.CREATE, 2: Step.CORRECT}[revision], State.WITHDRAWING: Step.WITHDRAW}
    assert replace(FILING, state=state, revision=revision).next_step is steps.get(state, Step.LOOK_UP)


def test_what_is_being_sent_is_marked_before_it_leaves() -> None:
    """From then on only a look-up is safe, and nobody knows whether it arrived."""
    gone = sending(FILING, NOW)
    assert (gone.state, gone.since, gone.next_step) == (State.SENDING, NOW, Step.LOOK_UP)
    assert (FILING.arrival, gone.arrival) == (Arrival.NO, Arrival.MAYBE)


@pytest.mark.parametrize("state", State)
def test_what_may_have_left_is_looked_up_by_whoever_claims_it_next(state: State) -> None:
    """Whatever its owner has wanted meanwhile."""
    assert as_claimed(replace(FILING, state=state), State.SENDING).next_step is Step.LOOK_UP


@pytest.mark.parametrize("claimed", [State.CONFIRMED, State.UNKNOWN, State.RECEIVED])
def test_what_is_withdrawn_before_it_was_sent_is_not_sent(claimed: State) -> None:
    """Though it was claimed to be sent, or looked up, a moment before."""
    withdrawing = replace(FILING, state=State.WITHDRAWING, before=claimed)
    assert as_claimed(withdrawing, claimed).next_step is Step.WITHDRAW


def test_what_is_sent_has_one_form() -> None:
    """So that its proof can be made again: sorted, without spaces, as UTF-8; and nothing else is in it."""
    assert (
        sent(FILING)
        == (
            '{"confirmed_at":"2026-11-20T06:32:00+00:00","duties":["cn-xian-2017/weibo-individual"],'
            '"fields":{"account_name":"古城漫步"},"form":"xian","reference":"BN-1","revision":1,"rulebook":"1"}'
        ).encode()
    )
    assert sent(replace(FILING, state=State.FILED, proof="x", facts={"holder": "individual"})) == sent(FILING)
    assert json.loads(sent(replace(FILING, revision=2)))["revision"] == 2
