// A colleague's name into the note: pressed, it replaces what was typed after the last "@". Without this file the name is typed.
document.addEventListener("click", (event) => {
  const chosen = event.target instanceof Element ? event.target.closest("[data-tw-mention]") : null;
  if (!chosen) return;
  const field = document.querySelector("[data-tw-write]");
  if (!(field instanceof HTMLTextAreaElement)) return;
  const before = field.value.slice(0, field.selectionStart);
  const begins = before.lastIndexOf("@");
  if (begins < 0) return;
  const named = `${before.slice(0, begins)}@${chosen.dataset.twMention} `;
  field.value = named + field.value.slice(field.selectionStart);
  field.focus();
  field.setSelectionRange(named.length, named.length);
  document.querySelector("#tw-suggestions")?.replaceChildren();
});
