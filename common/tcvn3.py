"""TCVN3 (“ABC” fonts, .VnTime …): old lists whose letters are bytes of another meaning; recognised, converted on request."""

import re

# Byte by byte as Latin-1 shows it → the letter that the font drew. Capitals with a tone had a font of their own.
_PAIRS = (
    "µà¸á¶ả·ã¹ạ¨ă»ằ¾ắ¼ẳ½ẵÆặ©âÇầÊấÈẩÉẫËậ®đÌèÐéÎẻÏẽÑẹªêÒềÕếÓểÔễÖệ×ìÝíØỉÜĩÞị"
    "ßòãóáỏâõäọ«ôåồèốæổçỗéộ¬ơêờíớëởìỡîợïùóúñủòũôụ\u00adưõừøứöử÷ữùựúỳýýûỷüỹþỵ"
    "¡Ă¢Â£Ê¤Ô¥Ơ¦Ư§Đ"
)
TABLE = dict(zip(_PAIRS[::2], _PAIRS[1::2], strict=True))
_TRANSLATION = str.maketrans(TABLE)
# Letters that a Vietnamese text in Unicode has as well, and signs of everyday writing, prove nothing.
_SHARED = set("ãáâèéêìíòóôõùúý") | set("·«§©®¬£¤¥¦\u00ad")
_CHARACTERISTIC = set(TABLE) - _SHARED
# What only Unicode has: ă đ ĩ ũ ơ ư and everything with a tone above a mark.
_UNICODE = re.compile("[\u0102\u0103\u0110\u0111\u0128\u0129\u0168\u0169\u01a0\u01a1\u01af\u01b0\u1ea0-\u1ef9\u0300-\u0323]")


def is_unicode(text):
    """Whether the text holds a letter that TCVN3 cannot hold."""
    return bool(_UNICODE.search(text))


def is_tcvn3(text):
    """Whether the text is surely TCVN3: a letter that no Vietnamese text has, and none that only Unicode has."""
    return not is_unicode(text) and bool(_CHARACTERISTIC.intersection(text))


def to_unicode(text):
    """The text of a TCVN3 text. Ask `is_tcvn3` or the user first: applied to Unicode it would spoil it."""
    return text.translate(_TRANSLATION)


def converted(texts):
    """Text → converted text, for the texts of one sheet that are TCVN3.

    A text without a sure letter ("Sè 1") goes with the sheet, unless some other text of the sheet is surely Unicode.
    """
    texts = [text for text in texts if not text.isascii()]
    sure = {text for text in texts if is_tcvn3(text)}
    if not sure:
        return {}
    if not any(is_unicode(text) for text in texts):
        sure = set(texts)
    return {text: to_unicode(text) for text in sure}
