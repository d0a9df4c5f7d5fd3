"""The forms of a page with the kind of every field, for tests that put nonsense into each of them."""

from dataclasses import dataclass, field

from tests.filled_form import _Forms

TYPED = {"text", "textarea", "url", "email", "search", "password"}


@dataclass
class Form:
    """`data` as a browser would send it untouched; `kinds` the type of every field; `faulty` those marked as faulty."""

    action: str = ""
    data: dict = field(default_factory=dict)
    kinds: dict = field(default_factory=dict)
    faulty: set = field(default_factory=set)

    def of_kind(self, *kinds):
        return [name for name, kind in self.kinds.items() if kind in kinds]


class _Reader(_Forms):
    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attrs):
        super().handle_starttag(tag, attrs)
        if self.inert or self.current is None:
            return
        attrs = dict(attrs)
        if tag == "form":
            self.found.append(Form(action=attrs.get("action") or "", data=self.current))
        name = attrs.get("name")
        if tag not in ("input", "select", "textarea") or not name or "readonly" in attrs:
            return
        kind = attrs.get("type", "text") if tag == "input" else tag
        if attrs.get("placeholder") == "dd/mm/yyyy":
            kind = "date"
        elif attrs.get("inputmode") == "numeric":
            kind = "number"
        form = self.found[-1]
        form.kinds[name] = kind
        if attrs.get("aria-invalid") == "true":
            form.faulty.add(name)


def own_form(response):
    """The form that is sent to the page's own address; None when the page has none."""
    reader = _Reader()
    reader.feed(response.content.decode())
    here = response.wsgi_request.path
    form = next((form for form in reader.found if form.action in ("", here)), None)
    if form is not None:
        form.data = {
            name: values if len(values) > 1 else values[0].removeprefix("\n") for name, values in form.data.items() if values
        }
    return form
