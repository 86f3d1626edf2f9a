"""Indicators, disclosure control, report snapshots."""
