// Every input of files says in Vietnamese what to press and what was chosen, whatever the browser's own language is.
// The input lies invisibly over the words: pressing, dropping a file and the keyboard work as the browser means them.
function part(name, text) {
  const element = document.createElement("span");
  element.className = name;
  element.textContent = text;
  element.ariaHidden = "true";
  return element;
}

function chosen(files) {
  if (files.length === 0) return "Chưa chọn tệp";
  return files.length === 1 ? files[0].name : `${files.length} tệp`;
}

export function start(scope) {
  for (const input of scope.querySelectorAll('input[type="file"]:not(.vl-file__input)')) {
    const frame = document.createElement("span");
    frame.className = "vl-file";
    const name = part("vl-file__name", chosen(input.files));
    input.replaceWith(frame);
    input.classList.add("vl-file__input");
    frame.append(input, part("vl-file__button", "Chọn tệp"), name);
    input.addEventListener("change", () => { name.textContent = chosen(input.files); });
  }
}
