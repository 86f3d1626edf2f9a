"""What fixed buttons send. Like the phones': no session, second factor or limit stands before a press (rule 20)."""

import json
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from caseflow.alarms.rules.buttons import signature
from caseflow.alarms.selectors.buttons import HEARTBEAT, term
from caseflow.alarms.services import ReplayedError, UnknownButtonError, hear_heartbeat, hear_press
from caseflow.alarms.services.hearing import Heard, Signed

SIGNATURE = "Tirek-Signature"
JSON = "application/json"


@require_POST
@csrf_exempt
@never_cache
def press(request: HttpRequest) -> HttpResponse:
    """A button was pressed. The same press sent again gets the same answer."""
    return _heard(request, hear_press)


@require_POST
@csrf_exempt
@never_cache
def heartbeat(request: HttpRequest) -> HttpResponse:
    """A button lives."""
    return _heard(request, hear_heartbeat)


def _heard(request: HttpRequest, hear: Callable[[Signed], Heard]) -> HttpResponse:
    given = request.headers.get(SIGNATURE, "")
    try:
        heard = hear(Signed(request.method or "", request.path, request.body, given))
    except UnknownButtonError:
        body = json.dumps({"detail": "No button in force has signed this."})
        return HttpResponse(body, status=401, content_type=JSON)
    except ReplayedError as replayed:
        return _answer(request, replayed.key, given, 409, replayed.counter)
    return _answer(request, heard.key, given, 200, heard.counter, heard)


def _answer(
    request: HttpRequest, key: bytes, given: str, status: int, counter: int, heard: Heard | None = None
) -> HttpResponse:
    """Signed over the signature of the question, so that an answer fits no other one."""
    said: dict[str, str | int] = {
        "counter": counter,
        "time": int(timezone.now().timestamp()),
        "heartbeat_s": int(term(HEARTBEAT).total_seconds()),
    }
    if heard and heard.alarm:
        said |= {"alarm": str(heard.alarm.pk), "state": heard.alarm.state}
    body = json.dumps(said).encode()
    signed = signature(key, b"ANSWER", str(status).encode(), given.strip().lower().encode(), body)
    return HttpResponse(body, status=status, content_type=JSON, headers={SIGNATURE: signed})
