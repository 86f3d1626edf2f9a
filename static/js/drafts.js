// Keeps what is typed into forms marked data-draft until it was sent: a locked screen or a lost connection costs nothing.
// Those with data-draft-url are kept by the server as well (drafts/server.js).

import { fill, read } from "./drafts/fields.js";
import * as local from "./drafts/local.js";
import * as server from "./drafts/server.js";

const keptByServer = (form) => "draftUrl" in form.dataset;

function restore(form) {
  if (keptByServer(form)) return server.begin(form);
  if (isRefused(form)) return local.put(form, read(form));
  const kept = local.take(form);
  if (kept) fill(form, kept.values);
}

// What came back refused has reached the server and is kept by nobody.
const isRefused = (form) => "refused" in form.dataset || form.querySelector("[aria-invalid=true], .c-error") !== null;

const formsIn = (root) => [
  ...(root.matches?.("form[data-draft]") ? [root] : []),
  ...root.querySelectorAll("form[data-draft]"),
];

document.addEventListener("input", ({ target }) => {
  const form = target.closest("form[data-draft]");
  if (!form) return;
  if (keptByServer(form)) server.typed(form);
  else local.put(form, read(form));
});

document.addEventListener("submit", ({ target, defaultPrevented }) => {
  if (target.matches("[data-ends-session]")) return local.forgetAll();
  if (!target.dataset.draft || defaultPrevented || target.matches("[hx-post], [hx-put], [hx-patch]")) return;
  local.markSent(target);
});

document.addEventListener("htmx:afterRequest", ({ detail }) => {
  const form = detail.elt.closest?.("form[data-draft]");
  const redirected = detail.xhr?.getResponseHeader("HX-Redirect")?.includes(document.body.dataset.lockUrl);
  const asksOnly = detail.requestConfig?.verb === "get"; // for a part of the form, such as who was found
  if (form && !asksOnly && detail.successful && detail.xhr.status < 300 && !redirected) local.forget(form);
});

document.addEventListener("htmx:load", ({ target }) => formsIn(target).forEach(restore));

addEventListener("pagehide", () => formsIn(document).filter(keptByServer).forEach(server.leave));
document.addEventListener("visibilitychange", () => {
  if (document.hidden) formsIn(document).filter(keptByServer).forEach(server.pause);
});

local.forgetStrangers(document.body.dataset.user ?? "");
local.settleSent("locked" in document.body.dataset);
formsIn(document).forEach(restore);
