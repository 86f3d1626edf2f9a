"""What the school psychological service has to keep (rule 14b): journals, the plan of a year, the annual report."""
