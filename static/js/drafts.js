// Keeps what is typed into forms marked data-draft until it was sent: a locked screen or a lost connection costs nothing.
// Drafts live in this tab's sessionStorage, belong to one person and end with log-out.

const user = document.body.dataset.user ?? "";
const locked = "locked" in document.body.dataset;
const keyOf = (form) => `draft:${form.dataset.draft}`;
const SENT = "drafts-sent";
const KEPT = "textarea, select, input:not([type=hidden], [type=password], [type=file], [type=submit])";

function forgetStrangers() {
  if (!user || sessionStorage.getItem("drafts-of") === user) return;
  forgetAll();
  sessionStorage.setItem("drafts-of", user);
}

function forgetAll() {
  for (const key of Object.keys(sessionStorage)) if (key.startsWith("draft")) sessionStorage.removeItem(key);
}

// A form that was posted and did not end on the lock page has reached the server.
function settleSent() {
  const sent = JSON.parse(sessionStorage.getItem(SENT) ?? "[]");
  if (!locked) sent.forEach((key) => sessionStorage.removeItem(key));
  sessionStorage.removeItem(SENT);
}

function keep(form) {
  const values = [...form.querySelectorAll(KEPT)].filter((field) => field.name).map((field) => [
    field.name,
    field.type === "checkbox" || field.type === "radio" ? field.value : "",
    field.type === "checkbox" || field.type === "radio" ? field.checked : field.value,
  ]);
  sessionStorage.setItem(keyOf(form), JSON.stringify(values));
}

function restore(form) {
  const kept = sessionStorage.getItem(keyOf(form));
  if (!kept || form.querySelector("[aria-invalid=true]")) return;
  for (const [name, option, value] of JSON.parse(kept)) {
    const fields = [...form.querySelectorAll(KEPT)].filter((field) => field.name === name);
    const field = option ? fields.find((one) => one.value === option) : fields[0];
    if (!field) continue;
    if (option) field.checked = value;
    else field.value = value;
  }
  form.dispatchEvent(new CustomEvent("draft:restored", { bubbles: true }));
}

const formsIn = (root) => [
  ...(root.matches?.("form[data-draft]") ? [root] : []),
  ...root.querySelectorAll("form[data-draft]"),
];

document.addEventListener("input", ({ target }) => {
  const form = target.closest("form[data-draft]");
  if (form) keep(form);
});

document.addEventListener("submit", ({ target, defaultPrevented }) => {
  if (target.matches("[data-ends-session]")) return forgetAll();
  if (!target.dataset.draft || defaultPrevented || target.matches("[hx-post], [hx-put], [hx-patch]")) return;
  const sent = JSON.parse(sessionStorage.getItem(SENT) ?? "[]");
  sessionStorage.setItem(SENT, JSON.stringify([...sent, keyOf(target)]));
});

document.addEventListener("htmx:afterRequest", ({ detail }) => {
  const form = detail.elt.closest?.("form[data-draft]");
  const redirected = detail.xhr?.getResponseHeader("HX-Redirect")?.includes(document.body.dataset.lockUrl);
  if (form && detail.successful && detail.xhr.status < 300 && !redirected) sessionStorage.removeItem(keyOf(form));
});

document.addEventListener("htmx:load", ({ target }) => formsIn(target).forEach(restore));

forgetStrangers();
settleSent();
formsIn(document).forEach(restore);
