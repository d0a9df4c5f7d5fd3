// A file can be dropped, and its SHA-256 is taken in the browser, so that the file is not even sent. Without this file, or
// without the browser's own cryptography (no https), the form sends the file and the server only measures it.
(() => {
  const LARGEST = 100 * 1024 * 1024;
  const hex = (buffer) => [...new Uint8Array(buffer)].map((byte) => byte.toString(16).padStart(2, "0")).join("");

  const start = (form) => {
    const zone = form.querySelector("[data-drop]");
    const input = form.querySelector("input[type=file]");
    const hint = form.querySelector("[data-drop-hint]");
    const status = form.querySelector("[data-compare-status]");
    const measured = window.crypto?.subtle !== undefined;

    const named = () => {
      const file = input.files[0];
      if (file) hint.textContent = `Đã chọn: ${file.name}`;
    };
    input.addEventListener("change", named);
    for (const kind of ["dragenter", "dragover"]) {
      zone.addEventListener(kind, (event) => {
        event.preventDefault();
        zone.classList.add("is-over");
      });
    }
    for (const kind of ["dragleave", "drop"]) {
      zone.addEventListener(kind, () => zone.classList.remove("is-over"));
    }
    zone.addEventListener("drop", (event) => {
      event.preventDefault();
      if (!event.dataTransfer.files.length) return;
      input.files = event.dataTransfer.files;
      named();
      form.requestSubmit();
    });

    form.addEventListener("submit", async (event) => {
      const file = input.files[0];
      if (!measured || !file || file.size > LARGEST) return;
      event.preventDefault();
      status.textContent = "Đang tính dấu vân tay số của tệp…";
      try {
        const body = await file.arrayBuffer();
        form.elements.sha256.value = hex(await window.crypto.subtle.digest("SHA-256", body));
        form.elements.la_pdf.value = String.fromCharCode(...new Uint8Array(body.slice(0, 5))) === "%PDF-" ? "1" : "0";
        input.disabled = true;
      } catch {
        // The file could not be read here; the server measures it.
      }
      form.submit();
    });
  };

  document.querySelectorAll("form[data-compare]").forEach(start);
  // The page may come back from the browser's memory, with the digest of the former file in it.
  window.addEventListener("pageshow", () => {
    document.querySelectorAll("form[data-compare]").forEach((form) => {
      form.elements.sha256.value = "";
      form.querySelector("input[type=file]").disabled = false;
    });
  });
})();
