from caseflow.journals.forms.asking import ExportForm, JournalFilter, year_said
from caseflow.journals.forms.columns import FormForm
from caseflow.journals.forms.planning import EndForm, ItemForm, RemarkForm
from caseflow.journals.forms.recording import ResultForm, WorkForms, work_form
from caseflow.journals.forms.reporting import ReportForm

__all__ = [
    "EndForm",
    "ExportForm",
    "FormForm",
    "ItemForm",
    "JournalFilter",
    "RemarkForm",
    "ReportForm",
    "ResultForm",
    "WorkForms",
    "work_form",
    "year_said",
]
