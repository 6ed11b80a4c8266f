from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.i18n import words
from dialogs.messages import ReceiptPaper
from dialogs.office import Filed
from tests.dialogs.places import RECEIPT
from tests.dialogs.talks import NOW, Talk, filed


def kept(talk: Talk) -> ReceiptPaper:
    """The paper the owner is given."""
    (paper,) = talk.say("/filings", "keep the receipt").message.papers
    assert isinstance(paper, ReceiptPaper)
    return paper


def receipted() -> Talk:
    """A chat with a receipt and its proof."""
    talk = filed()
    talk.world = replace(talk.world, prove=lambda sent: f"proof over {len(sent)} bytes")
    return talk.office(Filed(RECEIPT))


def written(paper: ReceiptPaper) -> str:
    """All that is on it, in English."""
    parts = (paper.title, *(part for row in paper.rows for part in row), *paper.notes)
    return "\n".join(map(words("en").text, parts))


def test_the_paper_says_what_was_registered() -> None:
    """Number, office, time, reference, what for, and each field; what is sensitive is masked."""
    talk = receipted()
    text = written(kept(talk))
    for part in (RECEIPT.number, RECEIPT.office, RECEIPT.reference, "21 November 2026", "古城漫步", "Video"):
        assert part in text
    for secret in ("11010519491231002X", "13800138000"):
        assert secret not in repr(kept(talk))
    assert "**********2X" in text


def test_a_practice_receipt_is_called_one_in_its_title() -> None:
    """And says that nothing is registered."""
    paper = kept(receipted())
    assert words("en").text(paper.title) == "Practice receipt: not of an authority"
    assert "nothing is registered" in written(paper)
    real = replace(RECEIPT, number="XA-1", office="the office", practice=False)
    assert "ractice" not in written(kept(filed(kind="real").office(Filed(real))))


def test_the_paper_has_the_facts_exactly() -> None:
    """As text, for machines, with the proof."""
    talk = receipted()
    data = dict(kept(talk).data)
    (filing,) = talk.conversation.filings
    assert data == {
        "reference": RECEIPT.reference,
        "revision": "1",
        "number": RECEIPT.number,
        "office": RECEIPT.office,
        "issued_at": NOW.isoformat(),
        "practice": "true",
        "rulebook": talk.world.rulebook.version,
        "confirmed_at": NOW.isoformat(),
        "form": "xian",
        "duties": "cn-xian-2017/weibo-individual",
        "proof": filing.proof,
    }
    assert filing.proof.startswith("proof over")
    assert "beian receipt verify" in written(kept(talk))


def test_after_three_days_the_paper_is_without_what_was_filed() -> None:
    """It says so; the receipt and its proof are there still."""
    talk = receipted().later(timedelta(hours=72))
    text = written(kept(talk))
    assert "no longer kept here" in text
    assert "古城漫步" not in text
    assert dict(kept(talk).data)["proof"].startswith("proof over")


def test_a_paper_without_proof_says_so() -> None:
    """What was sent was no longer known when the receipt came."""
    talk = receipted()
    (filing,) = talk.conversation.filings
    talk.conversation = replace(talk.conversation, filings=(replace(filing, proof="", fields=()),))
    assert "carries no proof" in written(kept(talk))


def test_of_a_field_the_form_has_no_more_nothing_is_shown() -> None:
    """It is not known how private it was."""
    talk = receipted()
    (filing,) = talk.conversation.filings
    odd = replace(filing, fields=(("gone", "a secret"), ("content_kind", "gone")))
    talk.conversation = replace(talk.conversation, filings=(odd,))
    assert "a secret" not in repr(kept(talk))
