"""Fifteen units sign one paper: every step is taken, the end is still a paper for the archive, and other tools accept it."""

import shutil
import subprocess
import time

import pytest

from documents.signing import read_signatures
from tests.documents import pki
from tests.documents.pki import blank, check, sign

pytestmark = pytest.mark.slow
UNITS = 15


@pytest.fixture(scope="module")
def chain():
    """The file after each of fifteen signatures, RSA and elliptic curves in turn."""
    files = [blank(UNITS)]
    for number in range(1, UNITS + 1):
        party = pki.unit(pki.unit_name(number), "rsa" if number % 5 == 0 else "ec")
        files.append(sign(files[-1], number, party=party))
    return files


def test_every_step_of_fifteen_is_taken(chain):
    for number in range(1, UNITS + 1):
        facts = check(chain[number - 1], chain[number], number, done=number - 1)
        assert (facts.field_name, facts.signer) == (f"Ky_{number}", pki.unit_name(number))


def test_all_fifteen_signatures_are_read_in_their_order(chain):
    read = read_signatures(chain[-1], roots=[pki.root().pem])

    assert [facts.field_name for facts in read] == [f"Ky_{number}" for number in range(1, UNITS + 1)]
    assert {facts.problem for facts in read} == {""}
    assert [facts.covers_whole_file for facts in read] == [False] * 14 + [True]


@pytest.mark.parametrize("flavour", ["2a", "ua1"])
@pytest.mark.parametrize("count", [1, UNITS])
def test_a_signed_paper_keeps_the_rules_of_pdf_a_and_pdf_ua(chain, count, flavour, tmp_path):
    from tests.documents.verapdf import failures

    path = tmp_path / "signed.pdf"
    path.write_bytes(chain[count])
    assert failures(path, flavour) == []


def run(command, path):
    if shutil.which(command[0]) is None:
        pytest.skip(f"{command[0]} is not installed")
    return subprocess.run([*command, str(path)], capture_output=True, text=True, timeout=60, check=False)


def test_poppler_finds_fifteen_valid_signatures(chain, tmp_path):
    path = tmp_path / "signed.pdf"
    path.write_bytes(chain[-1])
    told = run(["pdfsig", "-nocert"], path).stdout

    assert told.count("Signature Validation: Signature is Valid.") == UNITS
    assert told.count("Total document signed") == 1


def test_qpdf_finds_no_fault(chain, tmp_path):
    path = tmp_path / "signed.pdf"
    path.write_bytes(chain[-1])
    done = run(["qpdf", "--check"], path)

    assert (done.returncode, "No syntax or stream encoding errors found" in done.stdout) == (0, True)


def test_the_last_of_many_signatures_costs_about_what_the_first_does(chain):
    """Each revision is compared with the one before alone; all with all would take minutes for forty units."""

    def seconds(number):
        began = time.process_time()
        check(chain[number - 1], chain[number], number, done=number - 1)
        return time.process_time() - began

    first, last = (min(seconds(number) for _ in range(3)) for number in (1, UNITS))
    assert last < 10 * first + 0.5
