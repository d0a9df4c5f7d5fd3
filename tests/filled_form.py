"""Fill in a form as a browser would: what the page already holds, changed where the user types."""

from html.parser import HTMLParser


class _Forms(HTMLParser):
    """Every POST form of a page as {name: [values]}; what stands in a <template> is not part of the page."""

    def __init__(self):
        super().__init__()
        self.forms, self.current, self.inert = [], None, 0
        self.select = self.area = None

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag == "template":
            self.inert += 1
        if self.inert:
            return
        if tag == "form":
            self.current = {} if attrs.get("method", "get").lower() == "post" else None
            if self.current is not None:
                self.forms.append(self.current)
        if self.current is None:
            return
        name = attrs.get("name")
        if tag == "input" and name:
            kind = attrs.get("type", "text")
            if kind in ("checkbox", "radio"):
                self.current.setdefault(name, [])
                if "checked" in attrs:
                    self.current[name].append(attrs.get("value", "on"))
            elif kind not in ("submit", "button", "file"):
                self.current.setdefault(name, []).append(attrs.get("value", ""))
        elif tag == "select" and name:
            self.select = name
            self.current.setdefault(name, [])
        elif tag == "option" and self.select:
            if "selected" in attrs or not self.current[self.select]:
                self.current[self.select] = [attrs.get("value", "")]
        elif tag == "textarea" and name:
            self.area = name
            self.current.setdefault(name, []).append("")

    def handle_data(self, data):
        if self.area and not self.inert:
            self.current[self.area][-1] += data

    def handle_endtag(self, tag):
        if tag == "template":
            self.inert -= 1
        elif tag == "form" and not self.inert:
            self.current = None
        elif tag == "select":
            self.select = None
        elif tag == "textarea":
            self.area = None


def read_form(response, *names):
    """The form of the page that has all these fields (the first one without names), as data to post."""
    parser = _Forms()
    parser.feed(response.content.decode())
    found = next(form for form in parser.forms if set(names) <= form.keys())
    return {name: values if len(values) > 1 else values[0].removeprefix("\n") for name, values in found.items() if values}


def send_form(client, url, *, button="", **typed):
    """Open the page, type, press the button. Fields that a script would add (rows of a list) may be typed as well."""
    page = client.get(url)
    assert page.status_code == 200, (url, page.status_code)
    fields = [name for name in typed if not name.partition("-")[2]]
    data = read_form(page, *fields)
    if button:
        data[button] = "1"
    return client.post(url, {**data, **typed})


def rows(prefix, *given):
    """The rows of one list of the form, as its script numbers them."""
    data = {f"{prefix}-TOTAL_FORMS": len(given), f"{prefix}-INITIAL_FORMS": 0}
    for number, row in enumerate(given):
        data.update({f"{prefix}-{number}-{name}": value for name, value in row.items()})
    return data
