"""How long what is written may be, and for how long what was given can be read."""

LONGEST_ACT, LONGEST_NUMBER, LONGEST_TEXT = 200, 60, 4_000
TERM_DAYS, LONGEST_TERM_DAYS = 10, 30
