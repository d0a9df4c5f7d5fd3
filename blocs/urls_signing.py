"""Addresses of a covenant's signing, below `…/giao-uoc/` of its bloc-year."""

from django.urls import path

from blocs.views import covenant_files, sign_own, signing

signing_pages = [
    path("gui-ky/", signing.covenant_send, name="covenant-send"),
    path("khoa-tep/", signing.covenant_freeze, name="covenant-freeze"),
    path("nhac-ky/", signing.covenant_remind, name="covenant-remind"),
    path("ghi-nhan-ky/", signing.covenant_sign, name="covenant-sign"),
    path("tep/<int:number>.pdf", covenant_files.covenant_revision, name="covenant-revision"),
    path("ban-hanh/", covenant_files.covenant_issue, name="covenant-issue"),
    path("ban-quet/", covenant_files.covenant_scan, name="covenant-scan"),
    path("lap-xac-nhan/", covenant_files.covenant_confirm, name="covenant-confirm"),
    path("ky/<int:pk>/", sign_own.sign_own, name="covenant-sign-own"),
    path("ky/<int:pk>/xac-nhan/", sign_own.sign_click, name="covenant-sign-click"),
    path("ky/<int:pk>/chung-thu-so/", sign_own.sign_certificate, name="covenant-sign-certificate"),
    path("ky/<int:pk>/thiet-bi-ky-so/", sign_own.sign_token, name="covenant-sign-token"),
    path("ky/<int:pk>/tep.pdf", sign_own.sign_file, name="covenant-sign-file"),
    path("ky/<int:pk>/tu-choi/", signing.covenant_refuse, name="covenant-refuse"),
    path("ky/<int:pk>/ban-quet.pdf", covenant_files.signature_scan, name="covenant-signature-scan"),
]
