"""The socket is open to whoever acts in a role, and to nobody a day after the right has ended."""

from collections.abc import Callable

import pytest
from asgiref.sync import async_to_sync
from django.test import Client

from caseflow.directory.enums import Role
from tests.access.asking import Browsers, end_right, undone
from tests.access.cells import NONE, REVOKED
from tests.access.routes import CONNECT, all_routes
from tests.notifications.sockets import accepted, socket_of

pytestmark = pytest.mark.django_db


@async_to_sync
async def is_let_in(browsers: Browsers, role: Role | None) -> bool:
    """Whether the handshake succeeds. Its queries run in this thread, so they see the world that is never committed."""
    browser = Client()
    browser.cookies = browsers.cookies_of(role)
    socket = socket_of(browser)
    let_in = await accepted(socket)
    if let_in:
        await socket.disconnect()
    return let_in


def test_there_is_one_socket() -> None:
    assert [str(route) for route in all_routes() if route.method == CONNECT] == ["/ws/alerts/ CONNECT"]


def test_it_answers_everybody_as_the_rules_say(
    browsers: Browsers, record_property: Callable[[str, object], None]
) -> None:
    answers: dict[tuple[Role | None, str], bool] = {(None, NONE): is_let_in(browsers, None)}
    for role in Role:
        answers[role, NONE] = is_let_in(browsers, role)
        with undone():
            end_right(browsers.places, role)
            answers[role, REVOKED] = is_let_in(browsers, role)

    expected: dict[tuple[Role | None, str], bool] = {
        (role, relation): relation is NONE for role in Role for relation in (NONE, REVOKED)
    }
    expected[None, NONE] = False
    wrong = {asked: got for asked, got in answers.items() if got is not expected[asked]}
    record_property("cells", len(answers))
    record_property("failed", len(wrong))
    assert wrong == {}
