from caseflow.protocols.forms.flows import DoneForm, LooksForm, ProofForm, SecondForm, first_looks

__all__ = ["DoneForm", "LooksForm", "ProofForm", "SecondForm", "first_looks"]
