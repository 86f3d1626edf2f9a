"""Files of a case: looked through before they are kept, sealed, shown as pictures of their pages, and who looked."""
