"""Excel in and out: which sheets there are, and by which word their addresses name them."""

from blocs.enums import ImportKind
from blocs.sheets.accounts import AccountSheet
from blocs.sheets.blocs import BlocSheet
from blocs.sheets.offices import OfficeSheet
from blocs.sheets.units import UnitSheet

SHEETS = {
    ImportKind.UNITS: UnitSheet,
    ImportKind.BLOCS: BlocSheet,
    ImportKind.OFFICES: OfficeSheet,
    ImportKind.ACCOUNTS: AccountSheet,
}
# The word of the address → the kind.
WORDS = {
    "don-vi": ImportKind.UNITS,
    "khoi": ImportKind.BLOCS,
    "chuc-vu": ImportKind.OFFICES,
    "tai-khoan": ImportKind.ACCOUNTS,
}


def sheet_of(kind):
    """A fresh sheet of that kind; one per file, because it remembers what it has read."""
    return SHEETS[ImportKind(kind)]()


def word_of(kind):
    return next(word for word, value in WORDS.items() if value == kind)
