"""An office's receipt: as a line to read, and as a paper to keep."""

from __future__ import annotations

from dialogs import form
from dialogs.conversation import World
from dialogs.filing import Filing
from dialogs.interview import fits
from dialogs.messages import Items, Moment, Number, Part, ReceiptPaper, T
from dialogs.office import Receipt
from dialogs.rules.model import Field


def receipt_line(filing: Filing, receipt: Receipt) -> Part:
    """The office's receipt, and whether it is one of an authority."""
    slots: dict[str, Part] = {
        "number": receipt.number,
        "time": Moment(receipt.issued_at),
        "reference": filing.reference,
    }
    if receipt.practice:
        return T(
            "Practice receipt {number}, {time}. Nothing was sent to an authority. Your reference: {reference}.",
            **slots,
        )
    return T(
        "Receipt {number} of {office}, {time}. Your reference: {reference}.", **slots, office=receipt.office
    )


def paper(filing: Filing, receipt: Receipt, world: World) -> ReceiptPaper:
    """The receipt as files, with what was registered. What is sensitive is masked, as on every screen."""
    duties = [world.rulebook.duties[id_] for id_ in filing.duties if id_ in world.rulebook.duties]
    rows: tuple[tuple[Part, Part], ...] = (
        (T("Number"), receipt.number),
        (T("Office"), receipt.office),
        (T("Issued"), Moment(receipt.issued_at)),
        (T("Reference"), filing.reference),
        (T("Revision"), Number(receipt.revision)),
        (T("Registration"), Items(tuple(T(duty.title) for duty in duties) or filing.duties, "apart")),
        *_fields(filing, world),
    )
    title = T("Practice receipt: not of an authority") if receipt.practice else T("Receipt")
    return ReceiptPaper(filing.reference, title, rows, _notes(filing, receipt), _data(filing, receipt))


def _fields(filing: Filing, world: World) -> tuple[tuple[Part, Part], ...]:
    """Each field that was filed. Of one the form has no more, it is not known how private it is: masked."""
    known = world.rulebook.forms.get(filing.form)
    entries = {entry.question.id: entry for entry in known.fields} if known else {}
    return tuple(
        (T(entries[id_].question.label), _value(entries[id_], text))
        if id_ in entries
        else (id_, form.mask(text))
        for id_, text in filing.fields
    )


def _value(entry: Field, text: str) -> Part:
    """What was filed in a field, as a screen shows it; as it was filed, if the field has changed since."""
    value = form.answer_of(entry, text)
    if fits(value, entry.question):
        return form.shown(entry, value)
    return form.mask(text) if entry.sensitive else text


def _notes(filing: Filing, receipt: Receipt) -> tuple[Part, ...]:
    """What the paper is, and what it is not."""
    practice = T("This was practice. No authority is connected, nothing was sent to one, and nothing is registered.")  # fmt: skip
    erased = T("What was filed is no longer kept here, so it is not shown.")
    return (
        *((practice,) if receipt.practice else ()),
        *(() if filing.fields else (erased,)),
        T("This copy is kept by you. Sensitive details are masked in it."),
        T("Whoever runs this bot can check it with: beian receipt verify") if filing.proof
        else T("It carries no proof of what was sent, as that was no longer kept when the receipt came."),
    )  # fmt: skip


def _data(filing: Filing, receipt: Receipt) -> tuple[tuple[str, str], ...]:
    """The facts exactly, for machines."""
    return (
        ("reference", filing.reference),
        ("revision", str(receipt.revision)),
        ("number", receipt.number),
        ("office", receipt.office),
        ("issued_at", receipt.issued_at.isoformat()),
        ("practice", "true" if receipt.practice else "false"),
        ("rulebook", filing.rulebook),
        ("confirmed_at", filing.confirmed_at.isoformat()),
        ("form", filing.form),
        ("duties", " ".join(filing.duties)),
        ("proof", filing.proof),
    )
