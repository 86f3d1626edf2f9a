// Saving makes a new version. What another person saved meanwhile stands, and this drawing stays in the browser.

import { send } from "./server.js";
import { counted } from "./words.js";

const conflict = document.getElementById("seat-conflict");
const theirs = document.getElementById("conflict-theirs");
const trouble = document.getElementById("seat-trouble");
const save = document.getElementById("save");
const discard = document.getElementById("discard");
const state = document.getElementById("draft-state");

export function setUpSaving(drawing) {
  let newest = drawing.data.base;
  let busy = false;

  async function saveNow() {
    if (busy || !drawing.isDirty()) return;
    busy = true;
    save.setAttribute("aria-busy", "true");
    showProblems(drawing, []);
    try {
      await settle(await send(drawing.data.save, drawing));
    } catch {
      showProblems(drawing, null);
    } finally {
      busy = false;
      save.removeAttribute("aria-busy");
    }
  }

  async function settle(answer) {
    if (answer.status === 409) return meet((await answer.json()).newest);
    if (answer.status === 422) return showProblems(drawing, (await answer.json()).problems);
    if (!answer.ok) return showProblems(drawing, null);
    drawing.forget();
    return window.location.assign((await answer.json()).url);
  }

  function meet(saved) {
    newest = saved?.id ?? null;
    theirs.hidden = !saved;
    if (saved) Object.assign(theirs, { href: saved.url, textContent: saved.text });
    conflict.hidden = false;
    conflict.focus();
  }

  function show() {
    const changes = drawing.changes();
    save.disabled = !drawing.isDirty();
    discard.disabled = changes === 0;
    const text = changes ? counted(drawing.data.changes, changes) : drawing.data.still ? state.dataset.still : state.dataset.none;
    if (state.textContent !== text) state.textContent = text;
  }

  save.addEventListener("click", saveNow);
  discard.addEventListener("click", () => ask(discard.dataset.question, discard.textContent, () => drawing.discard()));
  document.getElementById("conflict-mine").addEventListener("click", () => {
    drawing.rebase(newest);
    window.location.reload();
  });
  document.getElementById("conflict-drop").addEventListener("click", () => {
    drawing.forget();
    window.location.reload();
  });
  drawing.addEventListener("change", show);
  if (drawing.base !== drawing.data.base) conflict.hidden = false;
  return saveNow;
}

// Problems of seats, each a way to its seat; null when the server could not be asked.
export function showProblems(drawing, problems) {
  const said = problems ?? [{ index: null, text: trouble.dataset.failed }];
  trouble.replaceChildren(...said.map(({ index, text }) => problem(drawing, index, text)));
  if (said.length) trouble.scrollIntoView({ block: "nearest" });
}

function problem(drawing, index, text) {
  const note = document.getElementById("seat-problem").content.cloneNode(true).firstElementChild;
  const link = note.querySelector("button");
  note.querySelector("span").textContent = text;
  link.hidden = index === null;
  link.addEventListener("click", () => {
    drawing.select(index);
    document.getElementById("stage").focus();
  });
  return note;
}

function ask(question, yes, proceed) {
  const dialog = document.getElementById("confirm");
  dialog.querySelector("#confirm-text").textContent = question;
  dialog.querySelector("button[value=yes]").textContent = yes;
  dialog.returnValue = "no";
  dialog.addEventListener("close", () => dialog.returnValue === "yes" && proceed(), { once: true });
  dialog.showModal();
}
