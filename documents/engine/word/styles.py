"""The styles of a paper in Word: one per element of Nghị định 30/2020/NĐ-CP, as `static/css/paper.css` prints it."""

from dataclasses import dataclass, replace
from xml.sax.saxutils import quoteattr

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

FONT = "Times New Roman"
# Times New Roman is 1.149 of its size high; CSS counts from the size, Word from the height.
_NATURAL_LINE = 1.149
_TIGHT = 1.15


@dataclass(frozen=True)
class Style:
    """Sizes and room in points; `first` is the first line's indent in centimetres, `line` as in CSS.

    `side` is the indent on both sides in millimetres, `exact` the height of a line whatever stands in it.
    """

    id: str
    name: str
    based_on: str = "Normal"
    size: float = 14
    bold: bool = False
    italic: bool = False
    underline: bool = False
    align: str = "left"
    before: float = 0
    after: float = 0
    first: float = 0
    side: float = 0
    line: float = 1.25
    keep_next: bool = False
    outline: int | None = None
    exact: float = 0
    rule: bool = False


_HEADING = {"bold": True, "keep_next": True}
_CENTRED = {"align": "center", "line": _TIGHT}
_BODY = {"align": "both", "before": 6, "first": 1.27}
STYLES = {
    style.id: style
    for style in (
        Style("Normal", "Normal", based_on=""),
        Style("Heading1", "heading 1", outline=0, **_HEADING),
        Style("Heading2", "heading 2", outline=1, **_HEADING),
        Style("Heading3", "heading 3", outline=2, italic=True, **_HEADING),
        Style("SoTrang", "Số trang", size=13, align="center", line=_TIGHT),
        # Head of page 1.
        Style("CoQuanChuQuan", "Cơ quan chủ quản", size=13, **_CENTRED),
        Style("CoQuanBanHanh", "Cơ quan ban hành", size=13, bold=True, **_CENTRED),
        Style("QuocHieu", "Quốc hiệu", size=13, bold=True, **_CENTRED),
        Style("TieuNgu", "Tiêu ngữ", bold=True, **_CENTRED),
        Style("SoKyHieu", "Số ký hiệu", size=13, before=7.9, **_CENTRED),
        Style("TrichYeuCongVan", "Trích yếu công văn", size=12, before=6, side=4, **_CENTRED),
        Style("DiaDanhNgayThang", "Địa danh ngày tháng", italic=True, before=7, **_CENTRED),
        Style("TenDang", "Đảng Cộng sản Việt Nam", size=15, bold=True, **_CENTRED),
        Style("DauSao", "Dấu sao", bold=True, align="center", before=2, line=1),
        Style("DauTrang", "Đầu văn bản", **_CENTRED),
        Style("KeNgang", "Kẻ ngang", size=2, exact=1.5, align="center", rule=True),
        # Name of the paper and to whom it goes.
        Style("TenLoai", "Tên loại", "Heading1", align="center", outline=0, **_HEADING),
        Style("TrichYeu", "Trích yếu", bold=True, align="center", keep_next=True),
        Style("TieuDePhu", "Dòng giữa", align="center"),
        Style("KinhGui", "Kính gửi", align="center"),
        Style("NoiKinhGui", "Nơi kính gửi"),
        # Body.
        Style("ThanBai", "Thân bài", **_BODY),
        Style("CanCu", "Căn cứ", italic=True, **_BODY),
        Style("ThanBaiKhongThut", "Thân bài không thụt", align="both", before=6),
        Style("ThanBaiGiua", "Thân bài giữa dòng", align="center", before=6),
        Style("DiaDanhCuoiBai", "Địa danh ngày tháng cuối bài", align="right", italic=True, before=12),
        Style("Chuong", "Phần và Chương", "Heading2", align="center", before=12, outline=1, **_HEADING),
        Style("Dieu", "Điều", "Heading2", align="left", before=8, first=1.27, outline=1, **_HEADING),
        Style("DieuTrongChuong", "Điều trong Chương", "Heading3", before=8, first=1.27, outline=2, **_HEADING),
        Style("Muc", "Mục", "Heading2", align="left", before=8, first=1.27, outline=1, **_HEADING),
        Style("TieuMuc", "Tiểu mục", "Heading3", italic=True, before=6, first=1.27, outline=2, **_HEADING),
        # Tables.
        Style("DauBang", "Đầu bảng", size=12, bold=True, **_CENTRED),
        Style("OBang", "Ô bảng", size=12, line=_TIGHT),
        Style("OBangGiua", "Ô bảng giữa", size=12, **_CENTRED),
        Style("OBangSo", "Ô bảng số", size=12, align="right", line=_TIGHT),
        Style("HinhVe", "Hình vẽ", align="center", before=10),
        # End.
        Style("NoiNhan", "Nơi nhận", size=12, bold=True, italic=True, line=_TIGHT),
        Style("NoiNhanDong", "Nơi nhận từng dòng", size=11, line=_TIGHT),
        Style("ChucVu", "Quyền hạn và chức vụ", bold=True, **_CENTRED),
        Style("ChucVuKy", "Chức vụ dưới quyền hạn", bold=True, **_CENTRED),
        Style("NguoiKy", "Người ký", bold=True, **_CENTRED),
        Style("DonViKy", "Khung ký - đơn vị", size=12, bold=True, **_CENTRED),
        Style("ChucVuKhungKy", "Khung ký - chức vụ", size=11, **_CENTRED),
        Style("NguoiKyKhungKy", "Khung ký - người ký", size=12, bold=True, **_CENTRED),
        Style("GhiChuKhungKy", "Khung ký - ghi chú", size=11, italic=True, **_CENTRED),
        Style("MaXacMinh", "Mã xác minh", size=9),
        # Annexes.
        Style("PhuLuc", "Phụ lục", "Heading1", align="center", outline=0, **_HEADING),
        Style("TenPhuLuc", "Tên phụ lục", "Heading2", align="center", outline=1, **_HEADING),
        Style("KemTheo", "Kèm theo", italic=True, align="center"),
        # Two tables that touch would be one; a page cannot end with a table.
        Style("KhoangNoi", "Khoảng nối", size=1, exact=1),
    )
}

# What a Party paper prints otherwise (PTY-2, PTY-4).
_INDENTED = ("ThanBai", "CanCu", "Dieu", "DieuTrongChuong", "Muc", "TieuMuc")
_FLUSH = ("ThanBaiKhongThut", "ThanBaiGiua", "DiaDanhCuoiBai", "Chuong")
_PARTY = {
    **{style: {"exact": 19, "first": 1} for style in _INDENTED},
    **{style: {"exact": 19} for style in _FLUSH},
    "TenLoai": {"size": 16},
    "TrichYeuCongVan": {"italic": True},
    "NoiNhan": {"size": 14, "bold": False, "italic": False, "underline": True, "after": 2},
    "NoiNhanDong": {"size": 12},
    "ChucVuKy": {"bold": False},
}


def styles_element(*, party=False):
    """`w:styles` of a State paper, or of a Party paper."""
    styles = [replace(style, **(_PARTY.get(style.id, {}) if party else {})) for style in STYLES.values()]
    content = "".join([_DEFAULTS, *map(_style_xml, styles), _CHARACTER_AND_TABLE])
    return parse_xml(f"<w:styles {nsdecls('w')}>{content}</w:styles>")


def twips(points):
    return round(points * 20)


_FONTS = f'<w:rFonts w:ascii="{FONT}" w:hAnsi="{FONT}" w:eastAsia="{FONT}" w:cs="{FONT}"/>'
_DEFAULTS = (
    f'<w:docDefaults><w:rPrDefault><w:rPr>{_FONTS}<w:sz w:val="28"/><w:szCs w:val="28"/>'
    '<w:lang w:val="vi-VN" w:eastAsia="vi-VN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
    '<w:pPrDefault><w:pPr><w:spacing w:before="0" w:after="0"/></w:pPr></w:pPrDefault></w:docDefaults>'
    '<w:latentStyles w:defLockedState="0" w:defUIPriority="99" w:defSemiHidden="1" w:defUnhideWhenUsed="1"'
    ' w:defQFormat="0" w:count="376"/>'
)
_USUAL_MARGINS = "".join(
    f'<w:{side} w:w="{width}" w:type="dxa"/>' for side, width in (("top", 0), ("left", 108), ("bottom", 0), ("right", 108))
)
_LINES = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
_CHARACTER_AND_TABLE = (
    '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
    '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/><w:unhideWhenUsed/></w:style>'
    '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
    '<w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/>'
    f'<w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>{_USUAL_MARGINS}</w:tblCellMar></w:tblPr></w:style>'
    '<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/>'
    '<w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/></w:style>'
    '<w:style w:type="table" w:customStyle="1" w:styleId="KhungBoTri"><w:name w:val="Khung bố trí"/>'
    '<w:basedOn w:val="TableNormal"/><w:uiPriority w:val="59"/></w:style>'
    '<w:style w:type="table" w:customStyle="1" w:styleId="BangSoLieu"><w:name w:val="Bảng số liệu"/>'
    '<w:basedOn w:val="TableNormal"/><w:uiPriority w:val="59"/><w:qFormat/>'
    f"<w:tblPr><w:tblBorders>{_LINES}</w:tblBorders>"
    '<w:tblCellMar><w:top w:w="60" w:type="dxa"/><w:left w:w="80" w:type="dxa"/>'
    '<w:bottom w:w="60" w:type="dxa"/><w:right w:w="80" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
)


def _style_xml(style):
    built_in = style.id in ("Normal", "Heading1", "Heading2", "Heading3")
    kind = 'w:default="1" ' if style.id == "Normal" else "" if built_in else 'w:customStyle="1" '
    follows = "ThanBai" if style.outline is not None else ""
    return (
        f'<w:style w:type="paragraph" {kind}w:styleId="{style.id}"><w:name w:val={quoteattr(style.name)}/>'
        + (f'<w:basedOn w:val="{style.based_on}"/>' if style.based_on else "")
        + (f'<w:next w:val="{follows}"/>' if follows else "")
        + f'<w:uiPriority w:val="{9 if built_in else 1}"/><w:qFormat/>'
        + f"<w:pPr>{_paragraph_xml(style)}</w:pPr><w:rPr>{_run_xml(style)}</w:rPr></w:style>"
    )


def _paragraph_xml(style):
    line = twips(style.exact) if style.exact else round(style.line / _NATURAL_LINE * 240)
    kind = "exact" if style.exact else "auto"
    outline = "" if style.outline is None else f'<w:outlineLvl w:val="{style.outline}"/>'
    side = round(style.side / 25.4 * 1440)
    indent = f'w:left="{side}" w:right="{side}" w:firstLine="{round(style.first / 2.54 * 1440)}"'
    # In the order of the schema.
    return (
        ("<w:keepNext/><w:keepLines/>" if style.keep_next else "")
        + "<w:widowControl/>"
        + ('<w:pBdr><w:top w:val="single" w:sz="6" w:space="0" w:color="auto"/></w:pBdr>' if style.rule else "")
        + f'<w:spacing w:before="{twips(style.before)}" w:after="{twips(style.after)}"'
        + f' w:line="{line}" w:lineRule="{kind}"/>'
        + f'<w:ind {indent}/><w:jc w:val="{style.align}"/>{outline}'
    )


def _run_xml(style):
    # Said of every style, off as well as on: what a heading inherits must not depend on the program's own headings.
    bold, italic = (f'w:val="{int(on)}"' for on in (style.bold, style.italic))
    size = round(style.size * 2)
    return (
        f"{_FONTS}<w:b {bold}/><w:bCs {bold}/><w:i {italic}/><w:iCs {italic}/>"
        f'<w:color w:val="auto"/><w:sz w:val="{size}"/><w:szCs w:val="{size}"/>'
        + ('<w:u w:val="single"/>' if style.underline else "")
    )
