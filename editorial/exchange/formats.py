"""The one table of the formats in which translations leave and come back."""

from editorial.exchange.po import PO
from editorial.exchange.xliff import XLIFF

FORMATS = {one.key: one for one in (PO, XLIFF)}
READERS = {ending: one for one in FORMATS.values() for ending in one.endings}
# As forms and messages name them.
NAMES = ", ".join(one.label for one in FORMATS.values())
ENDINGS = ", ".join(READERS)
