"""Referrals to an agency or another school, and the transfer of a case to the school to which its pupil has moved."""
