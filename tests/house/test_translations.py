"""Every text in three languages, and the tools that see to it."""

from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

from ops import messages, translations


def test_translations_are_complete() -> None:
    assert translations.problems() == []


@pytest.fixture
def sources(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty project in place of ours."""
    for package in (*messages.PACKAGES, "templates", "locale"):
        (tmp_path / package).mkdir()
    monkeypatch.setattr(messages, "ROOT", tmp_path)
    monkeypatch.setattr(translations, "EQUAL", tmp_path / "locale" / "equal.toml")
    return tmp_path


def translate(language: str, entries: dict[str, str | tuple[str, ...]], **options: bool) -> None:
    catalogue = messages.translated(language)
    for message in catalogue:
        english = message.id if isinstance(message.id, str) else message.id[0]
        if english in entries:
            message.string = entries[english]
            message.flags |= {"fuzzy"} if options.get("fuzzy") else set()
    messages.write(catalogue, messages.catalogue_path(language))


def page(sources: Path, text: str) -> None:
    (sources / "templates" / "page.html").write_text(text, encoding="utf-8")
    messages.update()


def ids(catalogue: Catalog) -> set[object]:
    return {message.id for message in catalogue if message.id}


def test_messages_are_found_in_python(sources: Path) -> None:
    (sources / "caseflow" / "words.py").write_text(
        'a = _("One")\nb = ngettext("%(n)s pupil", "%(n)s pupils", n)\nc = pgettext("month", "May")\nd = other("Not")\n'
    )
    assert ids(messages.used()) == {"One", ("%(n)s pupil", "%(n)s pupils"), "May"}


def test_messages_are_found_in_templates_at_any_indentation(sources: Path) -> None:
    page(
        sources,
        """<ul>
        <li title="{% translate "First" %}">{{ _("Second")|upper }}
      {% blocktranslate trimmed count n=pupils %}
          {{ n }} pupil
      {% plural %}
          {{ n }} pupils
      {% endblocktranslate %}
  </ul>""",
    )
    assert ids(messages.used()) == {"First", "Second", ("%(n)s pupil", "%(n)s pupils")}


def test_an_update_keeps_translations_and_drops_what_is_used_no_more(sources: Path) -> None:
    page(sources, '{% translate "Stay" %}{% translate "Go" %}')
    translate("ru", {"Stay": "Остаться", "Go": "Уйти"})
    page(sources, '{% translate "Stay" %}{% translate "Come" %}')
    assert {m.id: m.string for m in messages.translated("ru") if m.id} == {"Stay": "Остаться", "Come": ""}


def test_an_update_without_changes_writes_the_same_bytes(sources: Path) -> None:
    page(sources, '{% translate "Stay" %}')
    before = messages.catalogue_path("kk").read_bytes()
    messages.update()
    assert messages.catalogue_path("kk").read_bytes() == before


def test_compiled_catalogues_hold_the_translations(sources: Path) -> None:
    page(sources, '{% translate "Stay" %}')
    translate("kk", {"Stay": "Қалу"})
    messages.compile_all()
    assert "Қалу".encode() in messages.catalogue_path("kk").with_suffix(".mo").read_bytes()


def test_a_complete_catalogue_has_no_problems(sources: Path) -> None:
    page(sources, "{% blocktranslate %}Hello {{ name }}{% endblocktranslate %}{% translate 'PDF' %}")
    (sources / "locale" / "equal.toml").write_text('PDF = "an abbreviation"')
    translate("kk", {"Hello %(name)s": "Сәлем, %(name)s", "PDF": "PDF"})
    translate("ru", {"Hello %(name)s": "Привет, %(name)s", "PDF": "PDF"})
    assert translations.problems() == []


@pytest.mark.parametrize(
    ("kazakh", "russian", "problem"),
    [
        ("", "Привет, %(name)s", "kk: 'Hello %(name)s': is not translated"),
        ("Сәлем", "Привет, %(name)s", "kk: 'Hello %(name)s': has other placeholders than the English text"),
        ("Сәлем, %(name)s", "Привет, %(nam)s", "ru: 'Hello %(name)s': has other placeholders than the English text"),
        ("%(name)s", "%(name)s", "kk and ru both say '%(name)s': translate, or give the reason in locale/equal.toml"),
        (
            "Сәлем, %(name)s",
            "Hello %(name)s",
            "en and ru both say 'Hello %(name)s': translate, or give the reason in locale/equal.toml",
        ),
    ],
)
def test_each_fault_is_named(sources: Path, kazakh: str, russian: str, problem: str) -> None:
    page(sources, "{% blocktranslate %}Hello {{ name }}{% endblocktranslate %}")
    translate("kk", {"Hello %(name)s": kazakh})
    translate("ru", {"Hello %(name)s": russian})
    assert translations.problems() == [problem]


def test_a_fuzzy_entry_is_named(sources: Path) -> None:
    page(sources, '{% translate "Stay" %}')
    translate("kk", {"Stay": "Қалу"})
    translate("ru", {"Stay": "Остаться"}, fuzzy=True)
    assert translations.problems() == ["ru: 'Stay': is fuzzy"]


def test_a_form_for_one_may_leave_out_the_number_but_all_forms_may_not(sources: Path) -> None:
    page(sources, "{% blocktranslate count n=n %}one pupil{% plural %}{{ n }} pupils{% endblocktranslate %}")
    translate("kk", {"one pupil": ("бір оқушы", "%(n)s оқушы")})
    translate("ru", {"one pupil": ("один ученик", "несколько учеников", "много учеников")})
    assert translations.problems() == ["ru: 'one pupil': has other placeholders than the English text"]
