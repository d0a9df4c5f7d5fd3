"""Text of one line of HTML as runs: blanks as a browser joins them, faces, forced breaks."""

import re

from documents.engine.word.model import Run

# A no-break space is not a blank: drafts leave room to write with it.
_BLANKS = re.compile(r"[ \t\n\r\f]+")
_FACES = {"b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline"}
_SILENT = {"script", "style", "template", "input", "svg", "title", "select", "textarea", "button"}
_NO_BREAK = "\N{NO-BREAK SPACE}"


class Inline:
    """Collects the runs of a paragraph."""

    def __init__(self):
        self._runs = []

    @classmethod
    def of(cls, node):
        """The contents of `node`, boxes inside it included."""
        inline = cls()
        inline._add_contents(node, {})
        return inline

    def add(self, node, **face):
        """An element with its contents; the text after it is the caller's."""
        if not isinstance(node.tag, str) or node.tag in _SILENT:
            return
        if node.tag == "br":
            self._runs.append(Run("\n", **face))
            return
        if node.tag in _FACES:
            face = {**face, _FACES[node.tag]: True}
        start = len(self._runs)
        self._add_contents(node, face)
        if "keep" in (node.get("class") or "").split():
            for run in self._runs[start:]:
                run.text = _BLANKS.sub(_NO_BREAK, run.text)

    def add_text(self, text, **face):
        if text:
            self._runs.append(Run(_BLANKS.sub(" ", text), **face))

    def _add_contents(self, node, face):
        self.add_text(node.text, **face)
        for child in node:
            self.add(child, **face)
            self.add_text(child.tail, **face)

    def runs(self):
        """What was collected: no blank at either end of a line, no two in a row; [] if there is nothing to see."""
        found = []
        # At the start of a line a blank is not printed.
        blank = True
        for run in self._runs:
            text = run.text
            if text == "\n":
                _strip_end(found)
            elif blank and text.startswith(" "):
                text = text[1:]
            if not text:
                continue
            blank = text.endswith((" ", "\n"))
            _append(found, Run(text, run.bold, run.italic, run.underline))
        _strip_end(found)
        return found


def _append(runs, run):
    last = runs[-1] if runs else None
    if last and (last.bold, last.italic, last.underline) == (run.bold, run.italic, run.underline):
        last.text += run.text
    else:
        runs.append(run)


def _strip_end(runs):
    while runs and runs[-1].text.endswith(" "):
        runs[-1].text = runs[-1].text[:-1]
        if not runs[-1].text:
            runs.pop()
