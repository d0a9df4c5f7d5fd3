// A text field with data-suggest="address" offers what the server finds: a combobox by the ARIA pattern. Without this file
// the field is a text field, and the server offers its suggestions after sending.
(() => {
  let serial = 0;

  const start = (input) => {
    if (input.dataset.ready) return;
    input.dataset.ready = "1";
    serial += 1;
    const id = `suggest-${serial}`;
    const wrap = document.createElement("div");
    wrap.className = "suggest-wrap";
    input.before(wrap);
    const list = document.createElement("ul");
    list.className = "suggest-list";
    list.id = id;
    list.hidden = true;
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", "Gợi ý");
    const status = document.createElement("span");
    status.className = "visually-hidden";
    status.setAttribute("role", "status");
    wrap.append(input, list, status);
    input.removeAttribute("list");
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-expanded", "false");
    input.setAttribute("aria-controls", id);

    let rows = [];
    let at = -1;
    let timer = 0;
    let asked = 0;

    const close = () => {
      list.hidden = true;
      at = -1;
      input.setAttribute("aria-expanded", "false");
      input.removeAttribute("aria-activedescendant");
    };
    const mark = (index) => {
      at = index;
      [...list.children].forEach((item, number) => item.setAttribute("aria-selected", String(number === at)));
      if (at < 0) return;
      input.setAttribute("aria-activedescendant", list.children[at].id);
      list.children[at].scrollIntoView({ block: "nearest" });
    };
    const take = (index) => {
      input.value = rows[index].label;
      close();
      input.dispatchEvent(new CustomEvent("suggest:taken", { bubbles: true, detail: rows[index] }));
    };
    const show = () => {
      list.replaceChildren(
        ...rows.map((row, number) => {
          const item = document.createElement("li");
          item.id = `${id}-${number}`;
          item.setAttribute("role", "option");
          item.setAttribute("aria-selected", "false");
          item.textContent = row.label;
          if (row.note) {
            const note = document.createElement("span");
            note.className = "suggest-note";
            note.textContent = row.note;
            item.append(note);
          }
          item.addEventListener("mousedown", (event) => {
            event.preventDefault();
            take(number);
          });
          return item;
        }),
      );
      list.hidden = rows.length === 0;
      input.setAttribute("aria-expanded", String(rows.length > 0));
      status.textContent = rows.length ? `Có ${rows.length} gợi ý.` : "Không có gợi ý nào.";
    };
    const ask = async () => {
      const text = input.value.trim();
      asked += 1;
      const mine = asked;
      if (text.length < 2) {
        close();
        return;
      }
      const address = new URL(input.dataset.suggest, window.location.href);
      address.searchParams.set("q", text);
      try {
        const response = await fetch(address, { headers: { Accept: "application/json" } });
        if (!response.ok || mine !== asked) return;
        rows = (await response.json()).results || [];
        if (mine === asked && document.activeElement === input) show();
      } catch {
        close(); // no network: the field still takes what is typed
      }
    };

    input.addEventListener("input", () => {
      window.clearTimeout(timer);
      timer = window.setTimeout(ask, 200);
    });
    input.addEventListener("blur", close);
    input.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !list.hidden) {
        event.preventDefault();
        close();
      } else if (event.key === "ArrowDown" && !list.hidden) {
        event.preventDefault();
        mark((at + 1) % rows.length);
      } else if (event.key === "ArrowUp" && !list.hidden) {
        event.preventDefault();
        mark((at - 1 + rows.length) % rows.length);
      } else if (event.key === "Enter" && !list.hidden && at >= 0) {
        event.preventDefault();
        take(at);
      }
    });
  };

  const scan = (root) => root.querySelectorAll?.("[data-suggest]").forEach(start);
  document.addEventListener("DOMContentLoaded", () => scan(document));
  document.addEventListener("htmx:load", (event) => scan(event.target));
  document.addEventListener("row-added", (event) => scan(event.detail));
})();
