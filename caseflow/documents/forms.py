"""How a file is asked for."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from caseflow.documents.sheets import FileFormat, PaperLanguage


class FileForm(forms.Form):
    """Format and language of a file. Anything unknown counts as not asked."""

    format = forms.ChoiceField(label=_("Format"), required=False, choices=FileFormat.choices)
    language = forms.ChoiceField(label=_("Language of the file"), required=False, choices=PaperLanguage.choices)

    def __init__(self, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data, initial={"language": (get_language() or "ru")[:2], "format": FileFormat.XLSX})

    def wish(self) -> tuple[FileFormat, str]:
        """Format and language: XLSX and the reader's own where nothing was said."""
        self.is_valid()
        given = self.cleaned_data
        language = given.get("language") or (get_language() or "ru")[:2]
        return FileFormat(given.get("format") or FileFormat.XLSX), language
