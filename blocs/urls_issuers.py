"""Addresses of one issuer and of certificates; below /lam-viec/danh-muc/."""

from django.urls import path

from blocs.views import certificates, issuers

issuer_pages = [
    path("co-quan/<int:pk>/", issuers.issuer, name="issuer"),
    path("co-quan/<int:pk>/cap-so/", issuers.issuer_numbering, name="issuer-numbering"),
    path("co-quan/<int:pk>/day-so/", issuers.issuer_last_number, name="issuer-last-number"),
    path("co-quan/<int:pk>/dia-danh/", issuers.issuer_places, name="issuer-places"),
    path("co-quan/<int:pk>/nhiem-ky/", issuers.issuer_terms, name="issuer-terms"),
    path("chung-thu-so/", certificates.certificates, name="certificates"),
    path("chung-thu-so/them/", certificates.certificate_create, name="certificate-create"),
    path("chung-thu-so/<int:pk>/thu-hoi/", certificates.certificate_revoke, name="certificate-revoke"),
]
