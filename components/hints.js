/** Remembers in the reader's own browser which hints have been put away. It draws nothing. */

const A_YEAR = 365 * 24 * 60 * 60;

export default function ({ data, parentElement }) {
  const secure = location.protocol === "https:" ? "; Secure" : "";
  document.cookie = `${data.name}=${data.value}; Max-Age=${A_YEAR}; Path=/; SameSite=Lax${secure}`;
  if (parentElement.querySelector("[data-drawn]")) return;
  const done = parentElement.appendChild(document.createElement("span"));
  done.dataset.drawn = "";
}
