// A form marked data-needs says what it still lacks, and its button is the active one only when nothing is missing.
// What a part needs stands in its data-need, in the language of the page; with data-need-when="name=value" it needs it only
// once that is chosen. The server checks the same once more.

const FIELDS = "input:not([type=hidden]), select, textarea";
const CONFIRM = "button[type=submit], button:not([type])";
let errors = 0;

const shown = (part) => part.getClientRects().length > 0;
const partsOf = (form) => [...form.querySelectorAll("[data-need]")].filter(shown);
const fieldsOf = (part) => (part.matches(FIELDS) ? [part] : [...part.querySelectorAll(FIELDS)]);
const choices = (part) => !part.matches(FIELDS);

function asked({ dataset: { needWhen }, form }) {
  const [name, value] = needWhen?.split("=") ?? [];
  return !name || form.elements[name].value === value;
}

function lacks(part) {
  if (!asked(part)) return false;
  if (choices(part)) return !part.querySelector("input:checked");
  return part.value.trim().length < Math.max(1, part.minLength ?? 1);
}

function refresh(form) {
  const parts = partsOf(form);
  if (!parts.length) return;
  const missing = parts.filter(lacks);
  const confirm = form.querySelector(CONFIRM);
  confirm.classList.toggle("btn-primary", missing.length === 0);
  confirm.toggleAttribute("aria-disabled", false);
  if (missing.length) confirm.setAttribute("aria-disabled", "true");
  parts.filter((part) => !lacks(part)).forEach(settle);
  const hint = form.querySelector("[data-missing]");
  const text = missing.filter((part) => !part.dataset.error).map((part) => part.dataset.need).join(" · ");
  if (hint && hint.textContent !== text) hint.textContent = text;
}

function complain(form, missing) {
  missing.forEach((part) => part.dataset.error || say(part));
  const [first] = missing;
  (fieldsOf(first).find((field) => !field.disabled) ?? form.querySelector(FIELDS)).focus();
}

function say(part) {
  const error = document.createElement("span");
  error.className = "c-error";
  error.id = `need-${(errors += 1)}`;
  error.innerHTML = '<i class="ti ti-alert-circle" aria-hidden="true"></i><span></span>';
  error.lastChild.textContent = part.dataset.need;
  part.dataset.error = error.id;
  (choices(part) ? part : (part.closest(".row-f") ?? part)).after(error);
  for (const field of fieldsOf(part)) {
    field.dataset.describedby = field.getAttribute("aria-describedby") ?? "";
    field.setAttribute("aria-describedby", `${error.id} ${field.dataset.describedby}`.trim());
    if (!choices(part)) field.setAttribute("aria-invalid", "true");
  }
}

function settle(part) {
  if (!part.dataset.error) return;
  document.getElementById(part.dataset.error)?.remove();
  delete part.dataset.error;
  for (const field of fieldsOf(part)) {
    field.removeAttribute("aria-invalid");
    if (field.dataset.describedby) field.setAttribute("aria-describedby", field.dataset.describedby);
    else field.removeAttribute("aria-describedby");
  }
}

document.addEventListener(
  "submit",
  (event) => {
    const form = event.target;
    if (!form.matches("[data-needs]")) return;
    const missing = partsOf(form).filter(lacks);
    if (!missing.length) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    complain(form, missing);
    refresh(form);
  },
  { capture: true },
);

for (const change of ["input", "change", "focusin", "draft:restored"]) {
  document.addEventListener(change, ({ target }) => {
    const form = target.closest?.("form[data-needs]");
    if (form) refresh(form);
  });
}

const refreshAll = (root) => root.querySelectorAll("form[data-needs]").forEach(refresh);

document.addEventListener("htmx:load", ({ target }) => {
  const form = target.closest?.("form[data-needs]");
  if (form) refresh(form);
  else refreshAll(target.parentNode ?? target);
});
refreshAll(document);
