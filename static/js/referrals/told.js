// Who writes a part of a referral wants it read: it is ticked with the first letter, and left out once nothing stands there.
document.addEventListener("input", ({ target }) => {
  const part = target.matches("textarea") && target.closest("[data-told]");
  if (part) part.querySelector("[type=checkbox]").checked = target.value.trim() !== "";
});

// The server answers what it was asked a moment ago. What was chosen meanwhile stays, and goes with the next question.
const CHOICES = "#referral :is(input[type=checkbox], input[type=radio], select)";
let chosen = new Map();

const stateOf = (control) => (control.matches("select") ? control.value : control.checked);

document.addEventListener("htmx:beforeSwap", ({ target }) => {
  if (target.id !== "preview") return;
  chosen = new Map([...document.querySelectorAll(CHOICES)].map((control) => [control.id, stateOf(control)]));
});

document.addEventListener("htmx:oobBeforeSwap", ({ detail }) => {
  const answer = detail.fragment.firstElementChild ?? detail.fragment;
  if (answer.outerHTML === detail.target.outerHTML) detail.shouldSwap = false;
});

document.addEventListener("htmx:afterSwap", () => {
  for (const control of document.querySelectorAll(CHOICES)) {
    if (!chosen.has(control.id)) continue;
    if (control.matches("select")) control.value = chosen.get(control.id);
    else control.checked = chosen.get(control.id);
  }
  const typed = document.getElementById("preview").dataset.typed.split(" ");
  for (const field of document.querySelectorAll("#referral [data-typed]")) {
    field.hidden = !typed.includes(field.dataset.typed);
  }
});

// Once the page is on its way to the server nothing is asked beside it.
let leaving = false;
document.addEventListener("submit", ({ target }) => (leaving ||= target.id === "referral"));
document.addEventListener("htmx:beforeRequest", (event) => leaving && event.target.id === "referral" && event.preventDefault());
window.addEventListener("pageshow", () => (leaving = false));
