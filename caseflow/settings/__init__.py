"""Settings, by concern. Everything that differs between installations comes from the environment."""

import django_stubs_ext

from caseflow.settings.access import *  # noqa: F403  a settings module is its names
from caseflow.settings.base import *  # noqa: F403  as above
from caseflow.settings.delivery import *  # noqa: F403  as above

django_stubs_ext.monkeypatch()  # lets `ModelForm[Room]` and `ModelAdmin[…]` be written at run time
