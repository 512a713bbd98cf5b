// A card reader types into the field of the number and presses Enter: the person is filled in at once, the rest of the
// page stays. A number that a hand typed is looked up when the field is left. A photograph is read here where the browser
// can, else by the server. Without this file Enter sends the whole form, and the server reads the card all the same.
const LONGEST_NUMBER = 20;
const lookUp = () => document.body.dispatchEvent(new CustomEvent("scanned"));

document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !event.target.matches("[data-desk-scan]")) return;
  if (event.target.value.length <= LONGEST_NUMBER && !event.target.value.includes("|")) return;
  event.preventDefault();
  lookUp();
});

document.addEventListener("change", async (event) => {
  if (event.target.matches("[data-desk-scan]")) lookUp();
  if (!event.target.matches("[data-desk-photo]") || event.target.files.length === 0) return;
  const photo = event.target;
  const text = await readHere(photo.files[0]);
  if (text) {
    document.querySelector("[data-desk-scan]").value = text;
    photo.value = "";
  }
  lookUp();
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
