// data-vl-shortcut="Alt+N" on a button, link or field: the keys press or enter it. A single key ("/") works
// only while nobody is typing.
function keysOf(event) {
  const parts = [];
  if (event.ctrlKey) parts.push("Ctrl");
  if (event.altKey) parts.push("Alt");
  if (event.shiftKey && event.key.length > 1) parts.push("Shift");
  // With Alt held some keyboards and input methods send another letter: ask for the key itself.
  const key = event.altKey && /^(Key|Digit)/.test(event.code) ? event.code.replace(/^(Key|Digit)/, "") : event.key;
  parts.push(key.length === 1 ? key.toUpperCase() : key);
  return parts.join("+");
}

const isTyping = (element) => element instanceof Element && element.closest("input, textarea, select, [contenteditable]") !== null;

export function start() {
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing) return;
    const keys = keysOf(event);
    if (!keys.includes("+") && isTyping(document.activeElement)) return;
    const wanted = [...document.querySelectorAll("[data-vl-shortcut]")].find(
      (element) => element.dataset.vlShortcut.toUpperCase() === keys.toUpperCase() && !element.disabled && element.getClientRects().length > 0,
    );
    if (!wanted) return;
    event.preventDefault();
    if (wanted.matches("input, textarea, select")) wanted.focus();
    else wanted.click();
  });
}
