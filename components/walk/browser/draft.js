/** A walk's draft on the phone: it is kept at every touch, and let go when the server says that it has it. */

/** Several partnerships may be served from one host, each below a path of its own: a draft is for one of them. */
const BELOW = new URL("./", document.baseURI).pathname;
const KEY = BELOW === "/" ? "tryghed_vandring" : `tryghed_vandring:${BELOW}`;
/** A draft that nobody sent is forgotten after so many days. */
const DAYS = 14;

const fresh = () => ({
  id: Array.from(crypto.getRandomValues(new Uint8Array(6)), (byte) => byte.toString(16).padStart(2, "0")).join(""),
  area: "", date: "", counterpart: "", reach: "", text: "", rows: [], sending: false, kept: 0,
});

export function readDraft() {
  try {
    const found = JSON.parse(localStorage.getItem(KEY));
    if (found?.id && Array.isArray(found.rows) && Date.now() - found.kept < DAYS * 86_400_000) return { ...fresh(), ...found };
  } catch {
    // what cannot be read is no draft
  }
  return fresh();
}

/** Keeps a draft; false where the browser keeps nothing (a private window that is full). */
export function keepDraft(draft) {
  draft.kept = Date.now();
  try {
    localStorage.setItem(KEY, JSON.stringify(draft));
    return true;
  } catch {
    return false;
  }
}

export function letGo() {
  try {
    localStorage.removeItem(KEY);
  } catch {
    // there is nothing to let go of
  }
  return fresh();
}

export const newRow = () => ({ type: "", landmark: "", square: "", count: 1, follow_up: "", owner: "", due: "" });
