from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dialogs.conversation import Choosing, Said, World
from dialogs.messages import Message, Number
from dialogs.words import COMMANDS
from tests.dialogs.talks import BODY, COMPANY, FORM, PERSON, WEIBO, Kind, Talk, a_talk, a_world
from tests.dialogs.test_scenes import NASTY, check_kept, check_said

WALKS = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
LONGEST = 15
"""Questions of a check, at the very most: there are fifteen facts."""

counts = st.one_of(
    st.integers(0, 200_000).map(str),
    st.sampled_from("30000|30001|50001|about 30k|三万多|10万+|20k-60k|0-30000|30001+|don't know".split("|")),
)
worlds = st.builds(
    a_world,
    st.sampled_from(["practice", "real", "none"]),
    st.sampled_from([datetime(year, 7, 20, tzinfo=UTC) for year in (2016, 2017, 2018, 2021, 2023, 2026)]),
)


def bound(message: Message) -> int:
    """How many questions the message promises at most after this one."""
    (shown,) = (hint for hint in message.hints if hint.many or hint.msgid == "last question")
    number = dict(shown.slots).get("n", Number(0))
    assert isinstance(number, Number)
    return number.value


def answer(talk: Talk, data: st.DataObject) -> None:
    """Any answer to the question that is open, to the end of its clarification."""
    asked = len(talk.conversation.check.answers) if talk.conversation.check else 0
    for _ in range(12):
        offered = [id_ for id_ in talk.choices if id_ != ":why"]
        if isinstance(talk.conversation.open, Choosing):
            offered.append(":done")
        if offered:
            talk.press(data.draw(st.sampled_from(offered)))
        else:
            talk.say(data.draw(counts))
        if talk.scene != "check" or len(talk.conversation.check.answers) != asked:  # type: ignore[union-attr]
            return
    talk.say("don't know")


@WALKS
@given(worlds, st.data())
def test_every_check_ends_within_what_it_promised(world: World, data: st.DataObject) -> None:
    """Whatever is answered, on whatever day, whoever collects: never more than was promised before."""
    talk = Talk(world).arrive()
    asked, promised = 0, LONGEST
    while talk.scene == "check":
        asked += 1
        promised = min(promised, asked + bound(talk.message))
        assert asked <= promised
        answer(talk, data)
    assert talk.scene == "verdict"
    assert talk.choices[-1] == ":another"


@pytest.mark.parametrize("kind", ["practice", "real", "none"])
@pytest.mark.parametrize("unknown", ["don't know", "rather not say", "不清楚", "不便说明"])
def test_who_knows_nothing_comes_to_an_end_too(kind: Kind, unknown: str) -> None:
    """Not to know, and not to tell, are answers to every question."""
    talk = a_talk(kind=kind)
    for _ in range(LONGEST):
        if talk.scene != "check":
            break
        before = len(talk.conversation.check.answers)  # type: ignore[union-attr]
        assert len(talk.say(unknown).conversation.check.answers) == before + 1  # type: ignore[union-attr]
    assert talk.scene == "verdict"


@pytest.mark.parametrize("account", [(WEIBO, PERSON), (BODY, COMPANY)])
def test_a_form_promises_what_it_asks(account: tuple[tuple[str, ...], tuple[str, ...]]) -> None:
    """After every answer as many questions follow as were said, or fewer."""
    check, fields = account
    talk = a_talk(*check, *FORM)
    asked, promised = 0, 99
    for text in fields:
        if text != "done":
            asked += 1
            promised = min(promised, asked + bound(talk.message))
        talk.say(text)
    assert talk.scene == "review"
    assert asked == promised


typed = st.one_of(
    st.sampled_from([f"/{command}" for command in COMMANDS]),
    st.sampled_from([word for words in COMMANDS.values() for word in words]),
    st.sampled_from([*WEIBO, *BODY, *FORM, *PERSON, *COMPANY]),
    st.sampled_from("1|2|3|keep|skip|no|send|erase it|own|tomorrow|stop one|zone|CST|remind me".split("|")),
    st.sampled_from(NASTY),
    st.text(max_size=12),
)  # fmt: skip
presses = st.integers(0, 9)
gaps = st.sampled_from([timedelta(0)] * 8 + [timedelta(hours=2), timedelta(days=7)])
STARTS = (
    (),
    WEIBO,
    (*WEIBO, "remind me", "1", "2026-11-10"),
    ("reminders", "zone"),
    (*WEIBO, *FORM),
    (*BODY, *FORM, *COMPANY[:4]),
    (*WEIBO, *FORM, *PERSON),
)


@WALKS
@given(
    st.sampled_from(STARTS),
    st.lists(st.tuples(gaps, typed | presses), max_size=25),
    st.sampled_from(["practice", "none"]),
)
def test_no_way_through_the_scenes_is_a_dead_end(
    start: tuple[str, ...], steps: list[tuple[timedelta, str | int]], kind: Kind
) -> None:
    """Each step is answered once and can be kept; from wherever it ends, the owner gets out."""
    talk = a_talk(*start, kind=kind)
    for gap, step in steps:
        talk.later(gap)
        if isinstance(step, str):
            talk.say(step)
        else:
            talk.press(talk.choices[step] if step < len(talk.choices) else "none")
        check_said(Said(""), talk.turn.messages)
        check_kept(talk.conversation)
    talk.say("/cancel")
    if talk.scene == "cancel":
        talk.press(":erase")
    assert talk.scene == "idle"
    assert talk.say("/start").scene in ("check", "idle")
