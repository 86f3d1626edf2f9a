"""Case, chronology, notes, tasks, risk."""
