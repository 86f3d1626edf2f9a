"""What a file is, by its content, and whether it may be kept: asked of a child that can do no harm.

`examine` is what callers use. Everything beside it runs in the child and knows no Django and no path.
"""

from lockdown.files.answers import Examined, FileRefused
from lockdown.files.examining import MOST_BYTES, examine

__all__ = ["MOST_BYTES", "Examined", "FileRefused", "examine"]
