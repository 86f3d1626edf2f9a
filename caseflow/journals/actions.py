"""How the acts of this room read in the access log."""

from django.utils.translation import gettext_lazy as _

ACTIONS = {
    "journal_read": _("Looked at a journal of the service"),
    "journal_exported": _("Took a journal of the service as a file"),
    "journal_form_changed": _("Entered a form of a journal"),
    "work_recorded": _("Recorded what was done at an appointment"),
    "work_read": _("Read what was done at an appointment"),
    "result_recorded": _("Recorded to whom a result was explained"),
    "year_plan_item_written": _("Wrote an item of the year's plan"),
    "year_plan_item_removed": _("Removed an item of the year's plan"),
    "year_plan_item_restored": _("Took back at once that an item of the year's plan was removed"),
    "year_plan_item_ended": _("Recorded what became of an item of the year's plan"),
    "year_plan_copied": _("Copied the year's plan from the year before"),
    "year_plan_sent": _("Sent the year's plan to the principal"),
    "year_plan_approved": _("Approved the year's plan"),
    "year_plan_returned": _("Gave the year's plan back"),
    "year_plan_opened": _("Opened the approved plan of the year for changes"),
    "year_plan_exported": _("Took the year's plan as a file"),
    "annual_report_written": _("Wrote on the annual report"),
    "annual_report_signed": _("Signed the annual report"),
    "annual_report_exported": _("Took the annual report as a file"),
}
