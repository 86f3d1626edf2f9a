from caseflow.dossier.services.making import make_paper, open_offer

__all__ = ["make_paper", "open_offer"]
