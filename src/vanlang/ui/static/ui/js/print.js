// button data-vl-print: print the page. Hidden where there is no JavaScript.
export function start(scope) {
  for (const button of scope.querySelectorAll("button[data-vl-print][hidden]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }
}
