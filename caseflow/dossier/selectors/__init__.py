from caseflow.dossier.selectors.offering import Made, Offer, offer_of, read_offer

__all__ = ["Made", "Offer", "offer_of", "read_offer"]
