// The report form: rows of people come from the server and can be taken away; questions that follow from a tick hide
// until it is set. Without scripts everything is shown.

const form = document.getElementById("report");
const search = document.getElementById("find-pupil");

form.addEventListener("click", ({ target }) => {
  const remove = target.closest("[data-remove]");
  if (!remove) return;
  remove.closest("[data-party]").remove();
  search.focus();
});

// A pupil was added: the search is done, and nobody is added twice.
form.addEventListener("htmx:afterSwap", ({ detail }) => {
  if (detail.target.id !== "parties") return;
  const added = [...detail.target.querySelectorAll("[name=party_pupil]")];
  const last = added.at(-1);
  if (last.value && added.some((other) => other !== last && other.value === last.value)) last.closest("[data-party]").remove();
  search.value = "";
  document.getElementById("found-pupils").replaceChildren();
  detail.target.querySelector("[data-party]:last-child select")?.focus();
});

// Enter in the search must not send the report.
search.addEventListener("keydown", (event) => event.code === "Enter" && event.preventDefault());

for (const follows of form.querySelectorAll("[data-when]")) {
  const tick = form.elements[follows.dataset.when];
  const sync = () => { follows.hidden = !tick.checked; };
  tick.addEventListener("change", sync);
  sync();
}
