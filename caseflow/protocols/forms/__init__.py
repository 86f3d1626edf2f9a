from caseflow.protocols.forms.flows import LooksForm, ProofForm, SecondForm, first_looks

__all__ = ["LooksForm", "ProofForm", "SecondForm", "first_looks"]
