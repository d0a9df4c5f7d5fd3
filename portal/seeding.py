"""What every installation needs before work begins, and the guard of everything that is only for show."""

from django.core.management import call_command

from accounts.models import User
from awards.catalogue import seed_catalogue
from blocs.covenant_seeds import seed_covenant_templates
from blocs.models import Bloc, Unit, UnitKind
from documents.models import Issuer, Paper
from news.services import ensure_categories

# Loại đơn vị: the province adds its own.
UNIT_KINDS = (
    "Cơ quan của Đảng",
    "Sở, ban, ngành",
    "Mặt trận Tổ quốc, đoàn thể",
    "Tổ chức hội",
    "Ủy ban nhân dân xã, phường",
    "Lực lượng vũ trang",
    "Đơn vị sự nghiệp",
    "Trường học",
    "Bệnh viện, cơ sở y tế",
    "Doanh nghiệp",
    "Ngân hàng",
    "Hợp tác xã",
)
# Name, symbol, place.
ISSUERS = (
    ("Quốc hội", "QH", "Hà Nội"),
    ("Chính phủ", "CP", "Hà Nội"),
    ("Thủ tướng Chính phủ", "TTg", "Hà Nội"),
    ("Chủ tịch nước", "CTN", "Hà Nội"),
    ("Bộ Nội vụ", "BNV", "Hà Nội"),
)


def seed_reference():
    """Awards, kinds of unit, news categories, issuers, templates of covenants, cache table: adds what is missing."""
    seed_catalogue()
    for position, name in enumerate(UNIT_KINDS, 1):
        UnitKind.objects.get_or_create(name=name, defaults={"position": position})
    for name, symbol, place in ISSUERS:
        Issuer.objects.get_or_create(name=name, defaults={"symbol": symbol, "place": place})
    ensure_categories()
    seed_covenant_templates()
    call_command("createcachetable", verbosity=0)


def foreign_records():
    """Vietnamese words for what the database holds beyond reference data; empty for one that may be filled for show."""
    kinds = ((User, "tài khoản"), (Unit, "đơn vị"), (Bloc, "khối thi đua"), (Paper, "văn bản"))
    return [label for model, label in kinds if model.objects.exists()]
