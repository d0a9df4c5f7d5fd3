"""One revision beside the one before: did it touch anything but signature fields?"""

from pyhanko.pdf_utils import generic
from pyhanko.sign.diff_analysis import DEFAULT_DIFF_POLICY, ModificationLevel
from pyhanko.sign.diff_analysis.commons import compare_dicts

from documents.signing.reading import fields_of

# A signature may come with evidence and versions of the format; what it says of the paper stays (`increment`).
_CATALOGUE = {"/AcroForm", "/DSS", "/Extensions", "/Metadata", "/Version"}
_FIELD = {"/V", "/AP", "/F"}
# pyHanko looks at every object of the paper for each comparison, so only some steps may be as unusual as to need it.
_MOST_UNUSUAL = 10


def replaced_objects(old, new, fields):
    """References of old objects that were written anew with other contents, and are none that a signature has to write.

    A signature writes the catalogue, the form, the description, evidence, and the fields in `fields` with their looks.
    """
    expected = {new.root_ref.idnum}
    for owner, keys in ((new.root, ("/AcroForm", "/Metadata", "/DSS", "/Extensions")), (new.trailer_view, ("/Info",))):
        expected |= {owner.raw_get(key).idnum for key in keys if _is_reference(owner, key)}
    for field in fields:
        expected.add(field.reference.idnum)
        before = old(generic.Reference(field.reference.idnum, field.reference.generation, old))
        expected |= _looks(before) & _looks(field.dictionary)
    touched = (ref for ref in new.explicit_refs_in_revision() if not old.is_ref_unassignable(ref))
    return [ref for ref in touched if ref.idnum not in expected and not _is_same(old(ref), new(ref))]


def only_signs(old, new):
    """Whether the usual thing happened: empty signature fields were filled, and whatever else was there stayed as it was."""
    before, after = fields_of(old.root), fields_of(new.root)
    if list(before) != list(after) or new.refs_freed_in_revision() or old.root_ref.idnum != new.root_ref.idnum:
        return False
    filled = [
        field for name, field in after.items() if field.is_signature and not before[name].is_filled and field.is_filled
    ]
    return (
        compare_dicts(old.root, new.root, _CATALOGUE, raise_exc=False)
        and compare_dicts(old.root["/AcroForm"], new.root["/AcroForm"], {"/SigFlags"}, raise_exc=False)
        and all(
            before[field.name].reference.idnum == field.reference.idnum
            and compare_dicts(before[field.name].dictionary, field.dictionary, _FIELD, raise_exc=False)
            and old.is_ref_unassignable(field.dictionary.raw_get("/V").reference)
            for field in filled
        )
        and not replaced_objects(old, new, filled)
    )


def last_foreign_change(reader, since):
    """The last revision after `since` that did more than sign or add evidence, None if there is none.

    Each revision is compared with the one before alone; with forty signatures that is forty looks instead of eight hundred.
    """
    unusual = 0
    for revision in range(reader.xrefs.total_revisions - 1, since, -1):
        old, new = reader.get_historical_resolver(revision - 1), reader.get_historical_resolver(revision)
        if _passes(only_signs, old, new):
            continue
        unusual += 1
        if unusual > _MOST_UNUSUAL or not _passes(_policy_agrees, old, new):
            return revision
    return None


def _policy_agrees(old, new):
    return DEFAULT_DIFF_POLICY.apply(old=old, new=new).modification_level <= ModificationLevel.FORM_FILLING


def _passes(check, old, new):
    try:
        return check(old, new)
    except Exception:  # what cannot be compared did more than sign
        return False


def _looks(field):
    look = field.get("/AP", {})
    return {look.raw_get(key).idnum for key in look if _is_reference(look, key)}


def _is_reference(owner, key):
    return key in owner and isinstance(owner.raw_get(key), generic.IndirectObject)


def _is_same(old, new):
    if isinstance(old, generic.StreamObject) or isinstance(new, generic.StreamObject):
        return type(old) is type(new) and dict(old) == dict(new) and old.encoded_data == new.encoded_data
    return type(old) is type(new) and old == new
