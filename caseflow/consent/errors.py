"""What can stand against an act on the ledger, in words for the person who tried."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class ConsentError(Exception):
    """Nothing was done. `message` says what happened and what to do, in the language of the page."""

    message: Promise | str = ""

    def __str__(self) -> str:
        return str(self.args[0] if self.args else self.message)


class NotConfirmedError(ConsentError):
    message = _("Open the full text and confirm it first.")


class TextOutdatedError(ConsentError):
    message = _("The text has changed meanwhile. Read the new one and confirm it.")


class NoSchoolYearError(ConsentError):
    message = _("The school year is not set up yet, so a consent would have no end. Ask the school office.")


class NothingToWithdrawError(ConsentError):
    message = _("There is no consent to withdraw.")


class AlreadyAnsweredError(ConsentError):
    message = _("Somebody else has already checked this entry.")


class SamePersonError(ConsentError):
    message = _("A second person must check this. You entered it yourself.")


class NotItsGuardianError(ConsentError):
    message = _("This person does not stand for the pupil today.")


class LastDayError(ConsentError):
    message = _("The last day is today or earlier, and not before the guardianship began.")


class UnreadableScanError(ConsentError):
    message = _("The scan must be a PDF, JPEG or PNG file of at most 10 MB.")


class InvitationError(ConsentError):
    message = _("This code does not work. Ask the school office for a new one.")


class OwnAccountError(ConsentError):
    message = _("This code is for a pupil, who makes an account of their own. Sign out first.")


class TooManyAttemptsError(ConsentError):
    message = _("Too many attempts. Try again in 15 minutes.")


class NotNeededError(ConsentError):
    message = _("This changes nothing: it is so already.")


class SupersededError(ConsentError):
    message = _("The guardian has decided anew since this form was signed. The newer decision holds.")
