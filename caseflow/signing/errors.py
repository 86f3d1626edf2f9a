"""Why something is not signed; the text is for the person who wanted to, in the language of the page."""


class NotSignedError(Exception):
    """The reason in words. Nothing was kept."""
