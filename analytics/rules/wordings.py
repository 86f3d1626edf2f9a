"""How the codes of this room's queue items read."""

from typing import Final

from django.utils.translation import gettext_lazy as _

TITLE_CODE: Final = "mood_shift"
QUALITY_CODES: Final = {1: "mood_weak", 2: "mood_medium", 3: "mood_good"}

TITLE = _("Sustained shift of mood")
LINE = _("On %(above)s of %(days)s days the share of negative expression was above the pupil's own usual range")
QUALITY = _("enough data on %(coverage)s %% of the days")
