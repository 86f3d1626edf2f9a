"""The forms of a council. What stands against an act is said by the services."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from caseflow.cases.forms.inputs import area
from caseflow.council.enums import DecisionState, Duty, Move, Presence, SessionKind
from caseflow.council.limits import LONGEST_NAME, LONGEST_TEXT, LONGEST_TITLE, LONGEST_WORDS
from caseflow.council.models import AgendaItem, Council, Decision, Member, Session
from caseflow.council.rules import MOVES
from caseflow.council.selectors.people import possible_users
from caseflow.council.selectors.register import LATE, WAITING, Asked
from caseflow.council.selectors.scope import agencies_of
from caseflow.council.services import Called, Drafted, Named, Point, Proof, Said, Seat
from caseflow.council.wording import ASKS
from caseflow.directory.models import Agency

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
MOMENT = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
NO_CHILD = _("Names of children do not belong here: the council hears of duties, not of children.")


class CouncilForm(forms.Form):
    """What the council is called, and its quorum."""

    name_kk = forms.CharField(label=_("Name in Kazakh"), max_length=160)
    name_ru = forms.CharField(label=_("Name in Russian"), max_length=160)
    name_en = forms.CharField(label=_("Name in English"), max_length=160, required=False)
    quorum_percent = forms.IntegerField(
        label=_("Quorum, percent of the members"), min_value=1, max_value=100, initial=50
    )

    @classmethod
    def of(cls, council: Council | None, data: Any = None) -> "CouncilForm":
        names = ("name_kk", "name_ru", "name_en", "quorum_percent")
        return cls(data, initial={name: getattr(council, name) for name in names} if council else None)

    def named(self) -> Named:
        return Named(**self.cleaned_data)


class SeatForm(forms.Form):
    """Who comes to sit in the council."""

    name = forms.CharField(label=pgettext_lazy("person", "Name"), max_length=LONGEST_NAME)
    position = forms.CharField(label=_("Office"), max_length=LONGEST_NAME)
    agency = forms.ModelChoiceField(
        label=_("Body"), queryset=Agency.objects.none(), required=False, empty_label=_("for nobody")
    )
    duty = forms.ChoiceField(label=_("In the council"), choices=Duty.choices, initial=Duty.MEMBER)
    user = forms.ModelChoiceField(
        label=_("Signs in here as"), queryset=Agency.objects.none(), required=False, empty_label=_("does not sign in")
    )
    since = forms.DateField(label=_("Since"), widget=DAY, initial=timezone.localdate)

    def __init__(self, council: Council, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = agencies_of(council)  # type: ignore[attr-defined]
        self.fields["user"].queryset = possible_users(council)  # type: ignore[attr-defined]

    def seat(self) -> Seat:
        given = self.cleaned_data
        agency, user = given["agency"], given["user"]
        return Seat(
            name=given["name"],
            position=given["position"],
            duty=given["duty"],
            since=given["since"],
            agency=agency.pk if agency else None,
            user=user.pk if user else None,
        )


class SessionForm(forms.Form):
    """When and where a session is held."""

    kind = forms.ChoiceField(label=_("Kind"), choices=SessionKind.choices)
    starts_at = forms.DateTimeField(label=_("Begins"), widget=MOMENT, input_formats=["%Y-%m-%dT%H:%M"])
    place = forms.CharField(label=_("Place"), max_length=LONGEST_NAME)

    @classmethod
    def of(cls, session: Session | None, data: Any = None) -> "SessionForm":
        if session is None:
            return cls(data)
        shown = {"kind": session.kind, "starts_at": timezone.localtime(session.starts_at), "place": session.place}
        return cls(data, initial=shown)

    def called(self) -> Called:
        return Called(**self.cleaned_data)


class ReasonForm(forms.Form):
    """Why a session is called off."""

    reason = forms.CharField(label=_("Why it is called off"), max_length=LONGEST_TITLE)


class PointForm(forms.Form):
    """A point of the agenda."""

    title = forms.CharField(label=_("What is spoken of"), max_length=LONGEST_TITLE, help_text=NO_CHILD)
    agency = forms.ModelChoiceField(
        label=_("Who reports"), queryset=Agency.objects.none(), required=False, empty_label=_("nobody yet")
    )
    speaker = forms.CharField(label=_("By name"), max_length=LONGEST_NAME, required=False)

    def __init__(self, council: Council, *args: Any, item: AgendaItem | None = None, **kwargs: Any) -> None:
        if item is not None:
            kwargs["initial"] = {"title": item.title, "agency": item.agency_id, "speaker": item.speaker}
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = agencies_of(council)  # type: ignore[attr-defined]

    def point(self) -> Point:
        agency = self.cleaned_data["agency"]
        return Point(self.cleaned_data["title"], agency.pk if agency else None, self.cleaned_data["speaker"])


class HeardForm(forms.Form):
    """What the minutes say of a point."""

    heard = forms.CharField(label=_("What was heard"), max_length=LONGEST_TEXT, widget=area(4), help_text=NO_CHILD)


class DecisionForm(forms.Form):
    """A decision as it is drafted. What it lacks is said when it is approved."""

    text = forms.CharField(label=_("What is decided"), max_length=LONGEST_TEXT, widget=area(4), help_text=NO_CHILD)
    agency = forms.ModelChoiceField(
        label=_("Agency that carries it out"), queryset=Agency.objects.none(), required=False, empty_label=_("not yet")
    )
    person = forms.CharField(
        label=_("Who answers for it there"),
        help_text=_("Office and name of an official."),
        max_length=LONGEST_NAME,
        required=False,
    )
    due_on = forms.DateField(label=_("Until which day"), widget=DAY, required=False)
    item = forms.ModelChoiceField(
        label=_("Point of the agenda"), queryset=AgendaItem.objects.none(), required=False, empty_label=_("none")
    )

    def __init__(self, session: Session, *args: Any, decision: Decision | None = None, **kwargs: Any) -> None:
        if decision is not None:
            names = ("text", "person", "due_on")
            kept = {name: getattr(decision, name) for name in names}
            kwargs["initial"] = kept | {"agency": decision.agency_id, "item": decision.item_id}
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = agencies_of(session.council)  # type: ignore[attr-defined]
        self.fields["item"].queryset = session.items.all()  # type: ignore[attr-defined]

    def drafted(self) -> Drafted:
        given = self.cleaned_data
        agency, item = given["agency"], given["item"]
        return Drafted(
            text=given["text"],
            agency=agency.pk if agency else None,
            person=given["person"],
            due_on=given["due_on"],
            item=item.pk if item else None,
        )


class AttendanceForm(forms.Form):
    """Who is there: a choice for each member, and who came instead. `rest` says where all others are."""

    rest = forms.ChoiceField(choices=Presence.choices, required=False)

    def __init__(self, members: Iterable[Member], *args: Any, known: dict[int, tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.members = tuple(members)
        for member in self.members:
            presence, instead = known.get(member.pk, ("", ""))
            self.fields[f"at-{member.pk}"] = forms.ChoiceField(
                label=_("There?"),
                choices=[("", _("not said yet")), *Presence.choices],
                required=False,
                initial=presence,
            )
            self.fields[f"for-{member.pk}"] = forms.CharField(
                label=_("Who came instead of %(name)s") % {"name": member.name},
                max_length=LONGEST_NAME,
                required=False,
                initial=instead,
            )

    @property
    def rows(self) -> list[tuple[Member, forms.BoundField, forms.BoundField]]:
        return [(member, self[f"at-{member.pk}"], self[f"for-{member.pk}"]) for member in self.members]

    def presences(self) -> dict[int, tuple[str, str]]:
        """What was said, of each member or of all others; without members of whom nothing was."""
        given = self.cleaned_data
        rest = given["rest"]
        said = {member.pk: (given[f"at-{member.pk}"] or rest, given[f"for-{member.pk}"]) for member in self.members}
        return {pk: one for pk, one in said.items() if one[0]}


class FilesInput(forms.FileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files at once, none allowed."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        return [super(FilesField, self).clean(one, initial) for one in data or []]


class MoveForm(forms.Form):
    """What goes with a move: words, a day, files."""

    words = forms.CharField(max_length=LONGEST_WORDS, widget=area(3), required=False)
    until = forms.DateField(label=_("Until which day"), widget=DAY, required=False)
    proofs = FilesField(label=_("Files that prove it"), required=False)

    def __init__(self, move: Move, data: Any = None, files: Any = None, *, until: date | None = None) -> None:
        super().__init__(data, files, auto_id=f"{move}-%s", initial={"until": until})
        self.move = move
        words = self.fields["words"]
        words.label, words.required = ASKS.get(move, ""), MOVES[move].words
        if move == Move.APPROVE:
            del self.fields["words"]
        if move not in (Move.ASK_LONGER, Move.GIVE_LONGER):
            del self.fields["until"]
        if move not in (Move.PROGRESS, Move.REPORT):
            del self.fields["proofs"]

    def said(self) -> Said:
        given = self.cleaned_data
        files: list[UploadedFile[Any]] = given.get("proofs") or []
        sent = [Proof(one.name or "", one.read()) for one in files]
        return Said(given.get("words") or "", given.get("until"), sent)


class RegisterForm(forms.Form):
    """What of the register is shown. Anything unknown counts as not asked."""

    state = forms.ChoiceField(label=_("State"), required=False)
    agency = forms.TypedChoiceField(label=_("Agency"), required=False, coerce=int, empty_value=None)
    year = forms.TypedChoiceField(label=_("Year"), required=False, coerce=int, empty_value=None)

    def __init__(self, data: Any, agencies: Iterable[Agency], years: Iterable[int]) -> None:
        super().__init__(data)
        states = [(one.value, one.label) for one in DecisionState if one != DecisionState.DRAFT]
        waits = [(LATE, _("overdue")), (WAITING, _("the chair has to answer"))]
        self.fields["state"].choices = [("", _("all")), *waits, *states]  # type: ignore[attr-defined]
        self.fields["agency"].choices = [("", _("all")), *((one.pk, str(one)) for one in agencies)]  # type: ignore[attr-defined]
        self.fields["year"].choices = [("", _("all")), *((year, str(year)) for year in years)]  # type: ignore[attr-defined]

    def asked(self) -> Asked:
        self.is_valid()
        given = self.cleaned_data
        return Asked(given.get("state") or "", given.get("agency"), given.get("year"))
