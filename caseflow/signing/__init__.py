"""Documents that several people sign, one after the other: here with their account, or with their own key (CMS)."""
