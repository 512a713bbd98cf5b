// data-vl-copy="text": a button that copies it. Shown only where copying is possible.
export function start(scope) {
  if (!navigator.clipboard) return;
  for (const button of scope.querySelectorAll("button[data-vl-copy][hidden]")) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(button.dataset.vlCopy);
      const status = document.getElementById("status");
      const original = button.textContent;
      if (status) status.textContent = button.dataset.vlCopied ?? "";
      button.textContent = "Đã sao chép";
      setTimeout(() => { button.textContent = original; }, 2000);
    });
  }
}
