// Behaviours of every page. Each module finds its elements by data-vl-*; every page works without any of them.
import { createAll, Button, CharacterCount, Checkboxes, ErrorSummary, Radios, ServiceNavigation, SkipLink } from "../vendor/govuk/govuk-frontend.js";
import { start as startCopy } from "./copy.js";
import { start as startCurrent } from "./current.js";
import { start as startFiles } from "./files.js";
import { start as startFocus } from "./focus.js";
import { start as startLeave } from "./leave.js";
import { start as startPrint } from "./print.js";
import { start as startShortcuts } from "./shortcuts.js";
import { start as startShowIf } from "./show_if.js";

document.body.classList.add("js-enabled", "govuk-frontend-supported");

// GOV.UK Frontend complains about elements that it has met before; after a swap that is what we expect.
const silent = () => {};

function dress(scope) {
  for (const component of [Button, CharacterCount, Checkboxes, Radios, ServiceNavigation, SkipLink]) {
    createAll(component, undefined, { scope, onError: silent });
  }
  createAll(ErrorSummary, { disableAutoFocus: scope !== document }, { scope, onError: silent });
  startCopy(scope);
  startCurrent(scope);
  startFiles(scope);
  startLeave(scope);
  startPrint(scope);
  startShowIf(scope);
}

dress(document);
startFocus();
startShortcuts();
document.addEventListener("htmx:after:process", (event) => {
  if (event.target instanceof Element && event.target !== document.body) dress(event.target);
});
