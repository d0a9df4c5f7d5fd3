"""In whose name somebody signs: the words, and the fields they are written with."""

import pytest

from documents.authority import SignedBy, signature_fields, signature_of
from tests.documents.sample_form import SampleLetter


@pytest.mark.parametrize(
    ("authority", "body", "line"),
    [
        ("TM.", "Khối thi đua", "TM. Khối thi đua"),
        ("KT.", "Chủ tịch", "KT. Chủ tịch"),
        ("TL.", "Chủ tịch", "TL. Chủ tịch"),
        ("TUQ.", "Giám đốc", "TUQ. Giám đốc"),
        ("Q.", "Giám đốc", "Q. Giám đốc"),
        ("", "Khối thi đua", ""),
        ("TM.", "", ""),
    ],
)
def test_the_authority_is_written_before_who_is_signed_for(authority, body, line):
    assert signature_of({"sign_authority": authority, "sign_for": body})["authority"] == line


@pytest.mark.parametrize("authority", ["TM. Khối thi đua", "KT. Chủ tịch", "TUQ. Giám đốc", "Q. Giám đốc", ""])
def test_the_fields_give_back_the_signature(authority):
    signature = {"authority": authority, "post": "Phó Giám đốc", "second_post": "", "name": "Bùi Đình Thi"}
    assert signature_of(signature_fields(signature)) == signature


def test_another_signer_changes_the_signature_and_nothing_else():
    paper = SampleLetter()
    signed = SignedBy(paper, {"authority": "KT. Trưởng khối", "post": "Phó khối", "second_post": "", "name": "Trần Văn An"})
    before, after = paper.frozen(), signed.frozen()
    assert after["values"].pop("signature")["name"] == "Trần Văn An"
    assert before["values"].pop("signature")["name"] == "Bùi Đình Thi"
    assert before == after
    assert signed.code == paper.code
