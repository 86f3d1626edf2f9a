from notifications.enums import Trouble


class NotSentError(Exception):
    """A message was not taken. Carries a code of ours and how long the service asks to wait, never its words."""

    def __init__(self, trouble: Trouble, asked_s: float = 0) -> None:
        super().__init__(trouble.value)
        self.trouble = trouble
        self.asked_s = asked_s
