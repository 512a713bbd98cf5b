// Keys of a list: j and k move, Enter opens, x picks. Without this file the list is links and boxes.
const lines = () => [...document.querySelectorAll("[data-desk-line]")];
const isTyping = (element) => element instanceof Element && element.closest("input:not([type=checkbox]), textarea, select") !== null;

function move(step) {
  const all = lines();
  if (all.length === 0) return;
  const now = all.findIndex((line) => line.contains(document.activeElement));
  const next = all[Math.min(Math.max(now + step, 0), all.length - 1)];
  next.querySelector("a").focus();
  next.scrollIntoView({ block: "nearest" });
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || isTyping(document.activeElement)) return;
  if (event.key === "j") move(1);
  else if (event.key === "k") move(-1);
  else if (event.key === "x") {
    const line = lines().find((one) => one.contains(document.activeElement));
    const box = line?.querySelector("input[type=checkbox]");
    if (!box) return;
    box.checked = !box.checked;
  } else return;
  event.preventDefault();
});
