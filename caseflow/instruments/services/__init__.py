from caseflow.instruments.services.entering import finish, save_answers, stop
from caseflow.instruments.services.giving import Given, give, renew_code, type_total
from caseflow.instruments.services.importing import import_pack, import_shipped, import_text, put_to_use, use_everywhere
from caseflow.instruments.services.reading import open_card, open_case_sheet, open_result, open_sheet
from caseflow.instruments.services.responding import open_code, respond

__all__ = [
    "Given",
    "finish",
    "give",
    "import_pack",
    "import_shipped",
    "import_text",
    "open_card",
    "open_case_sheet",
    "open_code",
    "open_result",
    "open_sheet",
    "put_to_use",
    "renew_code",
    "respond",
    "save_answers",
    "stop",
    "type_total",
    "use_everywhere",
]
