// A questionnaire posts itself as a whole at each change, and the answer replaces it. What was changed while a post was
// on its way goes with the next one (htmx keeps the last): until then no answer may replace the form, only what it says
// of alarms and refusals.

const sheet = () => document.getElementById("sheet");
const SAID = "#sheet-said";
let isLater = false;

function changed({ target }) {
  const form = target.closest?.("#sheet");
  if (!form) return;
  isLater = form.classList.contains("htmx-request");
  form.querySelector("[data-kept]").textContent = "";
}

// Before htmx hears of it, which sends or queues the post.
document.addEventListener("change", changed, { capture: true });
document.addEventListener("submit", changed, { capture: true });

document.addEventListener("htmx:beforeRequest", ({ detail }) => {
  if (detail.elt === sheet()) isLater = false;
});

document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (!isLater || detail.target !== sheet()) return;
  detail.target = detail.target.querySelector(SAID);
  detail.selectOverride = SAID;
  detail.swapOverride = "outerHTML";
});
