"""Calendars, deadlines and the clocks that run towards them."""
