"""What somebody is writing and has not saved: kept for its author alone, on every device."""
