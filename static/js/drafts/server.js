// Forms whose draft the server keeps (data-draft-url): a copy goes there every three seconds while somebody types, two
// seconds after they stop, and on leaving the page, and is on every device of the same person. Where two devices wrote,
// both versions are shown, and the server keeps both until one of them, or both in one, is chosen.

import { fill, isSame, missing, read } from "./fields.js";
import * as local from "./local.js";
import { clockTime } from "../moments.js";

const WAIT = 2_000;
const LONGEST_WAIT = 3_000; // however long somebody types on
const RETRY = 5_000;
const LONGEST_LAST_WORD = 60_000; // browsers send no more than 64 KiB on leaving
const states = new WeakMap();

const find = (form, selector) => form.querySelector(selector);
const revisionOf = (form) => find(form, "[name=draft_revision]");
const asideOf = (form) => find(form, "[name=draft_aside]");
const headers = () => ({
  "Content-Type": "application/json",
  ...JSON.parse(document.body.getAttribute("hx-headers")),
});

export function begin(form) {
  // What came back refused stands in the form alone; everything else the page was filled with from the server.
  const refused = "refused" in form.dataset;
  const saved = refused ? {} : read(form);
  // `since`: when the first word was typed that is not kept yet. `sent`: the server settles what is in the form.
  states.set(form, { saved, timer: 0, since: 0, saving: null, undecided: hasVersions(form), sent: false });
  const kept = local.take(form);
  if (!kept || isSame(kept.values, read(form))) return settle(form, refused);
  // This tab has words that did not reach the server; they are new, whatever the page was filled with.
  fill(form, kept.values);
  if (kept.base === revisionOf(form).value) schedule(form);
  else compare(form);
}

function settle(form, refused) {
  if (refused) schedule(form);
  else local.forget(form);
}

export function typed(form) {
  local.put(form, read(form), revisionOf(form).value);
  schedule(form);
}

// The page stays: another tab or window came before it.
export function pause(form) {
  if (states.has(form) && !states.get(form).sent) save(form);
}

export function leave(form) {
  const state = states.get(form);
  if (!state || state.sent || state.saving || isSame(read(form), state.saved)) return;
  const body = bodyOf(form);
  if (body.length < LONGEST_LAST_WORD) fetch(form.dataset.draftUrl, { method: "PUT", headers: headers(), body, keepalive: true });
}

function schedule(form, wait = WAIT) {
  const state = states.get(form);
  state.since ||= Date.now();
  saveIn(form, Math.min(wait, Math.max(0, state.since + LONGEST_WAIT - Date.now())));
}

function saveIn(form, wait) {
  const state = states.get(form);
  clearTimeout(state.timer);
  if (!state.sent) state.timer = setTimeout(() => save(form), wait);
}

// While its author has not decided, a version replaces none: it names no revision that it has seen, and lies aside.
const bodyOf = (form) =>
  JSON.stringify({
    written: read(form),
    seen: (!states.get(form).undecided && revisionOf(form).value) || null,
    aside: asideOf(form).value || null,
  });

async function save(form) {
  const state = states.get(form);
  const values = read(form);
  if (state.saving) return schedule(form);
  state.since = 0;
  if (!form.isConnected || !isToSave(form, values)) return;
  state.saving = sendAndTell(form, values);
  await state.saving;
}

const isToSave = (form, values) => !isSame(values, states.get(form).saved) || isDecided(form);
const isDecided = (form) => !states.get(form).undecided && asideOf(form).value !== "";

// The revision is in the form before anybody who waits for `saving` goes on.
async function sendAndTell(form, values) {
  const state = states.get(form);
  const wasUndecided = state.undecided;
  const answer = await send(form);
  const told = answer?.ok || answer?.status === 409 ? await answer.json() : null;
  state.saving = null;
  if (!told) return fail(form, answer);
  if (answer.ok) return keep(form, values, told);
  keepAside(form, values, told);
  if (!wasUndecided) await compare(form);
}

async function send(form) {
  try {
    return await fetch(form.dataset.draftUrl, { method: "PUT", headers: headers(), body: bodyOf(form) });
  } catch {
    return null;
  }
}

function keep(form, values, { revision, updated_at: at }) {
  const state = states.get(form);
  state.saved = values;
  revisionOf(form).value = revision;
  asideOf(form).value = "";
  close(form); // what this version was to be decided against is gone
  find(form, "[data-discard]").hidden = false;
  if (isSame(read(form), values)) local.forget(form);
  else typed(form);
  say(form, "saved", clockTime(new Date(at)));
}

function keepAside(form, values, { aside }) {
  states.get(form).saved = values;
  asideOf(form).value = aside ?? "";
  if (!isSame(read(form), values)) typed(form);
}

function fail(form, answer) {
  say(form, "failed");
  // What the server refuses as such (a closed case, a lost right) it would refuse again; the tab still has the words.
  if (!answer || answer.status >= 500 || answer.status === 401) saveIn(form, RETRY);
}

async function compare(form) {
  const state = states.get(form);
  const body = new URLSearchParams({ ...read(form) });
  const { "X-CSRFToken": token } = headers();
  const answer = await fetch(form.dataset.compareUrl, { method: "POST", headers: { "X-CSRFToken": token }, body }).catch(() => null);
  if (!answer?.ok) return fail(form, answer);
  if (answer.status === 204) {
    revisionOf(form).value = "";
    return schedule(form, 0);
  }
  state.undecided = true;
  find(form, "[data-discard]").hidden = true;
  find(form, "[data-versions]").innerHTML = await answer.text();
  say(form, "two");
  find(form, "[data-versions] section").focus();
}

const hasVersions = (form) => find(form, "[data-versions]").childElementCount > 0;

function choose(form, button) {
  const state = states.get(form);
  const version = (name) => JSON.parse(document.getElementById(`version-${name}`).textContent);
  const chosen = button.value === "mine" ? read(form) : version(button.value);
  revisionOf(form).value = find(form, "[data-versions] section").dataset.revision;
  if (missing(form, chosen).length) return form.requestSubmit(button); // the server answers with a form that holds it
  fill(form, chosen);
  state.saved = version("theirs");
  close(form);
  find(form, "[data-discard]").hidden = false;
  say(form, "none");
  local.put(form, read(form), revisionOf(form).value);
  (find(form, "textarea") ?? find(form, "input:not([type=hidden])")).focus();
  save(form);
}

function close(form) {
  states.get(form).undecided = false;
  find(form, "[data-versions]").replaceChildren();
}

function say(form, what, time = "") {
  const line = find(form, "[data-draft-state]");
  line.textContent = (line.dataset[what] ?? "").replace("{time}", time);
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[name=take]");
  const form = button?.form;
  if (!states.has(form)) return;
  event.preventDefault();
  choose(form, button);
});

// A copy that is on its way arrives first: after the form it would become a draft of what is saved already.
addEventListener("submit", (event) => {
  const { target, submitter } = event;
  const state = states.get(target);
  if (!state) return;
  if (state.saving) {
    event.preventDefault();
    event.stopImmediatePropagation();
    state.saving.then(() => setTimeout(() => target.requestSubmit(submitter)));
    return;
  }
  clearTimeout(state.timer);
  state.sent = true; // nothing is kept beside it on leaving
  if (submitter?.matches("[data-discard]")) local.forget(target);
}, { capture: true });
