"""Model files come onto this machine. What is not what its pin says changes nothing of what is here."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction
from django.db.models import ProtectedError, Q

from analytics.models import AnalysisRun, ModelCard
from analytics.pipeline.errors import WrongSum
from analytics.pipeline.fetching import download, is_address, read_file
from analytics.pipeline.model_store import Staged
from analytics.pipeline.trial import try_model
from analytics.rules.cards import is_builtin
from analytics.rules.pack_cards import draft_card, in_order
from analytics.rules.pack_sources import WantedFile
from analytics.rules.refusals import RefusedError
from analytics.rules.run_states import ACTIVE
from analytics.selectors.switching import current_card, second_card
from analytics.services.model_files import model_store, packaged_bytes
from caseflow.audit.services import record


@dataclass(frozen=True, slots=True)
class InstalledPack:
    """The card of the pack; `fresh` where there was none of this content before."""

    card: ModelCard
    fresh: bool


def install_pack(wanted: Sequence[WantedFile]) -> InstalledPack:
    """Fetch, verify and try every file, then keep them all and write down the pack's card, a draft.

    A pack of the same files keeps its card; what was missing or spoilt of them is there again. Raises RefusedError
    (pack_incomplete), SourceError, ModelRefused, ModelMissing or ModelChanged; then nothing is kept.
    """
    files = in_order([each.file for each in wanted])
    if files is None:
        raise RefusedError("pack_incomplete")
    store = model_store()
    with ExitStack() as stack:
        staged = [_verified(each, stack.enter_context(store.staged(_blocks(each.where)))) for each in _coming(wanted)]
        with store.alone():
            for file in staged:
                store.keep(file)
            return _write_down(draft_card(files))


def remove_pack(card: ModelCard) -> bool:
    """Remove the files that no other card names. Returns whether the card went too: it stays where it was used.

    Raises RefusedError: pack_in_use while it is chosen or an analysis waits for it, pack_builtin.
    """
    if is_builtin(card):
        raise RefusedError("pack_builtin")
    store = model_store()
    with store.alone():
        others = {sum_ for other in ModelCard.objects.exclude(pk=card.pk) for sum_ in sums_of(other)}
        with transaction.atomic():
            if card in (current_card(), second_card()) or _is_awaited(card):
                raise RefusedError("pack_in_use")
            gone = _delete(card)
            record(action="model.removed", actor_id=None, role="", obj=f"card:{card.slug}")
        for sum_ in set(sums_of(card)) - others:
            store.remove(sum_)
    return gone


def _coming(wanted: Sequence[WantedFile]) -> Iterator[WantedFile]:
    """Those that are not here yet; what came with the product is verified where it lies."""
    for each in wanted:
        if each.where:
            yield each
        else:
            packaged_bytes(each.file)


def _blocks(where: str) -> Iterator[bytes]:
    return download(where) if is_address(where) else read_file(Path(where))


def _verified(wanted: WantedFile, staged: Staged) -> Staged:
    if staged.sha256 != wanted.file.sha256:
        raise WrongSum(f"{wanted.where}: sha256 {staged.sha256}, pinned {wanted.file.sha256}")
    try_model(staged.path, wanted.file.layout)
    return staged


@transaction.atomic
def _write_down(fields: dict[str, object]) -> InstalledPack:
    card, fresh = ModelCard.objects.get_or_create(pack=fields["pack"], version=fields["version"], defaults=fields)
    record(action="model.installed", actor_id=None, role="", obj=f"card:{card.slug}", detail={"files": sums_of(card)})
    return InstalledPack(card, fresh)


def sums_of(card: ModelCard) -> list[str]:
    """The sha256 of each file of the card."""
    return [file["sha256"] for file in card.files]


def _is_awaited(card: ModelCard) -> bool:
    return AnalysisRun.objects.filter(Q(card=card) | Q(second_card=card), state__in=ACTIVE).exists()


def _delete(card: ModelCard) -> bool:
    try:
        with transaction.atomic():
            ModelCard.objects.get(pk=card.pk).delete()
    except ProtectedError:
        return False
    return True
