// Shortcuts, bound to physical keys (`KeyboardEvent.code`): on the Kazakh layout the digit row types letters.
// Pages declare them in their markup: data-keys on the scope, data-key on what is to be pressed; caseflow/keys lists them all.
// A scope that is also data-keys-page listens while nothing on the page has the focus.

let awaited = null; // a key whose button may still be on its way, and the scope in which it was pressed

const help = document.getElementById("keys");
const singleKeys = () => document.body.dataset.singleKeys !== "off";

document.addEventListener("keydown", (event) => {
  awaited = null;
  if (event.defaultPrevented || event.isComposing || event.repeat || document.querySelector("dialog[open]")) return;
  if (moveInList(event) || pressInScope(event) || sendForm(event) || pressAnywhere(event)) event.preventDefault();
});

document.addEventListener("click", ({ target }) => {
  if (target.closest("[data-show-keys]")) showHelp();
});

function written(event) {
  const parts = [event.ctrlKey || event.metaKey ? "Control" : "", event.altKey ? "Alt" : "", event.shiftKey ? "Shift" : ""];
  return [...parts.filter(Boolean), event.code].join("+");
}

const typing = (element) => element.matches("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]");
const shown = (element) => element.getClientRects().length > 0 && !element.disabled;

function moveInList(event) {
  const row = document.activeElement.closest("[data-row]");
  const step = { ArrowDown: 1, ArrowUp: -1 }[written(event)];
  if (!row || row !== document.activeElement || !step) return false;
  const rows = [...row.closest("[data-roving]").querySelectorAll("[data-row]")].filter(shown);
  const next = rows[rows.indexOf(row) + step];
  if (!next) return false;
  row.tabIndex = -1;
  next.tabIndex = 0;
  next.focus();
  return true;
}

function pressInScope(event) {
  const focused = document.activeElement;
  const scope = focused.closest("[data-keys]") ?? (focused === document.body ? document.querySelector("[data-keys-page]") : null);
  const key = written(event);
  if (!scope || (!key.includes("+") && (typing(focused) || !singleKeys()))) return false;
  // Enter and Space belong to the button or link that has the focus.
  if (["Enter", "Space"].includes(key) && focused.matches("a, button, summary, label")) return false;
  const within = [focused.closest("[data-row]"), scope].filter(Boolean);
  const target = within.flatMap((place) => [...place.querySelectorAll(`[data-key="${key}"]`)]).find(shown);
  if (!target && /^Key[A-Z]$/.test(key) && comes(scope)) awaited = { key, scope };
  if (!target) return false;
  return press(target);
}

function press(target) {
  if (target.matches("input, select, textarea")) target.focus(); // the next Tab leads on from there
  if (!typing(target)) target.click();
  if (target.dataset.then) document.getElementById(target.dataset.then)?.focus(); // where one goes on after the choice
  return true;
}

// Cards load after the page. A key that is pressed before its card has come is kept for it, unless something else is done.
const comes = (scope) => scope.querySelector("[data-region][aria-busy=true]") !== null;

document.addEventListener("htmx:afterSettle", () => {
  if (!awaited) return;
  const { key, scope } = awaited;
  const target = [...scope.querySelectorAll(`[data-key="${key}"]`)].find(shown);
  if (target || !comes(scope)) awaited = null;
  if (target) press(target);
});

for (const done of ["pointerdown", "focusin"]) document.addEventListener(done, () => (awaited = null));

// Whoever writes needs no mouse to send it: the form in which the focus is goes by its main button.
function sendForm(event) {
  if (written(event) !== "Control+Enter") return false;
  const send = [...(document.activeElement.form?.querySelectorAll("button.btn-primary[type=submit]") ?? [])].find(shown);
  send?.click();
  return Boolean(send);
}

function pressAnywhere(event) {
  if (typing(document.activeElement) || !singleKeys() || event.ctrlKey || event.altKey || event.metaKey) return false;
  const search = document.getElementById("search");
  const undo = event.code === "KeyZ" && !event.shiftKey && [...document.querySelectorAll("[data-undo-offer] [data-undo]")].find(shown);
  if (undo) undo.click();
  else if (event.key === "?" || (event.code === "Slash" && event.shiftKey)) showHelp();
  else if ((event.key === "/" || event.code === "Slash") && search && shown(search)) search.focus();
  else return false;
  return true;
}

function showHelp() {
  document.querySelectorAll("[popover]:popover-open").forEach((menu) => menu.hidePopover());
  help.showModal();
}

// A page that is one form begins in it, at the first thing not chosen yet. On a phone the keyboard would cover the page.
function begin() {
  const form = document.querySelector("form[data-begin]");
  if (!form || document.querySelector("[autofocus]") || document.activeElement !== document.body || !window.matchMedia("(hover: hover)").matches) return;
  const fields = [...form.querySelectorAll("input:not([type=hidden]), select, textarea")].filter(shown);
  const wrong = fields.find((field) => field.matches("[aria-invalid=true]"));
  (wrong ?? fields.find((field) => field.type !== "radio" || !form.elements[field.name].value))?.focus({ preventScroll: true });
}
begin();
