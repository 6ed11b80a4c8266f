"""What can go wrong with one request, whichever of a filing's it is. A look-up commits nothing."""

from __future__ import annotations

from dataclasses import replace

from tests.bot.faulty.ledger import Record
from tests.bot.faulty.office import Asked, Fault, FaultOffice, Line, Reply, told

FOREIGN = "BN-ZZZZZZZZZZZZZZZZ"


def error_before(office: FaultOffice, asked: Asked) -> Reply:
    """500, and nothing was done."""
    return told(500, b"")


def error_after(office: FaultOffice, asked: Asked) -> Reply:
    """500, when it was done."""
    office.work(asked)
    return told(500, b"")


def closed_before(office: FaultOffice, asked: Asked) -> Reply:
    """503 of a gateway that did not reach the office."""
    return told(503, b"", "Retry-After: 900")


def closed_after(office: FaultOffice, asked: Asked) -> Reply:
    """503 of a gateway that did not wait for the office."""
    office.work(asked)
    return told(503, b"", "Retry-After: 900")


def too_many(office: FaultOffice, asked: Asked) -> Reply:
    """429, which comes before any work."""
    return told(429, b"", "Retry-After: 900")


def silent_before(office: FaultOffice, asked: Asked) -> Reply:
    """No answer, and nothing was done."""
    return Reply(b"", Line.SILENT)


def silent_after(office: FaultOffice, asked: Asked) -> Reply:
    """No answer, when it was done."""
    office.work(asked)
    return Reply(b"", Line.SILENT)


def cut_before(office: FaultOffice, asked: Asked) -> Reply:
    """The line breaks, and nothing was done."""
    return Reply(b"", Line.CUT)


def cut_after(office: FaultOffice, asked: Asked) -> Reply:
    """The line breaks, when it was done."""
    office.work(asked)
    return Reply(b"", Line.CUT)


def cut_in_body(office: FaultOffice, asked: Asked) -> Reply:
    """The line breaks within the answer."""
    return Reply(office.honest(asked).raw[:-20], Line.CUT)


def conflict(office: FaultOffice, asked: Asked) -> Reply:
    """A gateway sent it twice itself and passes on the second answer: 409, with the filing as it stands."""
    return told(409, office.filed(_standing(office, asked)))


def page(office: FaultOffice, asked: Asked) -> Reply:
    """A page for people, of something that stands before the office."""
    return told(200, "<!doctype html><p>办理成功 XA-000001".encode(), kind="text/html")


def truncated(office: FaultOffice, asked: Asked) -> Reply:
    """Half of the JSON, said to be all of it."""
    return told(200, office.honest(asked).raw.partition(b"\r\n\r\n")[2][:-9])


def endless(office: FaultOffice, asked: Asked) -> Reply:
    """A body of a gigabyte."""
    office.work(asked)
    return Reply(
        b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n",
        Line.ENDLESS,
    )


def redirect(office: FaultOffice, asked: Asked) -> Reply:
    """To be asked elsewhere."""
    return told(307, b"", "Location: /elsewhere")


def foreign_receipt(office: FaultOffice, asked: Asked) -> Reply:
    """The receipt of somebody else's filing."""
    return told(200, office.filed(_standing(office, asked), reference=FOREIGN))


def other_revision(office: FaultOffice, asked: Asked) -> Reply:
    """A receipt of a revision that was never sent."""
    return told(200, office.filed(_standing(office, asked), revision=asked.revision + 1))


def lost(office: FaultOffice, asked: Asked) -> Reply:
    """202, and it is forgotten."""
    return told(202, office.received(asked))


def later(office: FaultOffice, asked: Asked) -> Reply:
    """202, and it is decided after two more look-ups."""
    record = office.work(asked)
    if record is None:
        return office.honest(asked)
    record.undecided = 2
    return told(202, office.received(asked))


def flips_back(office: FaultOffice, asked: Asked) -> Reply:
    """Registered, which nobody hears; then said to be undecided; then registered."""
    record = office.work(asked)
    if record is None:
        return office.honest(asked)
    record.undecided = 1
    return Reply(b"", Line.CUT) if asked.method == "POST" else office.honest(asked)


def wrong_kind(office: FaultOffice, asked: Asked) -> Reply:
    """The right body, said to be something else."""
    return replace(honest := office.honest(asked), raw=honest.raw.replace(b"application/json", b"text/plain"))


def practice(office: FaultOffice, asked: Asked) -> Reply:
    """A practice receipt from a real office."""
    return told(200, office.filed(_standing(office, asked), number="PRACTICE-2026-000001", practice=True))


def tracked_elsewhere(office: FaultOffice, asked: Asked) -> Reply:
    """An address of another host at which the filing is said to be."""
    status = 201 if asked.method == "POST" else 200
    return told(
        status, office.filed(_standing(office, asked)), "Location: https://elsewhere.example/filings/1"
    )


def unauthorised(office: FaultOffice, asked: Asked) -> Reply:
    """Our token is not taken any more."""
    return told(401, b"", "WWW-Authenticate: Bearer")


def not_offered(office: FaultOffice, asked: Asked) -> Reply:
    """A request that this office does not know."""
    return told(405, b"")


def _standing(office: FaultOffice, asked: Asked) -> Record:
    """The filing as it stands, or as the answer makes believe it does."""
    return office.work(asked) or Record(asked.reference, asked.revision, "XA-000000")


THRICE: tuple[Fault, ...] = (
    error_before, error_after, closed_after, too_many, silent_before, silent_after, cut_before, cut_after,
    cut_in_body, conflict, page, truncated, endless, redirect, foreign_receipt, lost, later, flips_back,
)  # fmt: skip
"""Those of which the suite tries every sequence of three."""
FAULTS: tuple[Fault, ...] = (
    *THRICE, closed_before, other_revision, wrong_kind, practice, tracked_elsewhere, unauthorised,
    not_offered,
)  # fmt: skip
"""All; the suite tries every sequence of two, `make faults` of three."""
