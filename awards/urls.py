"""Addresses of `awards`."""

from django.urls import path

from awards.views import board, catalogue, decisions, proposals, register

app_name = "awards"

_YEAR = "lam-viec/khoi/<slug:slug>/<slug:year_slug>/de-nghi/"
_LETTER = "lam-viec/de-nghi/<int:pk>/"
_BOARD = "lam-viec/tham-dinh/"
_CATALOGUE = "lam-viec/danh-muc/khen-thuong/"

urlpatterns = [
    path(_YEAR, proposals.proposal_list, name="proposals"),
    path(f"{_YEAR}them/", proposals.proposal_create, name="proposal-create"),
    path(_LETTER, proposals.proposal_detail, name="proposal"),
    path(f"{_LETTER}sua/", proposals.proposal_edit, name="proposal-edit"),
    path(f"{_LETTER}thanh-tich/", proposals.achievements, name="proposal-achievements"),
    path(f"{_LETTER}trinh/", proposals.proposal_submit, name="proposal-submit"),
    path(f"{_LETTER}thu-hoi/", proposals.proposal_recall, name="proposal-recall"),
    path(f"{_LETTER}tiep-nhan/", proposals.proposal_receive, name="proposal-receive"),
    path(f"{_LETTER}ket-thuc/", proposals.proposal_close, name="proposal-close"),
    path(f"{_LETTER}dong/<int:line_pk>/sua/", proposals.line_correct, name="line-correct"),
    path(f"{_LETTER}du-dieu-kien/", board.items_accept, name="items-accept"),
    path(f"{_LETTER}tra-lai/", board.items_return, name="items-return"),
    path(f"{_LETTER}khong-xet/", board.items_refuse, name="items-refuse"),
    path(f"{_LETTER}rut/", board.items_withdraw, name="items-withdraw"),
    path(f"{_LETTER}to-trinh.pdf", proposals.letter_pdf, name="letter-pdf"),
    path(f"{_LETTER}to-trinh.docx", proposals.letter_docx, name="letter-docx"),
    path(f"{_LETTER}ban-hanh/", proposals.letter_issue, name="letter-issue"),
    path(_BOARD, board.board, name="board"),
    path(f"{_BOARD}quyet-dinh/", decisions.decision_list, name="decisions"),
    path(f"{_BOARD}quyet-dinh/them/", decisions.decision_create, name="decision-create"),
    path(f"{_BOARD}quyet-dinh/<int:pk>/", decisions.decision_detail, name="decision"),
    path(f"{_BOARD}quyet-dinh/<int:pk>/quyet-dinh.pdf", decisions.decision_file, name="decision-file"),
    path(f"{_BOARD}quyet-dinh/<int:pk>/sua/", decisions.decision_edit, name="decision-edit"),
    path(f"{_BOARD}quyet-dinh/<int:pk>/cong-bo/", decisions.decision_publish, name="decision-publish"),
    path(_CATALOGUE, catalogue.catalogue, name="catalogue"),
    path(f"{_CATALOGUE}them/", catalogue.award_kind_create, name="award-kind-create"),
    path(f"{_CATALOGUE}<int:pk>/sua/", catalogue.award_kind_edit, name="award-kind-edit"),
    path("lam-viec/so-khen-thuong/", register.grant_register, name="grant-register"),
    path("lam-viec/so-khen-thuong/so-khen-thuong.xlsx", register.grant_export, name="grant-export"),
    path("khen-thuong/", register.grants, name="grants"),
]
