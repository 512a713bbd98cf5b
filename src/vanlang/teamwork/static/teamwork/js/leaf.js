// Keys of leafing: j, k and the arrows turn, a approves, s skips, r goes to the reason and, with one written, returns.
const isTyping = (element) => element instanceof Element && element.closest("input, textarea, select") !== null;
const press = (key) => document.querySelector(`[data-tw-key="${key}"]`)?.click();
const KEYS = { ArrowRight: "j", ArrowLeft: "k", j: "j", k: "k", a: "a", s: "s" };

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || isTyping(document.activeElement)) return;
  if (event.key === "r") {
    const reason = document.querySelector("#id_ly-do");
    if (reason instanceof HTMLInputElement && reason.value.trim() === "") reason.focus();
    else document.querySelector("[data-tw-return]")?.click();
  } else if (event.key in KEYS) press(KEYS[event.key]);
  else return;
  event.preventDefault();
});
