"""Pictures for the demo: calm flat drawings of our own, always captioned as illustrations; no photograph of anybody."""

import math
from io import BytesIO

from PIL import Image, ImageDraw, ImageFilter

CAPTION_SUFFIX = "(tranh minh họa)"
WIDTH, HEIGHT = 1600, 1000
# Drawn larger and scaled down, so that edges are smooth.
_SCALE = 2

_RED = (168, 19, 27)
_RED_DEEP = (120, 10, 17)
_GOLD = (214, 172, 86)
_GOLD_PALE = (240, 222, 178)
_CREAM = (250, 246, 238)
_SAND = (233, 222, 203)
_WOOD = (150, 92, 56)
_WOOD_DEEP = (112, 66, 40)
_WHITE = (255, 255, 255)
_INK = (58, 44, 40)
_SKIN = ((226, 178, 142), (208, 156, 120), (236, 192, 158))
_SUITS = ((52, 66, 92), (74, 60, 66), (44, 88, 92), (88, 70, 52), (60, 60, 74))
_DRESSES = ((176, 58, 72), (58, 104, 128), (146, 92, 138), (62, 120, 98), (196, 128, 60))


class _Canvas:
    """Pillow's drawing with our coordinates (1600 × 1000)."""

    def __init__(self, ground):
        self.image = Image.new("RGB", (WIDTH * _SCALE, HEIGHT * _SCALE), ground)
        self.pen = ImageDraw.Draw(self.image)

    def _at(self, points):
        return [tuple(value * _SCALE for value in point) for point in points]

    def box(self, left, top, right, bottom, fill, radius=0):
        self.pen.rounded_rectangle(self._at([(left, top), (right, bottom)]), radius * _SCALE, fill)

    def oval(self, x, y, width, height, fill):
        self.pen.ellipse(self._at([(x - width / 2, y - height / 2), (x + width / 2, y + height / 2)]), fill)

    def shape(self, points, fill):
        self.pen.polygon(self._at(points), fill)

    def line(self, points, fill, width):
        self.pen.line(self._at(points), fill, int(width * _SCALE), joint="curve")

    def arc(self, x, y, width, height, start, end, fill, thickness):
        box = self._at([(x - width / 2, y - height / 2), (x + width / 2, y + height / 2)])
        self.pen.arc(box, start, end, fill, int(thickness * _SCALE))

    def star(self, x, y, radius, fill):
        points = []
        for corner in range(10):
            length = radius if corner % 2 == 0 else radius * 0.382
            angle = math.radians(corner * 36 - 90)
            points.append((x + length * math.cos(angle), y + length * math.sin(angle)))
        self.shape(points, fill)

    def fade(self, left, top, right, bottom, first, last):
        """A quiet change of colour from top to bottom."""
        for row in range(int(top), int(bottom)):
            part = (row - top) / max(bottom - top, 1)
            mixed = tuple(round(a + (b - a) * part) for a, b in zip(first, last, strict=True))
            self.box(left, row, right, row + 1, mixed)

    def glow(self, x, y, width, height, colour, strength=90):
        """A soft light on a wall."""
        mask = Image.new("L", self.image.size, 0)
        box = self._at([(x - width / 2, y - height / 2), (x + width / 2, y + height / 2)])
        ImageDraw.Draw(mask).ellipse(box, fill=strength)
        mask = mask.resize((WIDTH // 4, HEIGHT // 4)).filter(ImageFilter.GaussianBlur(22)).resize(self.image.size)
        self.image.paste(Image.new("RGB", self.image.size, colour), mask=mask)
        self.pen = ImageDraw.Draw(self.image)

    def jpeg(self):
        body = BytesIO()
        picture = self.image.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)
        picture.save(body, "JPEG", quality=88, optimize=True)
        return body.getvalue()


def conference_hall():
    """A hall seen from the back rows: stage, curtain, lectern, delegates."""
    art = _Canvas(_CREAM)
    art.fade(0, 0, 1600, 640, (252, 248, 240), (240, 228, 208))
    _ceiling(art)
    _curtain(art, 250, 110, 1350, 560)
    _flag(art, 800, 240, 200)
    _stage(art)
    _presidium(art, 800, 470)
    _lectern(art, 420, 420)
    for x in (290, 1310):
        _flowers(art, x, 560, 1.15)
    _rows_of_heads(art)
    return art.jpeg()


def signing_table():
    """Two delegates sign at a long table with flowers and flags while others stand behind them."""
    art = _Canvas(_CREAM)
    art.fade(0, 0, 1600, 720, (251, 247, 239), (242, 231, 213))
    for x in range(0, 1600, 200):
        art.box(x + 14, 70, x + 186, 640, (247, 239, 225), radius=6)
        art.box(x + 22, 78, x + 178, 632, (252, 248, 240), radius=4)
    art.glow(800, 260, 900, 520, _WHITE)
    art.fade(0, 720, 1600, 1000, (190, 132, 88), (150, 98, 62))
    for number, x in enumerate((330, 480, 640, 960, 1120, 1270)):
        _person(art, x, 560, 1.05, number, standing=True)
    for number, x in ((6, 690), (4, 910)):
        _person(art, x, 640, 1.15, number, standing=False)
    _long_table(art)
    _paper_and_hand(art, 690, _SUITS[6 % 5])
    _paper_and_hand(art, 910, _DRESSES[4 % 5])
    _flowers(art, 800, 700, 0.9)
    _flag_stand(art, 180, 300)
    _flag_stand(art, 1420, 300)
    return art.jpeg()


def flags_and_square():
    """Flags before an office building on a clear morning."""
    art = _Canvas((214, 230, 240))
    art.fade(0, 0, 1600, 700, (176, 208, 230), (247, 242, 230))
    art.glow(1240, 220, 620, 620, (255, 244, 214), 150)
    for x, y, width in ((260, 190, 300), (430, 150, 220), (1080, 260, 280), (1400, 170, 260)):
        art.oval(x, y, width, width * 0.2, (246, 249, 250))
        art.oval(x + width * 0.22, y - 16, width * 0.6, width * 0.2, (250, 252, 252))
    for x, height in ((0, 150), (240, 190), (560, 160), (900, 200), (1240, 150), (1520, 180)):
        art.oval(x, 720, 560, height * 2, (164, 190, 168))
    _building(art)
    art.fade(0, 780, 1600, 1000, (222, 212, 194), (198, 184, 162))
    for row, y in enumerate((812, 856, 912)):
        art.line([(0, y), (1600, y)], (206, 194, 172), 2 + row)
    for x in range(-400, 2100, 210):
        art.line([(800 + (x - 800) * 0.62, 780), (x, 1000)], (206, 194, 172), 2)
    for number, x in enumerate((150, 345, 540, 1060, 1255, 1450)):
        _pole(art, x, 300 + (number % 2) * 18)
    for x in (60, 250, 445, 1155, 1350, 1545):
        _tree(art, x, 800)
    return art.jpeg()


def illustrations():
    """(file name, bytes, alternative text, caption) of the three drawings."""
    return [
        (
            "hoi-truong.jpg",
            conference_hall(),
            "Hội trường nhìn từ phía sau: đại biểu ngồi kín các hàng ghế, đoàn chủ tọa trên sân khấu phông đỏ.",
            f"Quang cảnh một hội nghị của khối thi đua {CAPTION_SUFFIX}",
        ),
        (
            "ky-giao-uoc.jpg",
            signing_table(),
            "Hai đại biểu ngồi ký vào văn bản trên bàn dài có lẵng hoa, các đại biểu khác đứng phía sau.",
            f"Lãnh đạo các đơn vị ký giao ước thi đua {CAPTION_SUFFIX}",
        ),
        (
            "co-va-quang-truong.jpg",
            flags_and_square(),
            "Hàng cờ đỏ sao vàng trước trụ sở cơ quan vào buổi sáng.",
            f"Cờ trước trụ sở trong ngày phát động thi đua {CAPTION_SUFFIX}",
        ),
    ]


def _ceiling(art):
    art.shape([(0, 0), (1600, 0), (1350, 110), (250, 110)], (246, 236, 218))
    for part in (0.2, 0.5, 0.8):
        left, right, y = 250 * part, 1600 - 250 * part, 110 * part
        art.box(left + 80, y - 4, right - 80, y + 5, (255, 252, 243), radius=4)
    for x, shade in ((0, (238, 225, 202)), (1350, (238, 225, 202))):
        inner = 250 if x == 0 else 1350
        outer = 0 if x == 0 else 1600
        art.shape([(outer, 0), (inner, 110), (inner, 600), (outer, 760)], shade)
        for step in (0.25, 0.5, 0.75):
            edge = outer + (inner - outer) * step
            art.line([(edge, 110 * step), (edge, 760 - 160 * step)], (226, 209, 180), 5)


def _curtain(art, left, top, right, bottom):
    art.box(left, top, right, bottom, _RED)
    fold = 44
    for number, x in enumerate(range(left, right, fold)):
        shade = _RED_DEEP if number % 2 else (150, 15, 23)
        art.shape([(x, top), (x + fold * 0.42, top), (x + fold * 0.3, bottom), (x - 4, bottom)], shade)
    art.box(left, top, right, top + 46, _RED_DEEP)
    for x in range(left, right, 100):
        art.oval(x + 50, top + 46, 100, 52, _RED_DEEP)
        art.arc(x + 50, top + 46, 100, 52, 0, 180, _GOLD, 4)


def _flag(art, x, y, width):
    height = width * 2 / 3
    art.box(x - width / 2, y - height / 2, x + width / 2, y + height / 2, (206, 24, 30), radius=3)
    art.star(x, y + 4, height * 0.34, (255, 214, 64))


def _stage(art):
    art.shape([(250, 560), (1350, 560), (1460, 640), (140, 640)], (196, 138, 92))
    art.box(140, 640, 1460, 672, _WOOD_DEEP)
    art.box(140, 640, 1460, 648, (226, 176, 128))


def _presidium(art, x, y):
    for number, offset in enumerate((-150, -50, 50, 150)):
        _bust(art, x + offset, y, 0.8, number)
    art.box(x - 230, y + 44, x + 230, y + 128, _WHITE, radius=4)
    art.box(x - 230, y + 44, x + 230, y + 60, (236, 228, 214), radius=4)
    for offset in range(-210, 211, 28):
        art.line([(x + offset, y + 62), (x + offset, y + 126)], (240, 234, 224), 3)
    for offset in (-150, -50, 50, 150):
        art.box(x + offset - 26, y + 30, x + offset + 26, y + 46, _RED, radius=2)


def _lectern(art, x, y):
    _bust(art, x, y - 6, 0.92, 5)
    art.shape([(x - 66, y + 44), (x + 66, y + 44), (x + 52, y + 150), (x - 52, y + 150)], _WOOD)
    art.box(x - 76, y + 34, x + 76, y + 50, _WOOD_DEEP, radius=3)
    art.star(x, y + 98, 24, _GOLD)
    art.line([(x + 18, y + 36), (x + 10, y + 8)], _INK, 4)
    art.oval(x + 9, y + 4, 11, 15, _INK)


def _bust(art, x, y, size, number):
    """Head and shoulders, facing us."""
    is_dress = number % 3 == 1
    clothes = _DRESSES[number % 5] if is_dress else _SUITS[number % 5]
    art.oval(x, y + 74 * size, 112 * size, 108 * size, clothes)
    art.box(x - 56 * size, y + 74 * size, x + 56 * size, y + 128 * size, clothes)
    if is_dress:
        art.oval(x, y - 4 * size, 66 * size, 78 * size, _INK)
    art.box(x - 11 * size, y + 14 * size, x + 11 * size, y + 40 * size, _SKIN[(number + 1) % 3])
    if not is_dress:
        art.shape([(x - 18 * size, y + 24 * size), (x + 18 * size, y + 24 * size), (x, y + 62 * size)], _WHITE)
        art.shape([(x - 5 * size, y + 32 * size), (x + 5 * size, y + 32 * size), (x, y + 66 * size)], _RED)
    art.oval(x, y, 50 * size, 60 * size, _SKIN[number % 3])
    if is_dress:
        art.pen.pieslice(art._at([(x - 28 * size, y - 36 * size), (x + 28 * size, y + 18 * size)]), 180, 360, _INK)
    else:
        art.pen.pieslice(art._at([(x - 27 * size, y - 34 * size), (x + 27 * size, y + 20 * size)]), 186, 354, _INK)


def _rows_of_heads(art):
    """Delegates from behind, each row nearer and larger."""
    for row, (y, size, step, shift) in enumerate(((722, 0.78, 110, 0), (806, 1.0, 142, 60), (912, 1.3, 186, 20))):
        ground = (214, 190, 158), (196, 168, 134), (176, 146, 112)
        art.box(0, y - 20, 1600, 1000, ground[row])
        count = int(1600 / step) + 2
        for number in range(count):
            x = number * step - shift
            key = number * 2 + row * 3
            _head_from_behind(art, x, y, size, key)


def _head_from_behind(art, x, y, size, key):
    is_dress = key % 4 == 1
    clothes = _DRESSES[key % 5] if is_dress else _SUITS[key % 5]
    art.oval(x, y + 78 * size, 124 * size, 110 * size, clothes)
    art.box(x - 62 * size, y + 78 * size, x + 62 * size, y + 200 * size, clothes)
    art.box(x - 74 * size, y + 104 * size, x + 74 * size, y + 220 * size, _RED_DEEP, radius=14)
    art.box(x - 66 * size, y + 112 * size, x + 66 * size, y + 220 * size, _RED, radius=11)
    art.box(x - 10 * size, y + 16 * size, x + 10 * size, y + 38 * size, _SKIN[key % 3])
    if is_dress:
        art.oval(x, y + 2 * size, 60 * size, 66 * size, _INK)
        art.box(x - 24 * size, y + 4 * size, x + 24 * size, y + 58 * size, _INK, radius=16)
    else:
        art.oval(x - 27 * size, y + 8 * size, 10 * size, 16 * size, _SKIN[key % 3])
        art.oval(x + 27 * size, y + 8 * size, 10 * size, 16 * size, _SKIN[key % 3])
        art.oval(x, y, 54 * size, 62 * size, _INK)


def _person(art, x, y, size, number, *, standing):
    if standing:
        clothes = _DRESSES[number % 5] if number % 3 == 1 else _SUITS[number % 5]
        art.box(x - 52 * size, y - 60 * size, x + 52 * size, y + 160 * size, clothes, radius=26)
    _bust(art, x, y - 150 * size if standing else y - 110 * size, size * 1.08, number)


def _long_table(art):
    art.box(250, 690, 1350, 740, (246, 238, 226), radius=6)
    art.box(250, 728, 1350, 930, _RED, radius=4)
    for number, x in enumerate(range(262, 1350, 46)):
        shade = _RED_DEEP if number % 2 else (152, 15, 23)
        art.shape([(x, 740), (x + 18, 740), (x + 12, 930), (x - 4, 930)], shade)
    art.box(250, 728, 1350, 742, _GOLD)
    art.box(250, 916, 1350, 930, _GOLD)


def _paper_and_hand(art, x, sleeve):
    art.line([(x + 62, 620), (x + 84, 678), (x + 46, 697)], sleeve, 30)
    art.shape([(x - 74, 716), (x + 54, 716), (x + 70, 690), (x - 56, 690)], _WHITE)
    art.shape([(x - 92, 718), (x - 78, 718), (x - 58, 690), (x - 72, 690)], _RED_DEEP)
    for step in (0, 7, 14):
        art.line([(x - 40 + step * 0.5, 697 + step), (x + 34 + step * 0.5, 697 + step)], (206, 198, 186), 2)
    art.oval(x + 40, 698, 34, 20, _SKIN[0])
    art.line([(x + 36, 700), (x + 62, 668)], _INK, 4)


def _flowers(art, x, y, size):
    for number in range(26):
        angle = number * 2.399
        distance = 9 * size * math.sqrt(number)
        art.oval(
            x + distance * math.cos(angle),
            y - 34 * size + distance * 0.62 * math.sin(angle),
            46 * size,
            26 * size,
            (82, 132, 88),
        )
    colours = ((214, 60, 68), (240, 190, 80), (246, 236, 222), (228, 112, 110))
    for number in range(24):
        angle = number * 2.399
        distance = 8.4 * size * math.sqrt(number)
        at = (x + distance * math.cos(angle), y - 40 * size + distance * 0.6 * math.sin(angle))
        art.oval(*at, 21 * size, 19 * size, colours[number % 4])
        art.oval(*at, 8 * size, 7 * size, _GOLD_PALE)
    art.shape(
        [
            (x - 30 * size, y - 14 * size),
            (x + 30 * size, y - 14 * size),
            (x + 18 * size, y + 36 * size),
            (x - 18 * size, y + 36 * size),
        ],
        _WOOD,
    )


def _flag_stand(art, x, y):
    art.box(x - 5, y - 110, x + 5, y + 470, _GOLD)
    art.oval(x, y - 118, 20, 20, _GOLD)
    art.shape([(x + 5, y - 96), (x + 104, y - 62), (x + 84, y + 210), (x + 44, y + 236), (x + 5, y + 216)], (200, 22, 30))
    art.shape([(x + 62, y - 76), (x + 104, y - 62), (x + 84, y + 210), (x + 60, y + 226)], (176, 16, 24))
    art.star(x + 50, y + 52, 30, (255, 214, 64))
    art.oval(x, y + 474, 110, 26, _WOOD_DEEP)


def _building(art):
    art.box(470, 420, 1130, 790, (246, 232, 200))
    art.box(440, 500, 1160, 790, (248, 238, 212))
    art.shape([(560, 420), (1040, 420), (800, 318)], (196, 92, 74))
    art.shape([(600, 412), (1000, 412), (800, 334)], (250, 242, 222))
    art.star(800, 384, 26, _RED)
    art.box(430, 488, 1170, 506, (226, 206, 164))
    art.box(460, 410, 1140, 426, (226, 206, 164))
    for y in (530, 640):
        for x in (466, 536, 606, 930, 1000, 1070):
            art.box(x, y, x + 46, y + 76, (150, 178, 190), radius=3)
            art.box(x + 4, y + 4, x + 21, y + 72, (178, 204, 214))
            art.box(x + 25, y + 4, x + 42, y + 72, (178, 204, 214))
    for x in (690, 742, 842, 894):
        art.box(x, 506, x + 16, 770, (255, 250, 236))
    art.box(720, 600, 880, 770, (238, 222, 186))
    art.box(756, 640, 844, 770, _WOOD_DEEP, radius=4)
    art.box(764, 648, 798, 770, _WOOD)
    art.box(802, 648, 836, 770, _WOOD)
    for step in range(4):
        art.box(
            660 - step * 18,
            770 + step * 7,
            940 + step * 18,
            778 + step * 7,
            (236 - step * 8, 226 - step * 8, 206 - step * 8),
        )
    _flag(art, 842, 262, 92)
    art.box(793, 214, 799, 322, (150, 140, 126))


def _pole(art, x, y):
    art.box(x - 4, y - 40, x + 4, 880, (214, 208, 198))
    art.oval(x, y - 44, 16, 16, _GOLD)
    art.oval(x, 882, 60, 16, (178, 166, 146))
    top, bottom = [], []
    for step in range(31):
        part = step / 30
        wave = 9 * math.sin(part * math.pi * 2.1) * part
        top.append((x + 4 + part * 128, y - 26 + wave))
        bottom.append((x + 4 + part * 128, y + 60 + wave))
    art.shape([*top, *bottom[::-1]], (208, 24, 32))
    for step in range(12, 20):
        part = step / 30
        wave = 9 * math.sin(part * math.pi * 2.1) * part
        art.box(x + 4 + part * 128, y - 26 + wave, x + 9 + part * 128, y + 60 + wave, (194, 20, 28))
    art.star(x + 68, y + 20, 25, (255, 214, 64))


def _tree(art, x, y):
    art.box(x - 7, y - 70, x + 7, y + 20, (134, 100, 74))
    art.oval(x, y - 110, 118, 120, (96, 142, 100))
    art.oval(x - 22, y - 126, 70, 70, (112, 158, 114))
