// The queue: the focused row opens in place, decisions are taken in it, and what others do arrives without
// disturbing what is focused or typed. Keys 1 2 3 Enter are declared in the markup and pressed by the shared keys.js.
import { leaveLater } from "../undo.js";
import { merge } from "./merge.js";

const queue = document.getElementById("queue");
const said = document.getElementById("queue-status");
const stale = document.getElementById("queue-stale");
const OPEN_AFTER = 120; // ms: whoever runs down the list with the arrow opens only the row where they stop
const POLL_EVERY = 15000; // ms: a colleague's decision makes no alert

let opening;
let asked = 0;

const rowOf = (element) => element.closest?.("[data-row]");

queue.addEventListener("focusin", ({ target }) => {
  const row = rowOf(target);
  if (row && !row.hasAttribute("data-handled")) makeCurrent(row);
});

queue.addEventListener("click", (event) => {
  const { target } = event;
  const row = rowOf(target);
  if (target.closest("[data-refresh]")) return refresh();
  if (!row) return;
  if (target.closest("[data-open]")) {
    event.preventDefault();
    row.focus();
  }
  const chooser = target.closest("[data-form]");
  if (chooser) show(row, chooser.dataset.form);
  if (target.closest("[data-back]")) back(row);
  if (target.closest("[data-hide-row]")) leave(row);
});

document.querySelector("#missed [data-hide-row]")?.addEventListener("click", () => document.getElementById("missed").remove());

queue.addEventListener("keydown", (event) => {
  const row = rowOf(event.target);
  if (event.code !== "Escape" || !row) return;
  row.querySelector("[data-chosen]:not([hidden]) [data-back]")?.click();
});

function makeCurrent(row) {
  if (row.classList.contains("is-current")) return;
  for (const other of queue.querySelectorAll("[data-row].is-current")) {
    other.classList.remove("is-current");
    other.removeAttribute("aria-current");
    other.tabIndex = -1;
    other.querySelector("[data-more]")?.setAttribute("hidden", "");
  }
  row.classList.add("is-current");
  row.setAttribute("aria-current", "true");
  row.tabIndex = 0;
  const more = row.querySelector("[data-more]");
  more.hidden = false;
  clearTimeout(opening);
  if (!more.querySelector("[data-loaded]")) opening = setTimeout(() => load(row), OPEN_AFTER);
}

const load = (row) => window.htmx.ajax("GET", row.dataset.url, { target: row.querySelector("[data-more]"), swap: "innerHTML" });

// A colleague decided the open row: say who and when; what was typed stays readable until the row is hidden.
function tellTaken(row) {
  const note = row.querySelector("[data-note]") ?? row.querySelector("[data-more]");
  row.querySelectorAll("[data-acts], [data-chosen]").forEach((part) => { part.inert = true; });
  window.htmx.ajax("GET", row.dataset.url, { target: note, swap: "innerHTML" });
}

function show(row, name) {
  row.querySelector("[data-acts]").hidden = true;
  for (const form of row.querySelectorAll("[data-chosen]")) form.hidden = form.dataset.chosen !== name;
  row.querySelector(`[data-chosen="${name}"]`).querySelector("input:not([type=hidden]), select").focus();
}

function back(row) {
  for (const form of row.querySelectorAll("[data-chosen]")) form.hidden = true;
  row.querySelector("[data-acts]").hidden = false;
  row.querySelector("[data-note]").replaceChildren();
  row.focus();
}

// A decision turned the row into "handled": say so, go on to the next row, offer the way back for five seconds.
function handled(row) {
  said.textContent = row.querySelector("[data-announce]").textContent;
  (neighbour(row) ?? row.querySelector("[data-undo]")).focus();
  leaveLater(row, () => leave(row));
}

function leave(row) {
  const next = row.contains(document.activeElement) ? neighbour(row) ?? document.getElementById("main") : null;
  row.remove();
  next?.focus();
  refresh();
}

function neighbour(row) {
  const rows = [...queue.querySelectorAll("[data-row]:not([data-handled])")];
  return rows.find((other) => row.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING) ?? rows.at(-1);
}

document.body.addEventListener("htmx:afterSwap", ({ detail }) => {
  const row = document.getElementById(rowId(detail.pathInfo?.requestPath));
  if (row?.hasAttribute("data-handled")) handled(row);
  else if (detail.pathInfo?.requestPath.endsWith("/undo/") && row) row.focus();
});

const rowId = (path) => `item-${path?.match(/[0-9a-f-]{36}/)?.[0]}`;

// Only the answer to the latest question counts: an older one may still show what has been decided meanwhile.
async function refresh() {
  const question = ++asked;
  try {
    const answer = await fetch(queue.dataset.url, { headers: { "HX-Request": "true", "X-Passive": "1" } });
    if (!answer.ok || answer.redirected) throw new Error(answer.statusText);
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (question !== asked) return;
    const gone = merge(queue, fresh);
    gone.forEach(tellTaken);
    stale.hidden = true;
  } catch {
    if (question === asked) stale.hidden = false;
  }
}

document.body.addEventListener("alert:new", refresh);
document.body.addEventListener("triage:changed", refresh);
setInterval(() => document.visibilityState === "visible" && refresh(), POLL_EVERY);
document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && refresh());

if (!document.activeElement || document.activeElement === document.body) {
  queue.querySelector("[data-row].is-current")?.focus({ preventScroll: true });
}
