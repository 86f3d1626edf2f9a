"""Pages for everybody: no cookie is read or set, and what is kept differs by language alone."""

from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from caseflow.openly import OpenPages


def answered(path: str) -> tuple[str, HttpResponse]:
    """Which cookies the page saw, and its answer after a cookie was to be set."""
    seen: list[str] = []

    def page(request: HttpRequest) -> HttpResponse:
        seen.extend(request.COOKIES)
        response = HttpResponse(headers={"Vary": "Accept-Language, Cookie"})
        response.set_cookie("sessionid", "1")
        return response

    request = RequestFactory().get(path, headers={"Cookie": "sessionid=secret"})
    response = OpenPages(page)(request)
    assert isinstance(response, HttpResponse)
    return " ".join(seen), response


def test_a_page_for_everybody_knows_nobody() -> None:
    seen, response = answered("/open/mangystau/")
    assert (seen, list(response.cookies), response["Vary"]) == ("", [], "Accept-Language")


def test_other_pages_are_as_they_were() -> None:
    seen, response = answered("/explorer/open/")
    assert (seen, list(response.cookies), response["Vary"]) == ("sessionid", ["sessionid"], "Accept-Language, Cookie")
