"""The papers of a case for a meeting: a profile of one or two pages, and the whole chronology."""
