from caseflow.protocols.selectors.flows import running_high_risk, scoped_flows

__all__ = ["running_high_risk", "scoped_flows"]
