"""What the reports of the council count: each indicator as data, with its definition, unit, source and version."""
