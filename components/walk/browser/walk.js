/** The walk's form: places added one after the other, kept on the phone until the server has them. */

import { keepDraft, letGo, newRow, readDraft } from "./draft.js";
import { tapMap } from "./tap_map.js";

/** While a draft is on its way it is sent again this often, until the server says that it has it. */
const AGAIN = 6_000;

export function draw({ data: sent, parentElement, setTriggerValue }) {
  const data = sent instanceof Uint8Array || sent instanceof ArrayBuffer ? JSON.parse(new TextDecoder().decode(sent)) : sent;
  const form = (parentElement.form ??= new Form(parentElement));
  form.tell = setTriggerValue;
  form.update(data);
}

class Form {
  constructor(parent) {
    this.frame = parent.appendChild(make("div", { className: "walk" }));
    this.frame.dataset.drawn = "";
    this.draft = readDraft();
    this.open = this.draft.sending;
    this.faults = [];
    this.sent = "";
    const turned = () => (this.state(), this.again());
    addEventListener("online", turned);
    addEventListener("offline", turned);
    const timer = setInterval(() => {
      if (this.frame.isConnected) return this.again();
      clearInterval(timer); // another form has taken its place
      removeEventListener("online", turned);
      removeEventListener("offline", turned);
    }, AGAIN);
    if (this.draft.sending) setTimeout(() => this.again(), 500);
  }

  again() {
    if (this.draft.sending && this.frame.isConnected) this.send();
  }

  update(data) {
    const first = !this.data, about = data.answer?.id === this.draft.id;
    this.data = data;
    if (about && data.answer.saved) {
      this.sent = data.answer.said;
      this.draft = letGo();
      this.faults = [];
      this.open = false;
      this.draw();
      this.frame.querySelector("button")?.focus();
    } else if (about && this.draft.sending && data.answer.number !== this.answered) {
      this.faults = data.answer.faults;
      this.draft.sending = false;
      this.keep();
      this.draw();
      this.frame.querySelector(".fault")?.scrollIntoView({ block: "center" });
    } else if (first) this.draw();
    if (about) this.answered = data.answer.number;
  }

  // What is drawn --------------------------------------------------------------------------------------------------

  draw() {
    const { draft, data } = this;
    this.frame.replaceChildren();
    if (!this.open) {
      const words = draft.rows.length ? `Fortsæt kladden: ${places(draft.rows.length)}` : "Ny tryghedsvandring";
      this.add(make("button", { type: "button", className: "main", textContent: words, onclick: () => this.begin() }));
      if (this.sent) this.add(make("p", { className: "state sent", textContent: this.sent })).setAttribute("role", "status");
      return;
    }
    const about = make("fieldset");
    about.append(make("legend", { textContent: "Tryghedsvandring" }));
    about.append(make("p", { className: "said", textContent: data.warning }));
    about.append(...this.choice("Område", draft, "area", [["", "Vælg område"], ...data.areas], () => this.draw()));
    const pair = make("div", { className: "pair" });
    const day = make("div"), number = make("div");
    day.append(...this.field("Dato", draft, "date", { type: "date", max: data.today }));
    number.append(...this.field("Deltagere", draft, "reach", { type: "number", inputMode: "numeric", min: 0 }));
    pair.append(day, number);
    about.append(pair);
    about.append(...this.field("Med hvem", draft, "counterpart", { maxLength: 120 }));
    about.append(...this.field("Hvad handlede den om?", draft, "text", { maxLength: 500 }));
    this.told(about, -1);
    this.add(about);
    draft.rows.forEach((row, place) => this.add(this.row(row, place)));
    this.add(make("button", { type: "button", className: "wide", textContent: draft.rows.length ? "+ Næste sted" : "+ Første sted",
      onclick: () => this.another() }));
    this.line = this.add(make("p", { className: "state" }));
    this.line.setAttribute("role", "status");
    this.button = this.add(make("button", { type: "button", className: "main", textContent: "Send vandringen", onclick: () => this.press() }));
    const ways = this.add(make("div", { className: "ways" }));
    ways.append(make("button", { type: "button", className: "plain", textContent: "Luk, og behold kladden", onclick: () => this.close() }));
    ways.append(make("button", { type: "button", className: "plain", textContent: "Slet kladden", onclick: () => this.discard() }));
    this.state();
  }

  row(row, place) {
    const box = make("fieldset");
    box.dataset.row = place;
    box.append(make("legend", { textContent: `Sted ${place + 1}` }));
    const kinds = make("div", { className: "kinds" });
    kinds.setAttribute("role", "group");
    kinds.setAttribute("aria-label", `Sted ${place + 1}: hvad slags sted?`);
    for (const [kind, words] of this.data.types) {
      const button = make("button", { type: "button", textContent: words, onclick: () => {
        row.type = kind;
        for (const each of kinds.children) each.setAttribute("aria-pressed", String(each === button));
        this.keep();
      } });
      button.setAttribute("aria-pressed", String(row.type === kind));
      kinds.append(button);
    }
    box.append(kinds);
    const ground = this.data.ground[this.draft.area];
    const names = ground?.names ?? [];
    if (names.length) box.append(...this.choice("Ved", row, "landmark", [["", "Ikke ved noget af dem"], ...names.map((name) => [name, name])]));
    if (ground?.width) {
      const fold = make("details", { open: Boolean(row.square) });
      fold.append(make("summary", { textContent: row.square ? "Sat på kortet" : "Sæt det på kortet" }));
      fold.append(tapMap(ground, row.square, (square) => {
        row.square = square;
        fold.firstChild.textContent = "Sat på kortet";
        this.keep();
      }));
      box.append(fold);
    }
    box.append(make("label", { textContent: "Hvor mange steder?" }));
    const count = make("div", { className: "count" }), shown = make("output", { textContent: row.count });
    const change = (by) => {
      shown.textContent = row.count = Math.max(1, row.count + by);
      this.keep();
    };
    for (const [sign, by, words] of [["−", -1, "Færre"], ["+", 1, "Flere"]])
      count.append(Object.assign(make("button", { type: "button", textContent: sign, onclick: () => change(by) }), { ariaLabel: `${words} ved sted ${place + 1}` }));
    count.insertBefore(shown, count.lastChild);
    box.append(count);
    const promise = make("details", { open: Boolean(row.follow_up || row.owner || row.due) });
    promise.append(make("summary", { textContent: "Er der lovet noget?" }));
    promise.append(...this.area("Det har vi lovet", row, "follow_up"));
    promise.append(...this.field("Ansvarlig rolle", row, "owner", { maxLength: 120 }));
    promise.append(...this.field("Frist", row, "due", { type: "date" }));
    box.append(promise);
    this.told(box, place);
    box.append(make("button", { type: "button", className: "plain", textContent: `Fjern sted ${place + 1}`, onclick: () => {
      this.draft.rows.splice(place, 1);
      this.faults = [];
      this.keep();
      this.draw();
    } }));
    return box;
  }

  /** What is wrong with a row, or with the walk (-1), one line each. */
  told(box, place) {
    const found = this.faults.filter((fault) => fault.row === place);
    if (found.some(({ field }) => ["follow_up", "owner", "due"].includes(field))) box.querySelector("details:last-of-type").open = true;
    for (const { said } of found) box.append(Object.assign(make("p", { className: "fault", textContent: said }), { role: "alert" }));
  }

  field(words, target, name, attributes = {}) {
    const input = make("input", { ...attributes, value: target[name] ?? "" });
    return this.bound(words, target, name, input);
  }

  area(words, target, name) {
    return this.bound(words, target, name, make("textarea", { value: target[name] ?? "", maxLength: 500 }));
  }

  choice(words, target, name, options, then = () => {}) {
    const input = make("select");
    for (const [value, said] of options) input.append(make("option", { value, textContent: said, selected: value === target[name] }));
    return this.bound(words, target, name, input, then);
  }

  bound(words, target, name, input, then = () => {}) {
    input.id = `walk-${(this.count = (this.count ?? 0) + 1)}`;
    input.addEventListener("input", () => {
      target[name] = input.value;
      this.keep();
    });
    input.addEventListener("change", then);
    return [make("label", { textContent: words, htmlFor: input.id }), input];
  }

  /** Where the draft is: on the phone, on its way, or waiting for a signal. */
  state() {
    if (!this.line?.isConnected) return;
    const { draft } = this, count = places(draft.rows.length);
    const words = draft.sending
      ? (navigator.onLine ? "Sender … Kladden bliver på telefonen, til den er modtaget." : "Ingen forbindelse. Den sendes af sig selv, når der er forbindelse igen.")
      : this.full ? "Telefonen kan ikke gemme kladden. Send den, før du lukker siden."
      : navigator.onLine ? `Kladden er på telefonen: ${count}.` : `Ingen forbindelse. Kladden er på telefonen: ${count}.`;
    if (this.line.textContent !== words) this.line.textContent = words;
    this.line.classList.toggle("offline", !navigator.onLine || Boolean(this.full));
    this.button.disabled = draft.sending;
  }

  // What is done ---------------------------------------------------------------------------------------------------

  begin() {
    this.open = true;
    this.sent = "";
    if (!this.draft.rows.length) {
      const [first] = this.data.areas;
      Object.assign(this.draft, { area: this.draft.area || this.data.area || (this.data.areas.length === 1 ? first[0] : ""), date: this.draft.date || this.data.today,
        counterpart: this.draft.counterpart || this.data.counterpart, text: this.draft.text || this.data.text });
    }
    this.draw();
    this.frame.querySelector("select")?.focus();
  }

  another() {
    this.draft.rows.push(newRow());
    this.keep();
    this.draw();
    const box = this.frame.querySelector(`[data-row="${this.draft.rows.length - 1}"]`);
    box.scrollIntoView({ block: "start" });
    box.querySelector("button").focus({ preventScroll: true });
  }

  press() {
    this.faults = [];
    this.draft.sending = true;
    this.keep();
    this.draw();
    this.send();
  }

  send() {
    this.state();
    if (navigator.onLine) this.tell("walk", { ...this.draft, sending: undefined, kept: undefined, tried: Date.now() });
  }

  close() {
    this.open = false;
    this.draft.sending = false;
    this.keep();
    this.draw();
    this.frame.querySelector("button").focus();
  }

  discard() {
    if (!confirm("Slet kladden med alle dens steder?")) return;
    this.draft = letGo();
    this.faults = [];
    this.close();
  }

  keep() {
    this.full = !keepDraft(this.draft);
    this.state();
  }

  add(element) {
    return this.frame.appendChild(element);
  }
}

const make = (kind, attributes = {}) => Object.assign(document.createElement(kind), attributes);
const places = (count) => (count === 1 ? "1 sted" : `${count} steder`);
