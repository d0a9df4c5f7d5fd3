// Text size and contrast, kept in this browser. Loaded in the head without delay, so that a page does not jump.
(() => {
  const root = document.documentElement;
  const kept = (name) => {
    try {
      return localStorage.getItem(name);
    } catch {
      return null; // storage switched off: the choice lasts for this page
    }
  };
  const keep = (name, value) => {
    try {
      localStorage.setItem(name, value);
    } catch {
      // see above
    }
  };
  root.dataset.size = ["lon", "rat-lon"].includes(kept("co-chu")) ? kept("co-chu") : "thuong";
  root.dataset.contrast = kept("tuong-phan") === "cao" ? "cao" : "thuong";

  const show = (box) => {
    for (const button of box.querySelectorAll("[data-size]")) {
      button.setAttribute("aria-pressed", String(button.dataset.size === root.dataset.size));
    }
    box.querySelector("[data-contrast]").setAttribute("aria-pressed", String(root.dataset.contrast === "cao"));
  };

  document.addEventListener("DOMContentLoaded", () => {
    for (const box of document.querySelectorAll("[data-prefs]")) {
      box.hidden = false;
      show(box);
      box.addEventListener("click", (event) => {
        const button = event.target.closest("button");
        if (!button) return;
        if (button.dataset.size) {
          root.dataset.size = button.dataset.size;
          keep("co-chu", root.dataset.size);
        } else {
          root.dataset.contrast = root.dataset.contrast === "cao" ? "thuong" : "cao";
          keep("tuong-phan", root.dataset.contrast);
        }
        show(box);
      });
    }
  });
})();
