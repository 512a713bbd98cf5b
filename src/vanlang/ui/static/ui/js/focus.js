// After a swap the reader must not be left on an element that is gone: lead to what asks for attention
// (data-vl-focus), else to the heading of what arrived. A reader who is still somewhere stays there.
export function start() {
  document.addEventListener("htmx:after:swap", (event) => {
    const target = event.detail?.ctx?.target;
    const arrived = target?.isConnected ? target : document.getElementById(target?.id ?? "");
    if (!arrived) return;
    const wanted = arrived.matches("[data-vl-focus]") ? arrived : arrived.querySelector("[data-vl-focus]");
    const lost = !document.activeElement || document.activeElement === document.body;
    const next = wanted ?? (lost ? arrived.querySelector("h1, h2, h3") : null);
    if (!next) return;
    if (!next.hasAttribute("tabindex")) next.setAttribute("tabindex", "-1");
    next.focus();
  });
}
