// Dropping files anywhere on their frame, and pages onto each other. Without this file: the file field and the numbers.
const form = document.getElementById("scan");
const frame = form?.querySelector("[data-scan-drop]");
const field = document.getElementById("id_scans");

function press(value) {
  const button = [...form.querySelectorAll('button[name="viec"]')].find((one) => one.value === value);
  form.requestSubmit(button);
}

frame?.addEventListener("dragover", (event) => {
  if (!event.dataTransfer.types.includes("Files")) return;
  event.preventDefault();
  frame.classList.add("scan-drop--over");
});
frame?.addEventListener("dragleave", () => frame.classList.remove("scan-drop--over"));
frame?.addEventListener("drop", (event) => {
  if (event.dataTransfer.files.length === 0) return;
  event.preventDefault();
  frame.classList.remove("scan-drop--over");
  field.files = event.dataTransfer.files;
  press("tai-len");
});

const list = form?.querySelector("[data-scan-pages]");
let dragged = null;

function renumber() {
  list.querySelectorAll("[data-scan-order]").forEach((input, index) => { input.value = String(index + 1); });
}

for (const page of list?.querySelectorAll("[data-scan-page]") ?? []) {
  page.draggable = true;
  page.addEventListener("dragstart", () => { dragged = page; page.classList.add("scan-page--dragged"); });
  page.addEventListener("dragend", () => { page.classList.remove("scan-page--dragged"); dragged = null; });
  page.addEventListener("dragover", (event) => {
    if (!dragged || dragged === page) return;
    event.preventDefault();
    page.classList.add("scan-page--target");
  });
  page.addEventListener("dragleave", () => page.classList.remove("scan-page--target"));
  page.addEventListener("drop", (event) => {
    if (!dragged || dragged === page) return;
    event.preventDefault();
    page.classList.remove("scan-page--target");
    const pages = [...list.children];
    const after = pages.indexOf(dragged) < pages.indexOf(page);
    list.insertBefore(dragged, after ? page.nextSibling : page);
    renumber();
    press("xep");
  });
}
