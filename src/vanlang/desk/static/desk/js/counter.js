// Keys of a list of choices: arrows move into and through it. Without this file it is a list of links.
const links = () => [...document.querySelectorAll("[data-desk-choices] a")];

if (document.querySelector("[data-desk-first]")) links()[0]?.focus();

document.addEventListener("keydown", (event) => {
  if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
  const all = links();
  const now = all.indexOf(document.activeElement);
  const inField = document.activeElement?.id === "id_q";
  if (all.length === 0 || (now < 0 && !inField)) return;
  event.preventDefault();
  if (event.key === "ArrowUp" && now === 0) document.getElementById("id_q")?.focus();
  else all[Math.min(Math.max(now + (event.key === "ArrowDown" ? 1 : -1), 0), all.length - 1)].focus();
});
