"""The table of tests/test_url_matrix.py, and what each address needs to be asked for.

Columns: reader (not signed in), staff of a foreign unit, staff of a member, secretariat, secretariat after hand-over,
standing agency, council member, editor, administrator. `@variant` asks the same address for an object in another state.
"""

from tests.factories.documents import finished_batch, waiting_batch

ROWS = """
# method name                             reader foreign staff secr after agency counc edit admin

GET  account_login                        200    302     302   302  302   302    302   302  302
GET  account_logout                       302    200     200   200  200   200    200   200  200
GET  account_own                          302    200     200   200  200   200    200   200  200
GET  account_change_password              302    200     200   200  200   200    200   200  200

GET  documents:issued-file                302    404     200   200  200   200    404   404  404
GET  documents:made-file                  302    404     200   200  200   200    404   404  404
GET  documents:paper-file                 302    200     200   200  200   200    200   200  200
GET  documents:paper-file@public          200    200     200   200  200   200    200   200  200
GET  documents:batches                    302    200     200   200  200   200    200   200  200
GET  documents:batch                      302    404     404   200  200   404    404   404  404
GET  documents:batch@done                 302    404     404   200  200   404    404   404  404
GET  documents:batch-file                 302    404     404   404  404   404    404   404  404
GET  documents:batch-file@done            302    404     404   200  200   404    404   404  404
GET  documents:batch-cancel               302    405     405   405  405   405    405   405  405
POST documents:batch-cancel               302    404     404   302  302   404    404   404  404
GET  documents:batch-start                302    405     405   405  405   405    405   405  405
POST documents:batch-start                302    409     409   409  409   409    409   409  409

GET  blocs:unit-suggest                   302    200     200   200  200   200    200   200  200
GET  blocs:registry                       302    403     403   403  403   200    403   403  403
GET  blocs:units                          302    403     403   403  403   200    403   403  403
GET  blocs:unit-create                    302    403     403   403  403   200    403   403  403
GET  blocs:unit-edit                      302    403     403   403  403   200    403   403  403
GET  blocs:unit-rename                    302    403     403   403  403   200    403   403  403
GET  blocs:unit-tree                      302    403     403   403  403   200    403   403  403
GET  blocs:unit-kinds                     302    403     403   403  403   200    403   403  403
GET  blocs:unit-kind-create               302    403     403   403  403   200    403   403  403
GET  blocs:unit-kind-edit                 302    403     403   403  403   200    403   403  403
GET  blocs:blocs                          302    403     403   403  403   200    403   403  403
GET  blocs:bloc-create                    302    403     403   403  403   200    403   403  403
GET  blocs:bloc-edit                      302    403     403   403  403   200    403   403  403
GET  blocs:bloc-year-create               302    403     403   403  403   200    403   403  403
GET  blocs:bloc-members                   302    403     403   403  403   200    403   403  403
GET  blocs:bloc-members-paste             302    403     403   403  403   200    403   403  403
GET  blocs:membership-end                 302    403     403   403  403   200    403   403  403
GET  blocs:years                          302    403     403   403  403   200    403   403  403
GET  blocs:year-create                    302    403     403   403  403   200    403   403  403
GET  blocs:year-edit                      302    403     403   403  403   200    403   403  403
GET  blocs:year-state                     302    405     405   405  405   405    405   405  405
GET  blocs:bloc-names                     302    403     403   403  403   200    403   403  403
GET  blocs:bloc-papers                    302    403     403   403  403   200    403   403  403
GET  blocs:bloc-paper-remove              302    403     403   403  403   200    403   403  403
POST blocs:bloc-paper-remove              302    403     403   403  403   302    403   403  403
GET  blocs:bloc-groups                    302    403     403   403  403   200    403   403  403
GET  blocs:bloc-dissolve                  302    403     403   403  403   200    403   403  403
GET  blocs:year-deadlines                 302    403     403   403  403   200    403   403  403
GET  blocs:year-covenants                 302    403     403   403  403   200    403   403  403
GET  blocs:year-covenants-pack            302    405     405   405  405   405    405   405  405
POST blocs:year-covenants-pack            302    403     403   403  403   302    403   403  403
GET  blocs:new-year                       302    403     403   403  403   200    403   403  403
GET  blocs:division                       302    403     403   403  403   200    403   403  403
GET  blocs:division-pdf                   302    403     403   403  403   200    403   403  403
GET  blocs:division-docx                  302    403     403   403  403   200    403   403  403
GET  blocs:division-issue                 302    403     403   403  403   200    403   403  403
GET  portal:year-close                    302    403     403   403  403   200    403   403  403
POST portal:year-close                    302    403     403   403  403   302    403   403  403
POST blocs:year-state                     302    403     403   403  403   302    403   403  403
GET  blocs:papers                         302    403     403   403  403   200    403   403  403
GET  blocs:paper-create                   302    403     403   403  403   200    403   403  403
GET  blocs:paper-edit                     302    403     403   403  403   200    403   403  403
GET  blocs:issuers                        302    403     403   403  403   200    403   403  403
GET  blocs:issuer-create                  302    403     403   403  403   200    403   403  403
GET  blocs:issuer-edit                    302    403     403   403  403   200    403   403  403
GET  blocs:issuer                               302    403     403   403  403   200    403   403  403
GET  blocs:issuer-numbering                     302    403     403   403  403   200    403   403  403
GET  blocs:issuer-last-number                   302    403     403   403  403   200    403   403  403
GET  blocs:issuer-places                        302    403     403   403  403   200    403   403  403
GET  blocs:issuer-terms                         302    403     403   403  403   200    403   403  403
GET  blocs:certificates                         302    403     403   403  403   200    403   403  403
GET  blocs:certificate-create                   302    403     403   403  403   200    403   403  403
GET  blocs:certificate-revoke                   302    403     403   403  403   200    403   403  403
GET  blocs:covenant-templates             302    403     403   403  403   200    403   403  403
GET  blocs:covenant-template-create       302    403     403   403  403   200    403   403  403
GET  blocs:covenant-template-edit         302    403     403   403  403   200    403   403  403
GET  blocs:covenant-template-active       302    405     405   405  405   405    405   405  405
POST blocs:covenant-template-active       302    403     403   403  403   302    403   403  403
GET  blocs:imports                        302    403     403   403  403   200    403   403  200
GET  blocs:import                         302    403     403   403  403   200    403   403  404
GET  blocs:import@accounts                302    403     403   403  403   200    403   403  200
GET  blocs:import-create                  302    403     403   403  403   200    403   403  403
GET  blocs:import-create@accounts         302    403     403   403  403   200    403   403  200
GET  blocs:import-template                302    403     403   403  403   200    403   403  403
GET  blocs:import-template@accounts       302    403     403   403  403   200    403   403  200
GET  blocs:import-export                  302    403     403   403  403   200    403   403  403
GET  blocs:import-export@accounts         302    403     403   403  403   200    403   403  200
GET  blocs:import-confirm                 302    405     405   405  405   405    405   405  405
POST blocs:import-confirm                 302    403     403   403  403   302    403   403  404
GET  blocs:import-convert                 302    405     405   405  405   405    405   405  405
POST blocs:import-convert                 302    403     403   403  403   302    403   403  404
GET  blocs:import-recheck                 302    405     405   405  405   405    405   405  405
POST blocs:import-recheck                 302    403     403   403  403   302    403   403  404
GET  blocs:import-cancel                  302    405     405   405  405   405    405   405  405
POST blocs:import-cancel                  302    403     403   403  403   302    403   403  404
GET  blocs:import-passwords               302    405     405   405  405   405    405   405  405
POST blocs:import-passwords               302    403     403   403  403   403    403   403  404
GET  blocs:members                        302    404     200   200  200   200    404   404  404
GET  blocs:rotation                       302    404     200   200  200   200    404   404  404
GET  blocs:bloc-year-edit                 302    404     403   200  403   200    404   404  404
GET  blocs:office-appoint                 302    404     403   200  403   200    404   404  404
GET  blocs:office-end                     302    404     403   200  403   200    404   404  404
GET  blocs:holder-create                  302    404     403   200  403   200    404   404  404
GET  blocs:movement-edit                  302    404     403   200  403   403    404   404  404
GET  blocs:covenant                       302    404     200   200  200   200    404   404  404
GET  blocs:covenant-edit                  302    404     403   200  403   403    404   404  404
GET  blocs:covenant-send                  302    404     404   200  404   404    404   404  404
POST blocs:covenant-send                  302    404     404   302  404   404    404   404  404
GET  blocs:covenant-freeze                302    405     405   405  405   405    405   405  405
POST blocs:covenant-freeze                302    404     403   302  403   403    404   404  404
GET  blocs:covenant-remind                302    405     405   405  405   405    405   405  405
POST blocs:covenant-remind                302    404     403   302  403   403    404   404  404
GET  blocs:covenant-confirm               302    405     405   405  405   405    405   405  405
POST blocs:covenant-confirm               302    404     403   422  403   403    404   404  404
GET  blocs:covenant-revision              302    404     200   200  200   200    404   404  404
GET  blocs:covenant-signature-scan        302    404     200   200  200   200    404   404  404
GET  blocs:covenant-sign-own              302    404     200   403  403   403    404   404  404
GET  blocs:covenant-sign-click            302    404     200   403  403   403    404   404  404
GET  blocs:covenant-sign-certificate      302    404     200   403  403   403    404   404  404
GET  blocs:covenant-sign-token            302    404     200   403  403   403    404   404  404
GET  blocs:covenant-sign-file             302    404     200   403  403   403    404   404  404
GET  blocs:covenant-revise                302    405     405   405  405   405    405   405  405
POST blocs:covenant-revise                302    404     403   302  403   403    404   404  404
GET  blocs:covenant-sign                  302    404     403   200  403   403    404   404  404
GET  blocs:covenant-refuse                302    404     403   200  200   403    404   404  404
GET  blocs:covenant-pdf                   302    404     404   200  404   404    404   404  404
GET  blocs:covenant-docx                  302    404     404   200  404   404    404   404  404
GET  blocs:covenant-issue                 302    404     403   200  403   403    404   404  404
GET  blocs:covenant-scan                  302    404     200   200  200   200    404   404  404
GET  blocs:targets                        302    404     200   200  200   200    404   404  404
GET  blocs:targets-export                 302    404     200   200  200   200    404   404  404
GET  blocs:target-results                 302    404     200   200  403   403    404   404  404
GET  blocs:target-bloc-results            302    404     403   200  403   403    404   404  404
GET  blocs:handover                       302    404     200   200  200   200    404   404  404
GET  blocs:handover-list                  302    404     403   200  200   403    404   404  404
GET  blocs:handover-pdf                   302    404     200   200  200   200    404   404  404
GET  blocs:handover-docx                  302    404     200   200  200   200    404   404  404
GET  blocs:handover-issue                 302    404     403   200  200   403    404   404  404

GET  meetings:meetings                    302    404     200   200  200   200    404   404  404
GET  meetings:meeting-create              302    404     403   200  403   403    404   404  404
GET  meetings:meeting                     302    404     200   200  200   200    404   404  404
GET  meetings:meeting-edit                302    404     403   200  403   403    404   404  404
GET  meetings:meeting-edit@closed         302    404     403   403  403   403    404   404  404
GET  meetings:meeting-close               302    405     405   405  405   405    405   405  405
POST meetings:meeting-close               302    404     403   302  403   403    404   404  404
GET  meetings:meeting-reopen              302    404     403   200  403   403    404   404  404
POST meetings:meeting-reopen              302    404     403   302  403   403    404   404  404
GET  meetings:meeting-report-pdf          302    404     200   200  200   200    404   404  404
GET  meetings:meeting-report-docx         302    404     200   200  200   200    404   404  404
GET  meetings:meeting-report-issue        302    404     403   200  403   403    404   404  404
GET  meetings:invitation                  302    404     403   200  403   403    404   404  404
GET  meetings:invitation-pdf              302    404     403   200  403   403    404   404  404
GET  meetings:invitation-docx             302    404     403   200  403   403    404   404  404
GET  meetings:invitation-issue            302    404     403   200  403   403    404   404  404

GET  awards:proposals                     302    404     200   200  200   200    404   404  404
GET  awards:proposal-create               302    404     403   200  403   403    404   404  404
GET  awards:proposal                      302    404     200   200  200   200    200   404  404
GET  awards:proposal@draft                302    404     404   200  404   404    404   404  404
GET  awards:proposal-edit                 302    404     404   200  404   404    404   404  404
GET  awards:proposal-edit@sent            302    404     403   403  403   403    403   404  404
GET  awards:proposal-achievements         302    404     404   200  404   404    404   404  404
GET  awards:proposal-submit               302    405     405   405  405   405    405   405  405
POST awards:proposal-submit               302    404     404   302  404   404    404   404  404
GET  awards:proposal-recall               302    405     405   405  405   405    405   405  405
POST awards:proposal-recall               302    404     403   302  403   403    403   404  404
GET  awards:proposal-receive              302    405     405   405  405   405    405   405  405
POST awards:proposal-receive              302    404     403   403  403   302    403   404  404
GET  awards:proposal-close                302    405     405   405  405   405    405   405  405
POST awards:proposal-close                302    404     403   403  403   302    403   404  404
GET  awards:line-correct                  302    404     403   200  403   403    403   404  404
GET  awards:items-accept                  302    405     405   405  405   405    405   405  405
POST awards:items-accept                  302    404     403   403  403   302    403   404  404
GET  awards:items-return                  302    405     405   405  405   405    405   405  405
POST awards:items-return                  302    404     403   403  403   302    403   404  404
GET  awards:items-refuse                  302    405     405   405  405   405    405   405  405
POST awards:items-refuse                  302    404     403   403  403   302    403   404  404
GET  awards:items-withdraw                302    405     405   405  405   405    405   405  405
POST awards:items-withdraw                302    404     403   302  403   403    403   404  404
GET  awards:letter-pdf                    302    404     404   200  404   404    404   404  404
GET  awards:letter-pdf@sent               302    404     200   200  200   200    200   404  404
GET  awards:letter-docx                   302    404     404   200  404   404    404   404  404
GET  awards:letter-issue                  302    404     403   200  403   403    403   404  404
GET  awards:board                         302    403     403   403  403   200    200   403  403
GET  awards:decisions                     302    403     403   403  403   200    200   403  403
GET  awards:decision-create               302    403     403   403  403   200    403   403  403
GET  awards:decision                      302    403     403   403  403   200    404   403  403
GET  awards:decision@published            302    403     403   403  403   200    200   403  403
GET  awards:decision-file                 302    403     403   403  403   200    404   403  403
GET  awards:decision-edit                 302    403     403   403  403   200    403   403  403
GET  awards:decision-publish              302    403     403   403  403   200    403   403  403
GET  awards:catalogue                     302    403     403   403  403   200    403   403  403
GET  awards:award-kind-create             302    403     403   403  403   200    403   403  403
GET  awards:award-kind-edit               302    403     403   403  403   200    403   403  403
GET  awards:grant-register                302    403     403   403  403   200    200   403  403
GET  awards:grant-export                  302    403     403   403  403   200    200   403  403
GET  awards:grants                        200    200     200   200  200   200    200   200  200

GET  news:articles                        200    200     200   200  200   200    200   200  200
GET  news:category                        200    200     200   200  200   200    200   200  200
GET  news:photo                           404    404     404   200  200   404    404   404  404
GET  news:attachment                      404    404     404   200  200   404    404   404  404
GET  news:article                         200    200     200   200  200   200    200   200  200
GET  news:article@draft                   404    404     404   404  404   404    404   404  404
GET  news:article@withdrawn               404    404     404   404  404   404    404   404  404
GET  news:article-print                   200    200     200   200  200   200    200   200  200
GET  news:article-print@draft             404    404     404   404  404   404    404   404  404
GET  news:feed                            200    200     200   200  200   200    200   200  200
GET  news:desk                            302    403     403   200  403   200    403   200  403
GET  news:article-create                  302    403     403   200  403   200    403   200  403
GET  news:article-from-meeting            302    405     405   405  405   405    405   405  405
POST news:article-from-meeting            302    404     403   302  403   403    404   404  404
GET  news:desk-article                    302    404     404   200  200   404    404   404  404
GET  news:desk-article@in_review          302    404     404   200  200   404    404   200  404
GET  news:article-edit                    302    404     404   200  403   404    404   404  404
GET  news:article-edit@in_review          302    404     404   403  403   404    404   200  404
GET  news:article-preview                 302    404     404   200  200   404    404   404  404
GET  news:article-submit                  302    405     405   405  405   405    405   405  405
POST news:article-submit                  302    404     404   302  403   404    404   404  404
GET  news:article-correct                 302    404     404   200  403   404    404   403  404
GET  news:article-return                  302    404     404   403  403   404    404   200  404
POST news:article-return                  302    404     404   403  403   404    404   302  404
GET  news:article-publish                 302    405     405   405  405   405    405   405  405
POST news:article-publish                 302    404     404   403  403   404    404   302  404
GET  news:article-withdraw                302    404     404   403  403   404    404   200  404
POST news:article-withdraw                302    404     404   403  403   404    404   302  404
GET  news:article-reopen                  302    405     405   405  405   405    405   405  405
POST news:article-reopen                  302    404     404   302  403   404    404   403  404
GET  news:photo-create                    302    404     404   200  403   404    404   404  404
GET  news:photo-edit                      302    404     404   200  403   404    404   404  404
GET  news:photo-delete                    302    404     404   200  403   404    404   404  404
GET  news:attachment-create               302    404     404   200  403   404    404   404  404
GET  news:attachment-delete               302    404     404   200  403   404    404   404  404

GET  portal:home                          200    200     200   200  200   200    200   200  200
GET  portal:bloc-list                     200    200     200   200  200   200    200   200  200
GET  portal:bloc                          200    200     200   200  200   200    200   200  200
GET  portal:bloc-year                     200    200     200   200  200   200    200   200  200
GET  portal:unit                          200    200     200   200  200   200    200   200  200
GET  portal:proof                         200    200     200   200  200   200    200   200  200
GET  portal:proof-find                    200    200     200   200  200   200    200   200  200
GET  portal:search                        200    200     200   200  200   200    200   200  200
GET  portal:robots                        200    200     200   200  200   200    200   200  200
GET  portal:sitemap                       200    200     200   200  200   200    200   200  200
GET  portal:healthz                       200    200     200   200  200   200    200   200  200
GET  portal:successions                   302    403     403   403  403   200    403   403  403
GET  portal:succession-create             302    403     403   403  403   200    403   403  403
GET  portal:succession                    302    403     403   403  403   200    403   403  403
GET  portal:succession-undo               302    403     403   403  403   200    403   403  403
POST portal:succession-undo               302    403     403   403  403   302    403   403  403
GET  portal:dashboard                     302    200     200   200  200   200    200   200  200
GET  portal:bloc-year-work                302    404     200   200  200   200    404   404  404
GET  portal:handover-refresh              302    405     405   405  405   405    405   405  405
POST portal:handover-refresh              302    404     403   302  409   403    404   404  404
GET  portal:papers                        302    200     200   200  200   200    200   200  200
GET  portal:papers-export                 302    200     200   200  200   200    200   200  200
GET  portal:paper                         302    404     200   200  200   200    404   404  404
GET  portal:paper-signed                  302    404     403   403  403   403    404   404  404
GET  portal:year-dossier                  302    404     200   200  200   200    404   404  404
GET  portal:letter-dossier                302    404     200   200  200   200    200   404  404
GET  portal:letter-dossier@draft          302    404     404   200  404   404    404   404  404
GET  portal:bloc-year-papers              302    404     200   200  200   200    404   404  404
GET  portal:year-paper                    302    404     403   200  403   403    404   404  404
GET  portal:year-paper@quy-che            302    404     403   200  403   200    404   404  404
GET  portal:year-paper-pdf                302    404     403   200  403   403    404   404  404
GET  portal:year-paper-docx               302    404     403   200  403   403    404   404  404
GET  portal:year-paper-issue              302    404     403   200  403   403    404   404  404
"""

# Administrator on: list, add, change, delete, history.
ADMIN_ROWS = """
# model                                  list add change delete history
ADMIN index 200
ADMIN password_change 200
ADMIN jsi18n 200
ADMIN accounts.user                        200 200 200 403 200
ADMIN awards.awardkind                     200 200 200 200 200
ADMIN awards.councilmember                 200 200 200 200 200
ADMIN awards.decision                      200 403 200 403 200
ADMIN awards.grant                         200 403 200 403 200
ADMIN awards.proposal                      200 403 200 403 200
ADMIN awards.proposalitem                  200 403 200 403 200
ADMIN awards.proposalstep                  200 403 200 403 200
ADMIN blocs.assignment                     200 200 200 200 200
ADMIN blocs.bloc                           200 200 200 403 200
ADMIN blocs.blocoffice                     200 403 200 403 200
ADMIN blocs.blocyear                       200 200 200 403 200
ADMIN blocs.covenant                       200 403 200 403 200
ADMIN blocs.covenantversion                200 403 200 403 200
ADMIN blocs.emulationyear                  200 200 200 403 200
ADMIN blocs.handover                       200 403 200 403 200
ADMIN blocs.unit                           200 200 200 403 200
ADMIN blocs.unitkind                       200 200 200 200 200
ADMIN django_tasks_database.dbtaskresult     200 403 302 403 302
ADMIN documents.issueddocument             200 403 200 403 200
ADMIN documents.issuer                     200 200 200 200 200
ADMIN documents.paper                      200 200 200 403 200
ADMIN documents.trustroot                  200 200 200 403 200
ADMIN meetings.meeting                     200 403 200 403 200
ADMIN news.article                         200 403 200 403 200
ADMIN news.category                        200 200 200 200 200
"""


IMPORT_ACTS = ("-confirm", "-convert", "-recheck", "-cancel", "-passwords")


def of_year(**more):
    return lambda w, s: {"slug": s.bloc.slug, "year_slug": s.year.year.slug, **{k: v(w, s) for k, v in more.items()}}


def in_signing_year(w, s):
    return {"slug": s.bloc.slug, "year_slug": s.signing_year.year.slug}


def of_signature(w, s):
    """The line of the unit of `staff`."""
    line = s.covenants["signing"].signatures.get(unit=s.membership.unit)
    return {**in_signing_year(w, s), "pk": line.pk}


def meeting(status):
    return of_year(pk=lambda w, s: s.meetings[status].pk)


def letter(state):
    return lambda w, s: {"pk": s.letters[state].pk}


def article(state):
    return lambda w, s: {"pk": s.articles[state].pk}


def decision(state):
    return lambda w, s: {"pk": w.decisions[state].pk}


ARGUMENTS = {
    "blocs:unit-edit": lambda w, s: {"code": w.unit.code},
    "blocs:unit-rename": lambda w, s: {"code": w.unit.code},
    "blocs:unit-kind-edit": lambda w, s: {"pk": w.unit_kind.pk},
    "portal:succession": lambda w, s: {"pk": w.succession.pk},
    "portal:succession-undo": lambda w, s: {"pk": w.succession.pk},
    "blocs:bloc-edit": lambda w, s: {"slug": s.bloc.slug},
    "blocs:bloc-year-create": lambda w, s: {"slug": s.bloc.slug},
    "blocs:bloc-members": lambda w, s: {"slug": s.bloc.slug},
    "blocs:bloc-members-paste": lambda w, s: {"slug": s.bloc.slug},
    "blocs:membership-end": lambda w, s: {"slug": s.bloc.slug, "pk": s.membership.pk},
    "blocs:bloc-names": lambda w, s: {"slug": s.bloc.slug},
    "blocs:bloc-papers": lambda w, s: {"slug": s.bloc.slug},
    "blocs:bloc-paper-remove": lambda w, s: {"slug": s.bloc.slug, "pk": s.bloc.papers.first().pk},
    "blocs:bloc-groups": lambda w, s: {"slug": s.bloc.slug},
    "blocs:bloc-dissolve": lambda w, s: {"slug": s.bloc.slug},
    "blocs:year-deadlines": lambda w, s: {"slug": s.year.year.slug},
    "blocs:year-covenants": lambda w, s: {"slug": s.year.year.slug},
    "blocs:year-covenants-pack": lambda w, s: {"slug": s.signing_year.year.slug},
    "blocs:new-year": lambda w, s: {"slug": s.year.year.slug},
    **{f"blocs:division{page}": lambda w, s: {"slug": s.year.year.slug} for page in ("", "-pdf", "-docx", "-issue")},
    "portal:year-close": lambda w, s: {"slug": s.year.year.slug},
    "blocs:year-edit": lambda w, s: {"slug": s.year.year.slug},
    "blocs:year-state": lambda w, s: {"slug": s.year.year.slug, "target": "closed"},
    "blocs:paper-edit": lambda w, s: {"pk": w.paper.pk},
    "blocs:issuer-edit": lambda w, s: {"pk": w.paper.issuer_id},
    "blocs:certificate-revoke": lambda w, s: {"pk": s.certificate.pk},
    **{
        f"blocs:issuer{page}": lambda w, s: {"pk": w.paper.issuer_id}
        for page in ("", "-numbering", "-last-number", "-places", "-terms")
    },
    "blocs:members": of_year(),
    "blocs:rotation": of_year(),
    "blocs:bloc-year-edit": of_year(),
    "blocs:office-appoint": of_year(),
    "blocs:office-end": of_year(pk=lambda w, s: s.office.pk),
    "blocs:holder-create": of_year(pk=lambda w, s: s.office.pk),
    "blocs:movement-edit": of_year(),
    "blocs:covenant": of_year(),
    "blocs:covenant-edit": of_year(),
    "blocs:covenant-send": of_year(),
    "blocs:covenant-revise": in_signing_year,
    "blocs:covenant-sign": in_signing_year,
    "blocs:covenant-refuse": lambda w, s: {**in_signing_year(w, s), "pk": s.covenants["signing"].signatures.first().pk},
    "blocs:covenant-freeze": in_signing_year,
    "blocs:covenant-remind": in_signing_year,
    "blocs:covenant-confirm": in_signing_year,
    "blocs:covenant-revision": lambda w, s: {**in_signing_year(w, s), "number": 0},
    "blocs:covenant-signature-scan": of_signature,
    **{f"blocs:covenant-sign-{way}": of_signature for way in ("own", "click", "certificate", "token", "file")},
    "blocs:covenant-pdf": of_year(),
    "blocs:covenant-docx": of_year(),
    "blocs:covenant-issue": in_signing_year,
    "blocs:covenant-scan": in_signing_year,
    "blocs:targets": of_year(),
    "blocs:targets-export": of_year(),
    "blocs:target-results": lambda w, s: {**in_signing_year(w, s), "code": s.membership.unit.code},
    "blocs:target-bloc-results": in_signing_year,
    "blocs:covenant-template-edit": lambda w, s: {"pk": w.covenant_template.pk},
    "blocs:covenant-template-active": lambda w, s: {"pk": w.covenant_template.pk, "choice": "ngung"},
    "blocs:handover": of_year(),
    "blocs:handover-list": of_year(),
    "blocs:handover-pdf": of_year(),
    "blocs:handover-docx": of_year(),
    "blocs:handover-issue": of_year(),
    "documents:issued-file": lambda w, s: {"code": s.issued.code},
    "portal:proof": lambda w, s: {"code": s.issued.code},
    "portal:paper": lambda w, s: {"code": s.issued.code},
    "portal:year-dossier": of_year(),
    "portal:letter-dossier": letter("received"),
    "portal:letter-dossier@draft": letter("draft"),
    "portal:paper-signed": lambda w, s: {"code": s.issued.code},
    "documents:made-file": lambda w, s: {"code": s.issued.code},
    "documents:paper-file": lambda w, s: {"pk": w.paper.pk},
    "documents:paper-file@public": lambda w, s: {"pk": w.public_paper.pk},
    **{f"documents:batch{page}": lambda w, s: {"pk": waiting_batch(s.secretary).pk} for page in ("", "-file", "-cancel")},
    **{
        f"documents:batch{page}@done": lambda w, s: {"pk": finished_batch(s.secretary, s.issued.file).pk}
        for page in ("", "-file")
    },
    "documents:batch-start": lambda w, s: {"token": "0" * 32},
    "meetings:meetings": of_year(),
    "meetings:meeting-create": of_year(),
    "meetings:meeting": meeting("held"),
    "meetings:meeting-edit": meeting("held"),
    "meetings:meeting-edit@closed": meeting("closed"),
    "meetings:meeting-close": meeting("held"),
    "meetings:meeting-reopen": meeting("closed"),
    "meetings:meeting-report-pdf": meeting("held"),
    "meetings:meeting-report-docx": meeting("held"),
    "meetings:meeting-report-issue": meeting("held"),
    **{f"meetings:invitation{page}": meeting("announced") for page in ("", "-pdf", "-docx", "-issue")},
    "awards:proposals": of_year(),
    "awards:proposal-create": of_year(),
    "awards:proposal": letter("received"),
    "awards:proposal@draft": letter("draft"),
    "awards:proposal-edit": letter("draft"),
    "awards:proposal-edit@sent": letter("sent"),
    "awards:proposal-achievements": letter("draft"),
    "awards:proposal-submit": letter("draft"),
    "awards:proposal-recall": letter("sent"),
    "awards:proposal-receive": letter("sent"),
    "awards:proposal-close": letter("done"),
    "awards:line-correct": lambda w, s: {"pk": s.letters["received"].pk, "line_pk": s.items["returned"].line_id},
    "awards:items-accept": letter("received"),
    "awards:items-return": letter("received"),
    "awards:items-refuse": letter("received"),
    **{f"blocs:import{act}": lambda w, s: {"pk": w.imports["units"].pk} for act in ("", *IMPORT_ACTS)},
    "blocs:import@accounts": lambda w, s: {"pk": w.imports["accounts"].pk},
    **{f"blocs:import-{page}": lambda w, s: {"kind": "don-vi"} for page in ("create", "template", "export")},
    **{f"blocs:import-{page}@accounts": lambda w, s: {"kind": "tai-khoan"} for page in ("create", "template", "export")},
    "awards:items-withdraw": letter("received"),
    "awards:letter-pdf": letter("draft"),
    "awards:letter-pdf@sent": letter("sent"),
    "awards:letter-docx": letter("draft"),
    "awards:letter-issue": letter("sent"),
    "awards:decision": decision("draft"),
    "awards:decision@published": decision("published"),
    "awards:decision-file": decision("draft"),
    "awards:decision-edit": decision("draft"),
    "awards:decision-publish": decision("draft"),
    "awards:award-kind-edit": lambda w, s: {"pk": w.award.pk},
    "news:category": lambda w, s: {"slug": w.category.slug},
    "news:photo": lambda w, s: {"pk": s.photo.pk},
    "news:attachment": lambda w, s: {"pk": s.attachment.pk},
    "news:article": lambda w, s: {"slug": s.articles["published"].slug},
    "news:article@draft": lambda w, s: {"slug": s.articles["draft"].slug},
    "news:article@withdrawn": lambda w, s: {"slug": s.articles["withdrawn"].slug},
    "news:article-print": lambda w, s: {"slug": s.articles["published"].slug},
    "news:article-print@draft": lambda w, s: {"slug": s.articles["draft"].slug},
    "news:article-from-meeting": lambda w, s: {"meeting_pk": s.meetings["held"].pk},
    "news:desk-article": article("draft"),
    "news:desk-article@in_review": article("in_review"),
    "news:article-edit": article("draft"),
    "news:article-edit@in_review": article("in_review"),
    "news:article-preview": article("draft"),
    "news:article-submit": article("draft"),
    "news:article-correct": article("published"),
    "news:article-return": article("in_review"),
    "news:article-publish": article("in_review"),
    "news:article-withdraw": article("published"),
    "news:article-reopen": article("withdrawn"),
    "news:photo-create": article("draft"),
    "news:photo-edit": lambda w, s: {"pk": s.articles["draft"].pk, "photo_pk": s.photo.pk},
    "news:photo-delete": lambda w, s: {"pk": s.articles["draft"].pk, "photo_pk": s.photo.pk},
    "news:attachment-create": article("draft"),
    "news:attachment-delete": lambda w, s: {"pk": s.articles["draft"].pk, "attachment_pk": s.attachment.pk},
    "portal:bloc": lambda w, s: {"slug": s.bloc.slug},
    "portal:bloc-year": of_year(),
    "portal:unit": lambda w, s: {"code": w.unit.code},
    "portal:bloc-year-work": of_year(),
    "portal:bloc-year-papers": of_year(),
    **{f"portal:year-paper{page}": of_year(paper=lambda w, s: "ke-hoach") for page in ("", "-pdf", "-docx", "-issue")},
    "portal:year-paper@quy-che": of_year(paper=lambda w, s: "quy-che"),
    "portal:handover-refresh": of_year(),
}


def chosen(state, **more):
    return lambda w, s: {"items": [s.items[state].pk], **more}


# What an act is sent with; an act that is not here needs nothing.
FORMS = {
    "awards:items-accept": chosen("proposed"),
    "awards:items-return": chosen("proposed", reason="Số lượng không khớp danh sách."),
    "awards:items-refuse": chosen("proposed", reason="Không đủ tiêu chuẩn."),
    "awards:items-withdraw": chosen("proposed", reason="Đơn vị xin rút."),
    "meetings:meeting-reopen": lambda w, s: {"reason": "Bổ sung số liệu."},
    "news:article-return": lambda w, s: {"reason": "Bổ sung ảnh."},
    "news:article-withdraw": lambda w, s: {"reason": "Đính chính."},
}

# Forms whose record moved on while they were open: see the test.
MOVED_ON = {"meetings:meeting-edit@closed", "awards:proposal-edit@sent", "news:article-edit", "news:article-edit@in_review"}
