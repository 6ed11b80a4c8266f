"""Where a conversation can stand: one way to each scene, and to each kind of question in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import cache

from dialogs.office import Blocked, Busy, Filed, Receipt, Rejected, Returned, Unclear, Withdrawn
from tests.dialogs.reminded import reminded, told, warned, watched
from tests.dialogs.talks import BODY, COMPANY, FORM, NOW, PERSON, WEIBO, Talk, a_talk, filed

RECEIPT = Receipt("PRACTICE-2026-000001", "BN-0000000000000020", 1, "Practice office", NOW, practice=True)


def typed(*texts: str) -> Callable[[], Talk]:
    """The place that these words lead to."""
    return lambda: a_talk(*texts)


def _returned() -> Talk:
    return filed().office(Returned((("account_name", "Another name."),)))


def _two() -> Talk:
    return filed(*WEIBO, *FORM, *PERSON, "send").office(Filed(RECEIPT))


def _withdrawn() -> Talk:
    return filed("filings", "withdraw it", "yes").office(Withdrawn())


def unanswered() -> Talk:
    """A chat whose filing may have arrived, with nobody asking any more."""
    return filed().office(Unclear("cut")).later(timedelta(hours=72)).office(Unclear("cut"))


def unsent() -> Talk:
    """A chat whose filing was never taken."""
    return filed().later(timedelta(hours=72)).office(Busy())


def changed() -> Talk:
    """A chat with a change of a registration, to be sent."""
    talk = filed().office(Filed(RECEIPT)).say("filings", "change what was filed", "account name", "长安夜话")
    assert talk.scene == "review"
    return talk


def _unsent_change() -> Talk:
    return changed().say("send").later(timedelta(hours=72)).office(Busy())


def _recorded() -> Talk:
    return filed(kind="none").say("my filings", "1", "XA-1", "the office", "2017-08-10", "send", "filings")


def _forgotten() -> Talk:
    talk = told(reminded("cancel"))
    talk.conversation = replace(talk.conversation, reminders=())
    return talk


ANYWHERE = ("xi'an", "me", "yes", "none of these")
REVIEW = (*WEIBO, *FORM, *PERSON)
_WAYS: dict[str, Callable[[], Talk]] = {
    "nothing said": Talk,
    "first question": typed(),
    "idle": typed("cancel"),
    "idle with a filing": lambda: filed().office(Filed(RECEIPT)),
    "idle with a package": lambda: filed(kind="none"),
    "idle with a draft": typed(*REVIEW, "not now"),
    "the places there are": typed(*WEIBO[:1]),
    "the places there are, to clarify": typed(*WEIBO[:1], "Hebei"),
    "an option": typed(*WEIBO[:2]),
    "a count": typed(*WEIBO[:3]),
    "a count to clarify": typed(*WEIBO[:3], "about 30k"),
    "a place": typed(*WEIBO[:4]),
    "the place on an ID": typed(*WEIBO[:4], "neither"),
    "the place of people": typed("wechat", "xi'an", "me"),
    "the place of an office": typed(*BODY[:4]),
    "the place of a network": typed("website", "xi'an", "me", "none of them"),
    "the place in a name": typed("weibo", "zibo"),
    "the place it is about": typed("weibo", "zibo", "no"),
    "a branch": typed("website", "xi'an", "private company", "yes", "yes"),
    "several": typed(*WEIBO[:5]),
    "several, one chosen": typed(*WEIBO[:5], "news"),
    "several to clarify": typed(*WEIBO[:5], "news?"),
    "an option again": typed(*WEIBO[:3], "back"),
    "a count again": typed(*WEIBO[:4], "back"),
    "a place again": typed(*WEIBO[:5], "back"),
    "the places there are, again": typed(*WEIBO[:2], "back"),
    "several again": typed(*WEIBO, "back"),
    "verdict": typed(*WEIBO),
    "verdict, unfolded": typed(*WEIBO, "why"),
    "verdict, not required": typed("weibo", "xi'an", "me", "300", "none of these"),
    "another day": typed(*WEIBO, "another day"),
    "verdict, another day": typed(*WEIBO, "on 25 July 2017"),
    "verdict, no place": typed("weibo", "Beijing", "none of these"),
    "verdict, place not told": typed("weibo", "rather not say", "me", "45000", "none of these"),
    "verdict, not known": typed("weibo", *["don't know"] * 6),
    "documents": typed(*WEIBO, "register"),
    "consent": typed(*WEIBO, *FORM[:2]),
    "fact of the form": typed(*WEIBO, *FORM[:3]),
    **{f"field {n} of a person": typed(*WEIBO, *FORM, *PERSON[:n]) for n in range(len(PERSON))},
    **{f"field {n} of a body": typed(*BODY, *FORM, *COMPANY[:n]) for n in (2, 3, 4, 5)},
    "field again": typed(*WEIBO, *FORM, *PERSON[:4], "back"),
    "review": typed(*REVIEW),
    "review, one field again": typed(*REVIEW, "change", "name"),
    "original ID": typed("wechat", *ANYWHERE, *FORM, "古城漫步"),
    "address of a site": typed("website", *ANYWHERE, *FORM, "古城漫步"),
    "ICP number": typed("website", *ANYWHERE, *FORM, "古城漫步", "www.example.com"),
    "review without an office": lambda: a_talk(
        *WEIBO, *FORM, "古城漫步", "李华", "yes", "skip", "13800138000", "video", "done", kind="none"
    ),
    "review for an authority": lambda: a_talk(*REVIEW, kind="real"),
    "filings": lambda: filed("filings"),
    "filings, none": typed("filings"),
    "filings with a receipt": lambda: filed().office(Filed(RECEIPT)).say("filings"),
    "filings with a rejection": lambda: filed().office(Rejected("No.")).say("filings"),
    "filings, several": lambda: _two().say("filings"),
    "filing of several": lambda: _two().say("filings", "1"),
    "filing being withdrawn": lambda: filed().say("filings", "withdraw it", "yes", "filings"),
    "filing withdrawn": lambda: _withdrawn().say("filings"),
    "filing returned": lambda: _returned().say("cancel", "2", "filings"),
    "filing without an answer": lambda: unanswered().say("filings"),
    "filing that was not sent": lambda: unsent().say("filings"),
    "filing blocked": lambda: filed().office(Blocked(401)).say("filings"),
    "change of a registration": lambda: (
        filed().office(Filed(RECEIPT)).say("filings", "change what was filed")
    ),
    "change, to be sent": changed,
    "change that was not sent": lambda: _unsent_change().say("filings"),
    "withdrawal": lambda: filed("filings", "withdraw it"),
    "removal": lambda: filed().office(Filed(RECEIPT)).say("filings", "remove it"),
    "filings with a package": lambda: filed("filings", kind="none"),
    "number of a filing": lambda: filed("filings", "1", kind="none"),
    "office of a number": lambda: filed("filings", "1", "XA-1", kind="none"),
    "date of a number": lambda: filed("filings", "1", "XA-1", "the office", kind="none"),
    "filings with a number": _recorded,
    "correction": _returned,
    "correction left": lambda: _returned().say("cancel", "2", "filings"),
    "change in a check": typed(*WEIBO[:5], "change"),
    "change in a form": typed(*REVIEW, "change"),
    "change, nothing answered": typed("change"),
    "change before the first field": typed(*WEIBO, *FORM[:3], "change"),
    "cancel": typed(*REVIEW, "cancel"),
    "language": typed("language"),
    "remind": typed(*WEIBO, "remind me"),
    "remind, some set": typed(*WEIBO, "remind me", "1", "2026-11-10", "rules"),
    "remind, nothing dated": typed("weibo", "xi'an", "me", "300", "none of these", "remind me"),
    "the day of a first message": typed(*WEIBO, "remind me", "1"),
    "the day of a change": typed(*WEIBO, "remind me", "2"),
    "the day of an expiry": typed(*WEIBO, "remind me", "3"),
    "a day of one's own": typed(*WEIBO, "remind me", "own"),
    "a day of one's own, to clarify": typed(*WEIBO, "remind me", "own", "03/04/2027"),
    "reminders, none": typed("reminders"),
    "reminders": lambda: reminded("reminders"),
    "stopping": lambda: reminded("reminders", "stop one"),
    "zone": typed("reminders", "zone"),
    "zone to clarify": typed("reminders", "zone", "CST"),
    "reminder": lambda: told(reminded("cancel")),
    "reminder with its details": lambda: told(reminded("cancel")).say("details"),
    "reminder, forgotten meanwhile": _forgotten,
    "rules changed": watched,
    "rules changed, with details": lambda: watched().say("details"),
    "warning": lambda: warned(typed(*REVIEW)()),
    "wording": typed(*WEIBO, *FORM, "back"),
    "wording, field again": typed(*REVIEW, "change", "account name", "back"),
}
PLACES = tuple(_WAYS)


@cache
def _stood(place: str) -> Talk:
    return _WAYS[place]()


def at(place: str) -> Talk:
    """A talk that stands there, for whoever asks to move on."""
    return replace(_stood(place))
