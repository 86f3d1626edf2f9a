"""Appointments of the psychologists: the calendar, what became of each, reminders, and a feed of busy times."""
