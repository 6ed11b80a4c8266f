"""What there is to do: the results of a verdict, put together as an owner meets them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dialogs.messages import Number, T, Text
from dialogs.rules.model import Outcome
from dialogs.rules.verdict import Result, Verdict

_ORDER = {Outcome.APPLIES: 0, Outcome.ASK_THE_OFFICE: 1}


@dataclass(frozen=True, slots=True)
class Group:
    """One thing to do: duties of one instrument with the same form, or the same licence under several."""

    results: tuple[Result, ...]

    @property
    def lead(self) -> Result:
        """The result that decides the headline."""
        return self.results[0]

    @property
    def duties(self) -> tuple[str, ...]:
        """The ids of its duties."""
        return tuple(result.duty.id for result in self.results)


def groups(found: Verdict) -> tuple[Group, ...]:
    """What there is to do with an authority, most certain and most urgent first.

    Where one criterion applies, those of the same notice that only might apply add nothing to it.
    """
    made: dict[tuple[str, str, str], list[Result]] = {}
    for result in found.results:
        duty = result.duty
        if duty.addressee == "office" and result.outcome in _ORDER:
            licence = duty.kind == "licence"
            key = (duty.kind, "" if licence else duty.instrument, duty.form)
            made.setdefault(key, []).append(result)
    grouped = [Group(tuple(sorted(results, key=_urgency))) for results in made.values()]
    return tuple(sorted(grouped, key=lambda g: (g.lead.duty.kind != "registration", _urgency(g.lead))))


def _urgency(result: Result) -> tuple[int, bool, date]:
    """Applies before ask, undisputed before disputed, the nearer deadline before the later."""
    days = [d.on for d in result.duty.deadlines if d.on]
    return _ORDER[result.outcome], bool(result.duty.reading), min(days, default=date.max)


def platform_results(found: Verdict) -> tuple[Result, ...]:
    """The duties between the owner and the platform that apply, or may."""
    return tuple(r for r in found.results if r.duty.addressee == "platform" and r.outcome in _ORDER)


def platform_label(found: Verdict) -> Text:
    """The folded line for them."""
    return T("Between you and the platform: {n}", n=Number(len(platform_results(found))))
