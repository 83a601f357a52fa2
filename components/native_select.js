/** A list to choose one from, drawn by the browser itself: on a phone it is the phone's own, and no script opens it. */

export default function ({ data, parentElement, setTriggerValue }) {
  const { label, title, list } = fieldOf(parentElement);
  title.textContent = data.label;
  label.classList.toggle("untitled", data.untitled);
  const offered = JSON.stringify(data.options);
  if (list.offered !== offered) {
    list.offered = offered;
    list.replaceChildren(...data.options.map(([value, words]) => new Option(words, value)));
  }
  list.value = data.value;
  list.disabled = data.options.length === 1;
  list.onchange = () => setTriggerValue("chosen", list.value);
}

function fieldOf(parent) {
  const label = mounted(parent, "field", (made) => {
    const title = Object.assign(document.createElement("span"), { className: "title" });
    const named = document.createElement("label");
    named.append(title, document.createElement("select"));
    made.append(named);
  });
  return { label, title: label.querySelector(".title"), list: label.querySelector("select") };
}
