// What every htmx request of the product has in common: busy regions, failures with "Try again", where focus goes.

const region = (element) => element.closest("[data-region]") ?? element;

document.addEventListener("htmx:configRequest", ({ detail }) => {
  // Only what a person did counts as activity; polling and live refreshes must not keep a session awake.
  if (!detail.triggeringEvent?.isTrusted) detail.headers["X-Passive"] = "1";
});

document.addEventListener("htmx:beforeRequest", ({ detail }) => {
  detail.target.setAttribute("aria-busy", "true");
  region(detail.target).querySelector(":scope > [data-failed]")?.remove();
});

document.addEventListener("htmx:afterRequest", ({ detail }) => {
  detail.target.removeAttribute("aria-busy");
});

document.addEventListener("htmx:afterSettle", ({ detail }) => focusFirst(detail.elt));

for (const failure of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) {
  document.addEventListener(failure, ({ detail }) => showFailure(detail));
}

function focusFirst(swapped) {
  swapped.querySelector?.("[autofocus], [aria-invalid=true]")?.focus();
}

function showFailure({ elt, target, xhr, requestConfig }) {
  if (xhr.status === 401) return window.location.reload();
  const place = region(target);
  const note = document.getElementById("region-failed").content.cloneNode(true).firstElementChild;
  note.querySelector("[data-text]").textContent = note.dataset[reason(xhr.status)];
  const retry = note.querySelector("[data-retry]");
  if (reason(xhr.status) === "denied") retry.remove();
  retry.addEventListener("click", () => again(elt, requestConfig));
  place.querySelector(":scope > [data-failed]")?.remove();
  place.querySelectorAll(":scope > .c-late").forEach((skeleton) => skeleton.remove());
  place.prepend(note);
}

function reason(status) {
  if (status === 0) return "offline";
  return status === 403 || status === 404 ? "denied" : "server";
}

function again(element, config) {
  if (element.matches("form")) return element.requestSubmit();
  return window.htmx.ajax(config.verb, config.path, { source: element, values: config.parameters });
}

document.addEventListener("change", ({ target }) => {
  target.closest("form[data-autosubmit]")?.requestSubmit();
});

focusFirst(document.getElementById("main") ?? document.body);
