// Rows of a formset appear and go at once. Without this file “Thêm dòng” asks the server and “Xóa dòng” is a box to tick.
(() => {
  const start = (formset) => {
    if (formset.dataset.ready) return;
    formset.dataset.ready = "1";
    const prefix = formset.dataset.formset;
    const list = formset.querySelector("[data-formset-rows]");
    const empty = formset.querySelector("template[data-formset-empty]");
    const total = formset.querySelector(`[name="${prefix}-TOTAL_FORMS"]`);
    const most = Number(formset.querySelector(`[name="${prefix}-MAX_NUM_FORMS"]`)?.value || 1000);
    const status = formset.querySelector("[data-formset-status]");
    const add = formset.querySelector(".formset-add");
    const rows = () => [...list.querySelectorAll("[data-formset-row]")].filter((row) => !row.hidden);

    const renumber = () => {
      rows().forEach((row, index) => {
        row.setAttribute("aria-label", `Dòng ${index + 1}`);
        const number = row.querySelector(".formset-number");
        if (number) number.textContent = String(index + 1);
      });
    };

    const equip = (row) => {
      const box = row.querySelector('.formset-remove input[type="checkbox"]');
      if (!box) return;
      const button = document.createElement("button");
      button.type = "button";
      button.className = "btn btn-quiet btn-sm formset-remove-button";
      button.innerHTML = '<i class="bi bi-trash" aria-hidden="true"></i><span>Xóa dòng</span>';
      button.addEventListener("click", () => {
        const left = rows();
        const next = left[left.indexOf(row) + 1] || left[left.indexOf(row) - 1];
        box.checked = true;
        row.hidden = true;
        renumber();
        status.textContent = "Đã xóa dòng; bấm Lưu để ghi lại.";
        (next?.querySelector("input:not([type=hidden]), select, textarea") || add).focus();
      });
      box.closest(".formset-remove").hidden = true;
      box.closest(".formset-remove").before(button);
      if (box.checked) row.hidden = true;
    };

    list.querySelectorAll("[data-formset-row]").forEach(equip);
    renumber();

    add.addEventListener("click", (event) => {
      event.preventDefault();
      const number = Number(total.value);
      if (number >= most) {
        status.textContent = `Chỉ được thêm tối đa ${most} dòng.`;
        return;
      }
      const holder = document.createElement("template");
      holder.innerHTML = empty.innerHTML.replaceAll("__prefix__", String(number)).replaceAll("__so__", "");
      const row = holder.content.querySelector("[data-formset-row]");
      list.append(row);
      total.value = String(number + 1);
      equip(row);
      renumber();
      window.htmx?.process(row);
      document.dispatchEvent(new CustomEvent("row-added", { detail: row }));
      status.textContent = `Đã thêm dòng ${rows().length}.`;
      row.querySelector("input:not([type=hidden]), select, textarea")?.focus();
    });
  };

  const scan = (root) => root.querySelectorAll("[data-formset]").forEach(start);
  document.addEventListener("DOMContentLoaded", () => scan(document));
  document.addEventListener("htmx:load", (event) => scan(event.target));
})();
