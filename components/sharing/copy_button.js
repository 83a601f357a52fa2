/** A button that puts a text, or the address of the page, on the clipboard and says so. */

const SAID_FOR = 2500; // milliseconds

async function copy(text) {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  throw new Error("no clipboard"); // an address without https, which is not this computer's own
}

export default function ({ data, parentElement }) {
  let button = parentElement.querySelector("button");
  if (!button) {
    button = document.createElement("button");
    button.type = "button";
    const said = document.createElement("span");
    said.setAttribute("role", "status");
    button.dataset.drawn = "";
    button.addEventListener("click", async () => {
      try {
        await copy(button.dataset.text || window.location.href);
        said.textContent = "Kopieret";
      } catch {
        said.textContent = button.dataset.text
          ? "Browseren lader os ikke kopiere"
          : "Kopiér adressen fra browserens adresselinje";
      }
      setTimeout(() => (said.textContent = ""), SAID_FOR);
    });
    parentElement.append(button, said);
  }
  button.textContent = data.label;
  button.dataset.text = data.text;
}
