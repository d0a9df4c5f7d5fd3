"""Addresses of the papers that are made behind the page; below /lam-viec/tao-van-ban/."""

from django.urls import path

from documents import views_batches as views

batch_pages = [
    path("", views.batches, name="batches"),
    path("<int:pk>/", views.batch, name="batch"),
    path("<int:pk>/dung/", views.batch_cancel, name="batch-cancel"),
    path("<int:pk>/tai-ve/", views.batch_file, name="batch-file"),
    path("nen/<slug:token>/", views.batch_start, name="batch-start"),
]
