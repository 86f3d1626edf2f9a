"""The board of a lead psychologist: workload and overdue school by school, work handed over, notes of supervision."""
