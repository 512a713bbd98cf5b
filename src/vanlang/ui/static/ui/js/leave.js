// form data-vl-leave: ask before leaving with words that were typed and not sent. The browser words the question.
export function start(scope) {
  const forms = scope.querySelectorAll("form[data-vl-leave]");
  for (const form of scope instanceof Element && scope.matches("form[data-vl-leave]") ? [scope, ...forms] : forms) {
    if (form.dataset.vlLeave === "watched") continue;
    form.dataset.vlLeave = "watched";
    let typed = false;
    form.addEventListener("input", () => { typed = true; });
    form.addEventListener("submit", () => { typed = false; });
    window.addEventListener("beforeunload", (event) => {
      if (typed && form.isConnected) event.preventDefault();
    });
  }
}
