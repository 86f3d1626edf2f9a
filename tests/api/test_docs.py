"""The page that documents the API: it works under the policy of the pages, scripts from this installation only."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer


def test_visitors_and_staff_read_the_same_schema(client: Client, db: None) -> None:
    response = client.get(reverse("api:schema"), headers={"accept": "application/json"})
    assert response.status_code == 200
    assert response.json()["info"]["title"] == "Tirek API"


def test_its_scripts_and_styles_are_files_of_this_installation(client: Client, db: None) -> None:
    response = client.get(reverse("api:docs"))
    page = response.content.decode()
    assert "script-src 'self';" in response.headers["Content-Security-Policy"]
    assert not re.findall(r"<script(?![^>]*\bsrc=)", page)
    assert re.findall(r"(?:src|href)=\"((?:https?:)?//[^\"]+)", page) == []


@pytest.mark.browser
def test_it_lists_the_operations_in_a_browser(browser: Browser, live_server: LiveServer) -> None:
    page = browser.new_page(base_url=live_server.url)
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(reverse("api:docs"))
    listed = page.locator(".opblock-summary-path")
    expect(listed.first).to_be_visible()
    # Beyond a hundred operations the page keeps only those in the document that are near the window.
    for _screen in range(60):
        if listed.get_by_text("/cases/", exact=False).count():
            break
        page.mouse.wheel(0, 600)
        page.wait_for_timeout(100)
    expect(listed.get_by_text("/cases/", exact=False).first).to_be_visible()
    assert complaints == []
    page.close()
