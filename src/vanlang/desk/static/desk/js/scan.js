// A card reader types into the field and presses Enter: the person is filled in at once, the rest of the page stays.
// A photograph is read here where the browser can, else by the server. Without this file Enter sends the whole form, and
// the server reads the card all the same.
const scanned = (from) => from.dispatchEvent(new CustomEvent("scanned", { bubbles: true }));

document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !event.target.matches("[data-desk-scan]")) return;
  event.preventDefault();
  if (event.target.value.trim() !== "") scanned(event.target);
});

document.addEventListener("change", async (event) => {
  if (!event.target.matches("[data-desk-photo]") || event.target.files.length === 0) return;
  const photo = event.target;
  const text = await readHere(photo.files[0]);
  if (text) {
    document.querySelector("[data-desk-scan]").value = text;
    photo.value = "";
  }
  scanned(photo);
});

async function readHere(file) {
  if (!("BarcodeDetector" in window)) return "";
  try {
    const found = await new BarcodeDetector({ formats: ["qr_code"] }).detect(await createImageBitmap(file));
    return found.find((one) => one.rawValue.includes("|"))?.rawValue ?? "";
  } catch {
    return "";
  }
}
