"""The practice office under requests that schemathesis makes of the contract, right ones and wrong ones."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from copy import deepcopy
from itertools import count
from pathlib import Path
from threading import Event, Thread

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, settings
from schemathesis.config import SchemathesisConfig
from schemathesis.core.parameters import ParameterLocation
from starlette.types import Receive, Scope, Send

from bot.listening import listener, serving
from bot.office.reading import REFERENCE
from bot.office.sandbox import DUTIES, make_app
from tests.bot.office.contract import CONTRACT

TOKEN = "s3cret.Token-42"  # noqa: S105 - invented
ALLOWED = {"Authorization": f"Bearer {TOKEN}"}
CONFIG = SchemathesisConfig.from_dict(
    {
        "seed": 1,
        "analysis": {"constants": {"enabled": False}},  # those of whatever modules other tests have imported
        "checks": {
            "positive_data_acceptance": {"expected-statuses": ["2xx", "404", "409", "422"]},
            "negative_data_rejection": {"expected-statuses": ["400", "405", "413", "415"]},
        },
    }
)
OFFICE = schemathesis.openapi.from_dict(deepcopy(CONTRACT), config=CONFIG)
FIXED = settings(
    max_examples=40,
    derandomize=True,
    database=None,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


class Office:
    """A practice office at `address` that asks for a token, and can be opened anew with nothing in it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._opened = count()
        self.address = ""
        self.open_anew()

    def open_anew(self) -> None:
        """From now on there is another office at the address."""
        self._app = make_app(self._folder / str(next(self._opened)), token=TOKEN)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        await self._app(scope, receive, send)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """A practice office, served beside the tests."""
    made = Office(tmp_path_factory.mktemp("office"))
    up, over = Event(), Event()

    async def serve() -> None:
        async with serving(made, listener("127.0.0.1", 0)) as made.address:
            up.set()
            await asyncio.to_thread(over.wait)

    thread = Thread(target=asyncio.run, args=(serve(),))
    thread.start()
    up.wait()
    yield made
    over.set()
    thread.join()


@OFFICE.parametrize()
@FIXED
def test_every_request(case: schemathesis.Case, office: Office) -> None:
    """Answered as the contract says: those that keep to it are taken, all others refused."""
    in_agreement(case)
    case.call_and_validate(base_url=office.address, headers=ALLOWED)


def test_requests_that_follow_each_other(office: Office) -> None:
    """What was filed can be looked up and withdrawn, as the links of the contract say."""
    seen: set[tuple[str, int]] = set()

    class Follows(OFFICE.as_state_machine()):  # type: ignore[misc] - made when it runs
        def setup(self) -> None:
            """Nothing that was filed before is known."""
            office.open_anew()

        def get_call_kwargs(self, case: schemathesis.Case) -> dict[str, object]:  # noqa: ARG002 - its signature
            """Where the office is."""
            return {"base_url": office.address, "headers": ALLOWED}

        def before_call(self, case: schemathesis.Case) -> None:
            """A right request is one that this office takes."""
            in_agreement(case)
            if isinstance(case.body, dict) and "duties" in case.body:
                case.body["duties"] = [DUTIES[0]]

        def after_call(self, response: schemathesis.Response, case: schemathesis.Case) -> None:
            """What was answered."""
            seen.add((case.method, response.status_code))

    Follows.run(settings=settings(FIXED, max_examples=25, stateful_step_count=6))
    assert {("POST", 201), ("GET", 200), ("DELETE", 200)} <= seen


def in_agreement(case: schemathesis.Case) -> None:
    """Path, body and key name the same filing, as OpenAPI cannot say; unless one is wrong by itself."""
    body = case.body if isinstance(case.body, dict) else {}
    named, revision = case.path_parameters.get("reference", body.get("reference")), body.get("revision", 1)
    if not isinstance(named, str) or not REFERENCE.fullmatch(named):
        return
    if REFERENCE.fullmatch(str(body.get("reference", ""))):
        body["reference"] = named
    if not _its_key_is_tried(case) and isinstance(revision, int | float):
        case.headers["Idempotency-Key"] = f"{named}.{revision:g}"


def _its_key_is_tried(case: schemathesis.Case) -> bool:
    """Whether nothing but its headers is wrong, so that they are to stay so."""
    header, body = ParameterLocation.HEADER, ParameterLocation.BODY
    return case.meta is not None and case.meta.is_negative_at(header) and not case.meta.is_negative_at(body)
