// Where one is must be in sight: on a phone the navigation and the tabs are longer than the screen is wide.
export function start(scope) {
  for (const list of scope.querySelectorAll(".vl-sidenav, .vl-tabs ul")) {
    const current = list.querySelector("[aria-current]");
    if (!current || list.scrollWidth <= list.clientWidth) continue;
    const beyond = current.getBoundingClientRect().right - list.getBoundingClientRect().right;
    if (beyond > 0) list.scrollLeft += beyond + 24;
  }
}
