from caseflow.plans.selectors.versions import signed_plan

__all__ = ["signed_plan"]
