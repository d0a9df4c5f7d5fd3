"""Rows added to a formset where no script runs: “Thêm dòng” sends the form, one row longer it comes back."""


def add_row(request, formset_prefixes):
    """The posted data with one more row, when “Thêm dòng” was pressed for one of these prefixes; else None.

        if longer := add_row(request, ["items"]):
            form, items = MeetingForm(longer), ItemFormSet(longer, prefix="items")
            return render(request, template, {"form": form, "items": items, "is_adding_row": True})

    Nothing is saved and no fault is shown yet (`is_adding_row`).
    """
    prefix = request.POST.get("them_dong")
    if request.method != "POST" or prefix not in formset_prefixes:
        return None
    data = request.POST.copy()
    name = f"{prefix}-TOTAL_FORMS"
    total = data.get(name, "0")
    # A row more than the formset's own ceiling is refused there, not here.
    data[name] = str(min(int(total), 1000) + 1) if total.isdecimal() and len(total) < 10 else "1"
    return data
