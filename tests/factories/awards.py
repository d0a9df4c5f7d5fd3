"""Awards, letters with lines and items, decisions and grants."""

from datetime import date

import factory
from django.core.files.base import ContentFile
from django.utils import timezone
from factory.django import DjangoModelFactory

from awards.enums import AwardCategory, AwardLevel, AwardSubject, DecisionState, ProposalState
from awards.models import AwardKind, CouncilMember, Decision, Grant, Proposal, ProposalItem, ProposalLine
from tests.factories.blocs import BlocYearFactory, PaperFactory, UnitFactory, UserFactory


def small_pdf(name="quyet-dinh.pdf"):
    """A PDF of one empty page, as an upload or a stored file."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>",
    ]
    body, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj%sendobj\n" % (number, content)
    start = len(body)
    body += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    body += b"".join(b"%010d 00000 n \n" % place for place in places)
    body += b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, start)
    return ContentFile(body, name=name)


class AwardKindFactory(DjangoModelFactory):
    class Meta:
        model = AwardKind

    code = factory.Sequence(lambda n: f"BANG-KHEN-{n}")
    name = factory.Sequence(lambda n: f"Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh {n}")
    category = AwardCategory.FORM
    subject = AwardSubject.BOTH
    level = AwardLevel.PROVINCE
    decider = "Chủ tịch Ủy ban nhân dân tỉnh"


class CouncilMemberFactory(DjangoModelFactory):
    class Meta:
        model = CouncilMember

    user = factory.SubFactory(UserFactory)
    title = "Ủy viên Hội đồng"
    starts_on = date(2020, 1, 1)


class ProposalFactory(DjangoModelFactory):
    """A draft; `sent=True` or `received=True` for a letter that has arrived."""

    class Meta:
        model = Proposal

    class Params:
        sent = factory.Trait(
            state=ProposalState.SENT,
            sent_at=factory.LazyFunction(timezone.now),
            sent_by=factory.SubFactory(UserFactory),
        )
        received = factory.Trait(
            sent=True,
            state=ProposalState.RECEIVED,
            received_at=factory.LazyFunction(timezone.now),
            received_by=factory.SubFactory(UserFactory),
        )
        closed = factory.Trait(received=True, state=ProposalState.CLOSED)

    bloc_year = factory.SubFactory(BlocYearFactory)
    addressee = "Hội đồng Thi đua - Khen thưởng tỉnh"


class ProposalLineFactory(DjangoModelFactory):
    class Meta:
        model = ProposalLine

    proposal = factory.SubFactory(ProposalFactory)
    award = factory.SubFactory(AwardKindFactory)


class ProposalItemFactory(DjangoModelFactory):
    """A unit, proposed; `unit=None, nominee_name="…"` for another nominee."""

    class Meta:
        model = ProposalItem

    line = factory.SubFactory(ProposalLineFactory)
    unit = factory.SubFactory(UnitFactory)


class DecisionFactory(DjangoModelFactory):
    """Recorded and hidden; `published=True` for one that stands in public."""

    class Meta:
        model = Decision
        skip_postgeneration_save = True

    class Params:
        published = factory.Trait(
            state=DecisionState.PUBLISHED,
            published_at=factory.LazyFunction(timezone.now),
            published_by=factory.SubFactory(UserFactory),
            paper__is_public=True,
        )

    paper = factory.SubFactory(
        PaperFactory,
        issued_on=date(2022, 3, 1),
        subject="Khen thưởng các tập thể có thành tích xuất sắc năm 2021",
        file=factory.LazyFunction(small_pdf),
    )
    recorded_by = factory.SubFactory(UserFactory)

    @factory.post_generation
    def items(self, create, extracted, **kwargs):
        self.items.set(extracted or [])


class GrantFactory(DjangoModelFactory):
    """A row of the register of a published decision."""

    class Meta:
        model = Grant

    decision = factory.SubFactory(DecisionFactory, published=True)
    award = factory.SubFactory(AwardKindFactory)
    bloc_year = factory.SubFactory(BlocYearFactory)
    unit = factory.SubFactory(UnitFactory)
    recipient_name = factory.LazyAttribute(lambda grant: str(grant.unit))
    period = "Năm 2021"
