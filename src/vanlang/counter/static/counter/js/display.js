// The television says who is called, when somebody asked it to. Without this file it only shows.
const button = document.querySelector("[data-counter-voice]");
let said = document.querySelector("[data-counter-call]")?.dataset.counterCall;
let speaks = false;

function say(text) {
  const words = new SpeechSynthesisUtterance(text);
  words.lang = "vi-VN";
  words.rate = 0.9;
  const voice = speechSynthesis.getVoices().find((one) => one.lang.startsWith("vi"));
  if (voice) words.voice = voice;
  speechSynthesis.speak(words);
}

if (button && "speechSynthesis" in window) {
  button.hidden = false;
  button.addEventListener("click", () => {
    speaks = !speaks;
    button.textContent = speaks ? "Tắt đọc số" : "Bật đọc số";
    button.setAttribute("aria-pressed", String(speaks));
    if (speaks) say("Đã bật đọc số");
  });
}

new MutationObserver(() => {
  const call = document.querySelector("[data-counter-call]");
  if (!call || call.dataset.counterCall === said) return;
  said = call.dataset.counterCall;
  call.classList.add("tv__first--new");
  if (speaks) say(call.dataset.counterSay);
}).observe(document.body, { childList: true, subtree: true });
