// data-vl-show-if="field" data-vl-show-values='["a", "b"]': shown while the field of that name has one of the answers.
// What is hidden is still sent; the server leaves it out by the same rule.
function answersOf(form, name) {
  const controls = [...form.querySelectorAll(`[name="${CSS.escape(name)}"]`)];
  const ticked = controls.filter((one) => !["radio", "checkbox"].includes(one.type) || one.checked);
  const answers = ticked.filter((one) => !one.closest("[data-vl-show-if][hidden]")).map((one) => one.value);
  return answers.length ? answers : [""];
}

function refresh(form) {
  for (const part of form.querySelectorAll("[data-vl-show-if]")) {
    const wanted = JSON.parse(part.dataset.vlShowValues);
    part.hidden = !answersOf(form, part.dataset.vlShowIf).some((answer) => wanted.includes(answer));
  }
}

export function start(scope) {
  const forms = new Set([...scope.querySelectorAll("[data-vl-show-if]")].map((part) => part.closest("form")));
  for (const form of forms) {
    if (!form) continue;
    refresh(form);
    if (form.dataset.vlShowing) continue;
    form.dataset.vlShowing = "yes";
    form.addEventListener("input", () => refresh(form));
  }
}
