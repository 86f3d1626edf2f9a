"""How long what is written in a council may be, in characters."""

from typing import Final

LONGEST_TEXT: Final = 4000
LONGEST_WORDS: Final = 2000
LONGEST_TITLE: Final = 300
LONGEST_NAME: Final = 200
