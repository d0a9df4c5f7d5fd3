from django.urls import include, path

from documents import views
from documents.urls_batches import batch_pages

app_name = "documents"

urlpatterns = [
    path("van-ban/<slug:code>.pdf", views.issued_file, name="issued-file"),
    path("van-ban/<slug:code>/ban-lap.pdf", views.made_file, name="made-file"),
    path("van-ban-goc/<int:pk>.pdf", views.paper_file, name="paper-file"),
    path("lam-viec/tao-van-ban/", include(batch_pages)),
]
