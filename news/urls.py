"""Addresses of `news`: the public pages, the feed, and the desk."""

from django.urls import path

from news.feeds import news_feed
from news.views import desk, public

app_name = "news"

urlpatterns = [
    path("tin-tuc/", public.article_list, name="articles"),
    path("tin-tuc/chuyen-muc/<slug:slug>/", public.category, name="category"),
    path("tin-tuc/anh/<int:pk>/", public.photo, name="photo"),
    path("tin-tuc/tep/<int:pk>/", public.attachment, name="attachment"),
    path("tin-tuc/<slug:slug>/", public.article, name="article"),
    path("tin-tuc/<slug:slug>/in/", public.article_print, name="article-print"),
    path("rss/", news_feed, name="feed"),
    path("lam-viec/tin-tuc/", desk.desk, name="desk"),
    path("lam-viec/tin-tuc/them/", desk.article_create, name="article-create"),
    path("lam-viec/tin-tuc/tu-hoi-nghi/<int:meeting_pk>/", desk.article_from_meeting, name="article-from-meeting"),
    path("lam-viec/tin-tuc/<int:pk>/", desk.desk_article, name="desk-article"),
    path("lam-viec/tin-tuc/<int:pk>/sua/", desk.article_edit, name="article-edit"),
    path("lam-viec/tin-tuc/<int:pk>/xem-truoc/", desk.article_preview, name="article-preview"),
    path("lam-viec/tin-tuc/<int:pk>/gui-duyet/", desk.article_submit, name="article-submit"),
    path("lam-viec/tin-tuc/<int:pk>/dinh-chinh/", desk.article_correct, name="article-correct"),
    path("lam-viec/tin-tuc/<int:pk>/tra-lai/", desk.article_return, name="article-return"),
    path("lam-viec/tin-tuc/<int:pk>/dang/", desk.article_publish, name="article-publish"),
    path("lam-viec/tin-tuc/<int:pk>/go/", desk.article_withdraw, name="article-withdraw"),
    path("lam-viec/tin-tuc/<int:pk>/mo-lai/", desk.article_reopen, name="article-reopen"),
    path("lam-viec/tin-tuc/<int:pk>/anh/them/", desk.photo_create, name="photo-create"),
    path("lam-viec/tin-tuc/<int:pk>/anh/<int:photo_pk>/", desk.photo_edit, name="photo-edit"),
    path("lam-viec/tin-tuc/<int:pk>/anh/<int:photo_pk>/xoa/", desk.photo_delete, name="photo-delete"),
    path("lam-viec/tin-tuc/<int:pk>/tep/them/", desk.attachment_create, name="attachment-create"),
    path("lam-viec/tin-tuc/<int:pk>/tep/<int:attachment_pk>/xoa/", desk.attachment_delete, name="attachment-delete"),
]
