"""Vietnamese text: normalising, folding for search, sort keys in dictionary order, close spellings."""

import difflib
import re
import unicodedata

_D = str.maketrans({"đ": "d", "Đ": "d"})
_SPACES = re.compile(r"\s+")
_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_RANK = {letter: number for number, letter in enumerate(_ALPHABET, 1)}
_TONES = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}
_MARKED = {
    "a\u0306": "ă",
    "a\u0302": "â",
    "e\u0302": "ê",
    "o\u0302": "ô",
    "o\u031b": "ơ",
    "u\u031b": "ư",
}
# How near two folded names must be before we ask "ý bạn là …?"; found by trying the variants of the real cases.
CLOSE = 0.82


def clean_text(text):
    """NFC, no double or outer white space; line ends are kept."""
    lines = unicodedata.normalize("NFC", text).replace("\r\n", "\n").split("\n")
    return "\n".join(_SPACES.sub(" ", line).strip() for line in lines).strip()


def fold(text):
    """Lower case without marks, đ → d, one blank between words: what search compares.

    "Uỷ ban", "Ủy ban" and "uy ban" fold to the same text, and so do "hoà" and "hòa".
    """
    text = unicodedata.normalize("NFD", text.translate(_D).casefold())
    return _SPACES.sub(" ", "".join(c for c in text if not unicodedata.combining(c))).strip()


def fold_name(text):
    """Like `fold`, and punctuation counts as a blank: for comparing names, "Văn hóa - Thể thao" = "Văn hóa, Thể thao"."""
    return _SPACES.sub(" ", re.sub(r"[^\w\s]", " ", fold(text))).strip()


def sort_key(text):
    """A text whose byte order is the order of a Vietnamese dictionary, on every database."""
    letters, tones = [], []
    for char in unicodedata.normalize("NFC", text.casefold()):
        base, tone = "", 0
        for part in unicodedata.normalize("NFD", char):
            if part in _TONES:
                tone = _TONES[part]
            else:
                base += part
        base = _MARKED.get(base, base)
        if base in _RANK:
            letters.append(chr(64 + _RANK[base]))
            tones.append(str(tone))
        elif char.isspace():
            letters.append("!")
            tones.append("0")
        elif char.isdigit():
            letters.append(char)
            tones.append("0")
    return "".join(letters) + " " + "".join(tones)


def close_names(text, names, limit=5):
    """The names nearest to `text` by folded spelling, best first; `names` maps folded name → anything."""
    return [names[key] for key in difflib.get_close_matches(fold_name(text), names, n=limit, cutoff=CLOSE)]


def count_words(number):
    """A count as official prose writes it: a leading zero under ten (DOC-32), a dot for thousands."""
    if 0 <= number < 10:
        return f"{number:02d}"
    return f"{number:,}".replace(",", ".")


def slugify_vi(text):
    """An address part out of a Vietnamese text: "Khối số 1" → "khoi-so-1"."""
    return re.sub(r"[^a-z0-9]+", "-", fold(text)).strip("-")
