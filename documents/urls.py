from django.urls import path

from documents import views

app_name = "documents"

urlpatterns = [
    path("van-ban/<slug:code>.pdf", views.issued_file, name="issued-file"),
    path("van-ban-goc/<int:pk>.pdf", views.paper_file, name="paper-file"),
]
