"""What a later version of a covenant says otherwise than the one before: contents and general part (F16)."""

from collections import Counter
from dataclasses import dataclass

from blocs.models import CovenantVersion
from blocs.target_words import item_words

ADDED, REMOVED, CHANGED = "added", "removed", "changed"
LABELS = {ADDED: "Thêm", REMOVED: "Bỏ", CHANGED: "Sửa"}
TONES = {ADDED: "ok", REMOVED: "bad", CHANGED: "warn"}
# From here on two texts are one content in other words, below it one was taken out and another put in.
_SAME = 0.6
_GENERAL = (("theme", "Chủ đề"), ("grounds", "Căn cứ"), ("undertaking", "Cam kết chung"))


@dataclass(frozen=True)
class Change:
    """One difference in the words of both versions; `before` or `after` is empty where there was or is nothing."""

    kind: str
    what: str
    before: str = ""
    after: str = ""

    @property
    def label(self):
        return LABELS[self.kind]

    @property
    def tone(self):
        return TONES[self.kind]


def version_before(version):
    """The version that this one was made from, None for the first."""
    earlier = CovenantVersion.objects.filter(covenant=version.covenant_id, number__lt=version.number)
    return earlier.order_by("-number").first()


def changes_of(version, before=None):
    """The Changes from `before` (by default the version before this one): first the general part, then the contents.

    An empty list for a first version. The mere order of contents is no change.
    """
    before = before or version_before(version)
    if before is None:
        return []
    changes = [
        _general(label, getattr(before, name), getattr(version, name))
        for name, label in _GENERAL
        if getattr(before, name) != getattr(version, name)
    ]
    old = list(before.items.select_related("responsible"))
    new = list(version.items.select_related("responsible"))
    return changes + _contents(old, new)


def _general(label, before, after):
    kind = CHANGED if before and after else ADDED if after else REMOVED
    return Change(kind, label, before, after)


def _contents(old, new):
    pairs = _pairs(old, new)
    partner = {id(after): before for before, after in pairs}
    kept = {id(before) for before, _ in pairs}
    changes = [Change(REMOVED, "Nội dung", before=_words(item)) for item in old if id(item) not in kept]
    for item in new:
        before = partner.get(id(item))
        if before is None:
            changes.append(Change(ADDED, "Nội dung", after=_words(item)))
        elif _words(before) != _words(item):
            changes.append(Change(CHANGED, "Nội dung", _words(before), _words(item)))
    return changes


def _pairs(old, new):
    """(old, new) contents that are one: the same in every word, then of the same text, then of the closest text."""
    old, new, pairs = list(old), list(new), []
    for key in (_words, lambda item: (item.heading, item.text), lambda item: item.text):
        for item in list(new):
            before = next((row for row in old if key(row) == key(item)), None)
            if before is not None:
                pairs.append((before, item))
                old.remove(before)
                new.remove(item)
    counted = {id(item): Counter(item.text.split()) for item in [*old, *new]}
    close = [
        (_likeness(counted[id(before)], counted[id(after)]), number, before, after)
        for before in old
        for number, after in enumerate(new)
    ]
    # The most alike first; what stands earlier wins among equals.
    for likeness, _, before, after in sorted(close, key=lambda row: (-row[0], row[1])):
        if likeness >= _SAME and before in old and after in new:
            pairs.append((before, after))
            old.remove(before)
            new.remove(after)
    return pairs


def _likeness(before, after):
    """The share of words in common; their order is not asked for, over texts of the same few words that takes hours."""
    return 2 * (before & after).total() / max(before.total() + after.total(), 1)


def _words(item):
    """A content as one line: its heading, its text, what is measured."""
    heading = f"{item.heading}: " if item.heading else ""
    words = item_words(item)
    if item.value is not None:
        words = f"chỉ tiêu: {words}"
    return f"{heading}{item.text} ({words})" if words else f"{heading}{item.text}"
