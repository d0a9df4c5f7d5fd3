"""What stands at the top of a paper and is repeated in its symbol: who issues it, under whom, where."""

from dataclasses import asdict, dataclass

from common.errors import NotReady
from documents.enums import LetterheadProfile


@dataclass(frozen=True)
class Letterhead:
    """Phần đầu văn bản: names as the register has them; capitals are the template's business.

    `profile` chooses the template `documents/paper/_letterhead_<profile>.html`. Papers that go to a State council use
    the State profile whoever leads the bloc (OPQ-8, PTY-5).
    """

    issuing_name: str
    superior_name: str = ""
    symbol: str = ""
    place: str = ""
    profile: str = LetterheadProfile.STATE.value

    @classmethod
    def of(cls, issuer, profile=None):
        """From the register of issuers; `profile` overrides the issuer's own."""
        return cls(
            issuing_name=issuer.name,
            superior_name=issuer.superior_name,
            symbol=issuer.symbol,
            place=issuer.place,
            profile=str(LetterheadProfile(profile or issuer.profile).value),
        )

    def as_values(self):
        """Plain data, to be frozen with the paper."""
        return asdict(self)


# The only profile whose rules are printed so far (Nghị định 30/2020/NĐ-CP, Phụ lục I).
PRINTED_PROFILES = {LetterheadProfile.STATE.value}


def check_profile(letterhead):
    """Raise NotReady for a profile that cannot be printed: a Party paper in State form would be a wrong paper."""
    if letterhead.profile not in PRINTED_PROFILES:
        label = LetterheadProfile(letterhead.profile).label
        raise NotReady([f"mẫu in theo thể thức “{label}” cho {letterhead.issuing_name}; hãy chọn thể thức cơ quan nhà nước"])
