"""Articles with their pictures and files."""

from io import BytesIO

import factory
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from factory.django import DjangoModelFactory
from PIL import Image

from news.enums import ArticleState
from news.models import Article, Attachment, Category, Photo
from tests.factories.blocs import UserFactory


def picture(name="anh.jpg", size=(900, 600), colour=(168, 19, 27), kind="JPEG", **save):
    """An upload with a picture in it; `exif=` goes to Pillow."""
    body = BytesIO()
    Image.new("RGB", size, colour).save(body, kind, **save)
    return SimpleUploadedFile(name, body.getvalue())


class CategoryFactory(DjangoModelFactory):
    class Meta:
        model = Category
        django_get_or_create = ("slug",)

    slug = "tin-hoat-dong-khoi"
    name = "Tin hoạt động cụm, khối thi đua"


class ArticleFactory(DjangoModelFactory):
    """A complete draft; `in_review=True`, `published=True`, `withdrawn=True` for the later states."""

    class Meta:
        model = Article

    class Params:
        in_review = factory.Trait(state=ArticleState.IN_REVIEW)
        published = factory.Trait(
            state=ArticleState.PUBLISHED,
            published_at=factory.LazyFunction(timezone.now),
            published_by=factory.SubFactory(UserFactory),
        )
        withdrawn = factory.Trait(
            state=ArticleState.WITHDRAWN,
            published_at=factory.LazyFunction(timezone.now),
            published_by=factory.SubFactory(UserFactory),
        )

    title = factory.Sequence(lambda n: f"Khối thi đua tổng kết công tác năm 2021 {n}")
    slug = factory.Sequence(lambda n: f"khoi-thi-dua-tong-ket-{n}")
    lead = "Chiều 11/01/2022, khối thi đua tổ chức hội nghị tổng kết."
    body = "Các đại biểu đã thảo luận.\n\nHội nghị kết thúc trong ngày."
    category = factory.SubFactory(CategoryFactory)
    author_line = "Ban biên tập"
    created_by = factory.SubFactory(UserFactory)


class PhotoFactory(DjangoModelFactory):
    """A row with its two files, as `add_photo` stores them; `image=` is the upload."""

    class Meta:
        model = Photo

    article = factory.SubFactory(ArticleFactory)
    image = factory.LazyFunction(picture)
    small = factory.LazyFunction(lambda: picture(size=(480, 320)))
    width, height = 900, 600
    alt = "Các đại biểu trong hội trường"
    caption = "Quang cảnh hội nghị"


class AttachmentFactory(DjangoModelFactory):
    class Meta:
        model = Attachment

    article = factory.SubFactory(ArticleFactory)
    file = factory.LazyFunction(lambda: SimpleUploadedFile("giao-uoc.pdf", b"%PDF-1.4 giao uoc"))
    title = "Bản giao ước thi đua năm 2022"
