"""Packs come in whole, keep their hash, and are given only once somebody who answers for it says so."""

import io
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command

from caseflow.audit.models import AuditEntry
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.instruments.models import InstrumentVersion, InUse
from caseflow.instruments.rules.packs import BadPackError, digest_of
from caseflow.instruments.selectors.versions import catalogue, entry_of, given_at, may_import, region_of
from caseflow.instruments.services import import_pack, import_shipped, import_text, put_to_use, use_everywhere
from caseflow.records.append_only import AppendOnlyError
from tests.cases.factories import case_of, lead_over, psychologist
from tests.directory.factories import RegionFactory, SchoolFactory, actor
from tests.instruments.factories import given, pack_text, region_lead, school_of, shipped, translated_pack, version_of

pytestmark = pytest.mark.django_db


def in_use(who: Actor) -> dict[str, str]:
    return {entry.pack.instrument: entry.version.version for entry in given_at(school_of(who))}


def test_shipped_packs_are_imported_once_with_their_hash_and_put_to_use() -> None:
    new = import_shipped()
    assert len(new) == 9
    assert import_shipped() == []
    kept = InstrumentVersion.objects.get(instrument="asq")
    assert kept.digest == digest_of(pack_text("asq"))
    assert kept.content == pack_text("asq")
    assert InUse.objects.count() == 9


def test_a_new_release_does_not_change_what_is_given_by_itself() -> None:
    older = import_text(pack_text("gad-7").replace('version = "1"', 'version = "0"', 1))
    use_everywhere("gad-7", "0")
    import_shipped()
    assert InUse.objects.get(instrument="gad-7").version == older
    assert InstrumentVersion.objects.filter(instrument="gad-7").count() == 2


def test_an_imported_version_is_never_changed_or_removed() -> None:
    shipped()
    version = InstrumentVersion.objects.get(instrument="asq")
    version.content = "другой текст"
    with pytest.raises(AppendOnlyError):
        version.save()
    with pytest.raises(AppendOnlyError):
        version.delete()
    with pytest.raises(AppendOnlyError):
        InstrumentVersion.objects.update(digest="")


def test_the_lead_of_the_region_imports_an_approved_translation_and_it_is_offered_there() -> None:
    shipped()
    here, elsewhere = psychologist(), psychologist()
    lead = region_lead(school_of(here))
    version = import_pack(lead, translated_pack())
    assert (version.region_id, version.imported_by) == (lead.membership.region_id, lead.user)
    assert in_use(here)["gad-7"] == "1"
    put_to_use(lead, version.pk)
    assert (in_use(here)["gad-7"], in_use(elsewhere)["gad-7"]) == ("1-ru", "1")
    told = given_in_russian(here, version)
    assert told == "ru: Feeling nervous, anxious, or on edge"
    assert {entry.action for entry in AuditEntry.objects.filter(actor_id=lead.user.pk)} == {
        "instrument_imported",
        "instrument_put_to_use",
    }


def given_in_russian(who: Actor, version: InstrumentVersion) -> str:
    from_version = {entry.version.pk: entry for entry in given_at(school_of(who))}[version.pk]
    assert from_version.pack.offered == ("ru", "en")
    return from_version.pack.question("1").words["ru"]


def test_a_version_can_be_put_back() -> None:
    shipped()
    here = psychologist()
    lead = region_lead(school_of(here))
    put_to_use(lead, import_pack(lead, translated_pack()).pk)
    put_to_use(lead, version_of("gad-7").pk)
    assert in_use(here)["gad-7"] == "1"
    assert InUse.objects.filter(region=lead.membership.region_id).count() == 1


def test_a_questionnaire_that_was_given_keeps_its_version() -> None:
    shipped()
    here = psychologist()
    one = given(here, case_of(here), "gad-7").administration
    lead = region_lead(school_of(here))
    put_to_use(lead, import_pack(lead, translated_pack()).pk)
    one.refresh_from_db()
    assert one.version.version == "1"


def test_nobody_else_imports_or_puts_to_use() -> None:
    shipped()
    here = psychologist()
    for who in (here, lead_over(school_of(here)), actor(Role.DPO)):
        assert not may_import(who)
        with pytest.raises(PermissionDenied):
            import_pack(who, translated_pack())
        with pytest.raises(PermissionDenied):
            put_to_use(who, version_of("asq").pk)


def test_a_region_neither_sees_nor_uses_what_another_one_imported() -> None:
    shipped()
    there = region_lead(school_of(psychologist()))
    theirs = import_pack(there, translated_pack())
    mine = region_lead(school_of(psychologist()))
    with pytest.raises(InstrumentVersion.DoesNotExist):
        entry_of(mine, theirs.pk)
    with pytest.raises(InstrumentVersion.DoesNotExist):
        put_to_use(mine, theirs.pk)
    assert theirs.pk not in [entry.version.pk for entry in catalogue(mine).others]


def test_a_version_is_imported_once_and_what_is_for_trying_out_never() -> None:
    lead = region_lead(SchoolFactory.create())
    import_pack(lead, translated_pack())
    with pytest.raises(BadPackError, match="is here already"):
        import_pack(lead, translated_pack())
    with pytest.raises(BadPackError, match="trying out"):
        import_pack(lead, pack_text("demo"))
    with pytest.raises(BadPackError):
        import_pack(lead, "nonsense")
    assert InstrumentVersion.objects.count() == 1


def test_the_catalogue_shows_what_is_given_apart_from_the_rest() -> None:
    shipped()
    here = psychologist()
    lead = region_lead(school_of(here))
    version = import_pack(lead, translated_pack(status="unapproved"))
    seen = catalogue(lead)
    assert [entry.version.pk for entry in seen.others] == [version.pk]
    assert "demo" not in [entry.pack.instrument for entry in seen.used]
    assert seen.may_import
    assert entry_of(lead, version.pk).use is None
    assert entry_of(here, version_of("asq").pk).use is not None
    assert not catalogue(here).may_import


def test_the_region_of_somebody_is_that_of_their_unit() -> None:
    here = psychologist()
    region = school_of(here).district.region_id
    assert region_of(here) == region
    assert region_of(lead_over(school_of(here))) == region
    assert region_of(actor(Role.LEAD_PSYCHOLOGIST, region=RegionFactory.create())) != region
    assert region_of(actor(Role.DPO)) is None


def command(*arguments: str) -> str:
    out = io.StringIO()
    call_command("instruments", *arguments, stdout=out)
    return out.getvalue()


def test_the_command_ships_lists_imports_and_puts_to_use(tmp_path: Path) -> None:
    assert "9 new" in command("shipped")
    assert "0 new" in command("shipped")
    assert f"asq 1 in use {digest_of(pack_text('asq'))} en" in command("list")
    path = tmp_path / "pack.toml"
    path.write_text(translated_pack(), encoding="utf-8")
    assert digest_of(translated_pack()) in command("import", str(path))
    assert "gad-7 1-ru - " in command("list")
    command("use", "gad-7", "1-ru")
    assert f"gad-7 1-ru in use {digest_of(translated_pack())} ru,en" in command("list")


def test_the_command_says_what_is_wrong(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="cannot be read"):
        command("import", str(tmp_path / "none.toml"))
    bad = tmp_path / "bad.toml"
    bad.write_text("x = 1")
    with pytest.raises(CommandError, match="is missing"):
        command("import", str(bad))
    with pytest.raises(CommandError, match="no version"):
        command("use", "asq", "9")
