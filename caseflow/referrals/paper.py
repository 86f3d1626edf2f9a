"""A letter on paper, for a file or for an office that works on paper."""

from caseflow.documents.pdf import breakable, render_pdf
from caseflow.referrals.services.printing import Paper

TEMPLATE = "referrals/letter.typ"


def letter_pdf(paper: Paper) -> bytes:
    """The PDF, in one language or in two."""
    return render_pdf(TEMPLATE, breakable(paper.data), made_at_epoch_s=int(paper.made_at.timestamp()))
