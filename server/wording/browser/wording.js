/**
 * Says in Danish what Streamlit says in English: labels that are read aloud, hints in empty fields, tooltips, menus and
 * messages. Streamlit has no translations (its issue 1353), so the words are replaced as they appear. Nothing is
 * replaced in what the app itself writes.
 */

import "./paper.js";
import { tables } from "./tables.js";

const WORDS = {
  "App pages": "Sider",
  "Autosize": "Tilpas bredden",
  "Calendar": "Kalender",
  "Choose an option": "Vælg",
  "Choose date": "Vælg dato",
  "Choose options": "Vælg",
  "Clear all": "Fjern alle",
  "Clear date": "Ryd datoen",
  "Clear entry": "Ryd",
  "Clear value": "Ryd",
  "Close": "Luk",
  "Close Search": "Luk søgningen",
  "Close fullscreen": "Luk fuld skærm",
  "Collapse sidebar": "Luk menuen",
  "Connecting": "Forbinder",
  "Connecting to Streamlit server": "Forbinder til serveren",
  "Connection error": "Forbindelsen er afbrudt",
  "Copy to clipboard": "Kopiér",
  "Dataframe column menu": "Kolonnens menu",
  "Decrement": "Én mindre",
  "Download as CSV": "Hent som CSV",
  "Drag and drop file here": "Træk filen hertil",
  "Drag and drop files here": "Træk filerne hertil",
  "Expand sidebar": "Åbn menuen",
  "Fullscreen": "Fuld skærm",
  "Help": "Hjælp",
  "Hide column": "Skjul kolonnen",
  "Hide password": "Skjul adgangskoden",
  "Increment": "Én mere",
  "Logo": "Tryghedsoverblik",
  "Main menu": "Menu",
  "Navigate to home page": "Til forsiden",
  "Next Result": "Næste fund",
  "Next month": "Næste måned",
  "No options to select": "Intet at vælge",
  "No options to select.": "Intet at vælge",
  "No results": "Intet fundet",
  "Notifications": "Beskeder",
  "Open": "Åbn",
  "Page not found": "Siden findes ikke her",
  "Pin column": "Fastgør kolonnen",
  "Please wait...": "Vent …",
  "Previous Result": "Forrige fund",
  "Previous month": "Forrige måned",
  "Running...": "Arbejder …",
  "Search": "Søg",
  "Select all": "Vælg alle",
  "Selected values": "Valgt",
  "Show password": "Vis adgangskoden",
  "Show/hide columns": "Vis eller skjul kolonner",
  "Sidebar": "Menu",
  "Skip to main content": "Gå til indholdet",
  "Sort ascending": "Sortér stigende",
  "Sort descending": "Sortér faldende",
  "Stop script": "Stop",
  "Streamlit server is not responding. Are you connected to the internet?":
    "Serveren svarer ikke. Siden forbinder igen af sig selv, når den kan; det, du har skrevet, bliver stående.",
  "Unpin column": "Frigør kolonnen",
  "Upload": "Vælg fil",
  "Use arrow keys to navigate dates. Enter to select. Escape to close.":
    "Piletaster flytter mellem datoer, Enter vælger, Escape lukker.",
};
const SHAPES = [
  [/^(\d+) more$/, (count) => `${count} mere`],
  [/^(Close fullscreen|Download as CSV|Fullscreen|Search|Show\/hide columns): (.+)$/, (word, of) => `${WORDS[word]}: ${of}`],
  [/^Add: (.+)$/, (value) => `Tilføj: ${value}`],
  [/^Help for (.+)$/, (label) => `Hjælp til ${label}`],
  [/^Remove (.+)$/, (value) => `Fjern ${value}`],
  [/^Upload (.+)$/, (label) => `Vælg fil: ${label}`],
  [/^([\d.]+) ?([KMG]?B) per file(.*)$/, (size, unit, kinds) => `Højst ${parseFloat(size)} ${unit} pr. fil${kinds}`],
  [/^(You have requested page .+|The page that you have requested does not seem to exist)\. ?Running the app's main page\.?$/,
    () => "Siden findes ikke, eller den er ikke for din målgruppe. Her er forsiden i stedet."],
  [/^(day|month|year), (.+)$/, (part, label) => `${{ day: "dag", month: "måned", year: "år" }[part]}, ${label}`],
  [/^You can only select up to (\d+) options?\. Remove an option first\.$/, (most) => `Der kan højst vælges ${most}. Fjern en først.`],
];
const SPOKEN = ["aria-label", "alt", "placeholder", "title"];
// Markdown, tables and pictures are ours; what is said in a tooltip about a button of Streamlit's is Streamlit's.
const OURS = '[data-testid="stMarkdownContainer"], table, .stBidiComponent, textarea, script, style';
// Texts of Streamlit's own within such places: tooltips, and how many pages the menu has no room for.
const THEIRS = '[data-testid="stTooltipContent"], [role="tooltip"], [data-testid="stTopNav"]';

/** The Danish for a text of Streamlit's, or null where it is none. */
export function danish(text) {
  const said = text.trim();
  if (Object.hasOwn(WORDS, said)) return WORDS[said];
  for (const [shape, say] of SHAPES) {
    const found = shape.exec(said);
    if (found) return say(...found.slice(1));
  }
  return null;
}

function label(element, name) {
  const said = element.getAttribute(name);
  if (!said) return;
  // "science icon" is read aloud before the badge it stands in, whose own word says it all.
  if (name === "aria-label" && element.getAttribute("role") === "img" && said.endsWith(" icon")) {
    element.removeAttribute("aria-label");
    element.removeAttribute("role");
    element.setAttribute("aria-hidden", "true");
    return;
  }
  const over = danish(said);
  if (over !== null && over !== said) element.setAttribute(name, over);
}

function words(node) {
  const within = node.parentElement;
  if (!within || (within.closest(OURS) && !within.closest(THEIRS))) return;
  const over = danish(node.nodeValue);
  if (over !== null && over !== node.nodeValue) node.nodeValue = over;
}

function everything(root) {
  tables(root);
  for (const element of [root, ...root.querySelectorAll(SPOKEN.map((name) => `[${name}]`).join())])
    for (const name of SPOKEN) label(element, name);
  const ours = (node) =>
    node.nodeType === Node.ELEMENT_NODE && node.matches(OURS) && !node.closest(THEIRS) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT;
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, ours);
  while (walker.nextNode()) if (walker.currentNode.nodeType === Node.TEXT_NODE) words(walker.currentNode);
}

everything(document.body);
new MutationObserver((changes) => {
  for (const { type, target, attributeName, addedNodes } of changes) {
    if (type === "attributes") label(target, attributeName);
    else if (type === "characterData") words(target);
    else
      for (const node of addedNodes) {
        if (node.nodeType === Node.TEXT_NODE) words(node);
        else if (node.nodeType === Node.ELEMENT_NODE) everything(node);
      }
  }
}).observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: SPOKEN });
