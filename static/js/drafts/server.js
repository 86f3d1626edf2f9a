// Forms whose draft the server keeps (data-draft-url): a copy goes there two seconds after typing stops and on leaving
// the page, and is on every device of the same person. Where two devices wrote, both versions are shown.

import { fill, isSame, read } from "./fields.js";
import * as local from "./local.js";
import { clockTime } from "../moments.js";

const WAIT = 2_000;
const RETRY = 5_000;
const LONGEST_LAST_WORD = 60_000; // browsers send no more than 64 KiB on leaving
const states = new WeakMap();

const find = (form, selector) => form.querySelector(selector);
const revisionOf = (form) => find(form, "[name=draft_revision]");
const headers = () => ({
  "Content-Type": "application/json",
  ...JSON.parse(document.body.getAttribute("hx-headers")),
});

export function begin(form) {
  // What came back refused stands in the form alone; everything else the page was filled with from the server.
  const refused = "refused" in form.dataset;
  const state = { saved: refused ? {} : read(form), timer: 0, saving: null, undecided: hasVersions(form) };
  states.set(form, state);
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
  if (states.has(form) && !states.get(form).undecided) save(form);
}

export function leave(form) {
  const state = states.get(form);
  if (!state || state.undecided || state.saving || isSame(read(form), state.saved)) return;
  const body = bodyOf(form);
  if (body.length < LONGEST_LAST_WORD) fetch(form.dataset.draftUrl, { method: "PUT", headers: headers(), body, keepalive: true });
}

function schedule(form, wait = WAIT) {
  const state = states.get(form);
  clearTimeout(state.timer);
  if (!state.undecided) state.timer = setTimeout(() => save(form), wait);
}

const bodyOf = (form) => JSON.stringify({ written: read(form), seen: revisionOf(form).value || null });

async function save(form) {
  const state = states.get(form);
  const values = read(form);
  if (state.saving) return schedule(form);
  if (!form.isConnected || isSame(values, state.saved)) return;
  state.saving = sendAndTell(form, values);
  await state.saving;
}

// The revision is in the form before anybody who waits for `saving` goes on.
async function sendAndTell(form, values) {
  const answer = await send(form);
  const kept = answer?.ok ? await answer.json() : null;
  states.get(form).saving = null;
  if (kept) keep(form, values, kept);
  else if (answer?.status === 409) await compare(form);
  else fail(form, answer);
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
  find(form, "[data-discard]").hidden = false;
  if (isSame(read(form), values)) local.forget(form);
  else typed(form);
  say(form, "saved", clockTime(new Date(at)));
}

function fail(form, answer) {
  say(form, "failed");
  // What the server refuses as such (a closed case, a lost right) it would refuse again; the tab still has the words.
  if (!answer || answer.status >= 500 || answer.status === 401) schedule(form, RETRY);
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
  find(form, "[data-versions]").innerHTML = await answer.text();
  say(form, "two");
  find(form, "[data-versions] section").focus();
}

const hasVersions = (form) => find(form, "[data-versions]").childElementCount > 0;

function choose(form, choice) {
  const state = states.get(form);
  const place = find(form, "[data-versions]");
  const kept = (name) => JSON.parse(document.getElementById(`version-${name}`).textContent);
  if (choice !== "mine") fill(form, kept(choice));
  revisionOf(form).value = find(place, "section").dataset.revision;
  state.saved = kept("theirs");
  state.undecided = false;
  place.replaceChildren();
  say(form, "none");
  local.put(form, read(form), revisionOf(form).value);
  find(form, "textarea").focus();
  save(form);
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
  choose(form, button.value);
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
  state.undecided = true; // what is sent is settled by the server; nothing is kept beside it on leaving
  if (submitter?.matches("[data-discard]")) local.forget(target);
}, { capture: true });
