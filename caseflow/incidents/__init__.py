"""Reports of incidents, parties with roles, two assessments."""
