from caseflow.cases.selectors.scope import open_case_of, scoped_cases, workable_tasks

__all__ = ["open_case_of", "scoped_cases", "workable_tasks"]
