// The search of the top bar: a combobox with a list (WAI-ARIA). The field keeps the focus; the arrows move through the list.

const form = document.querySelector("form[data-search]");
const SHORTEST = 2;

if (form) {
  const field = form.querySelector("[role=combobox]");
  const list = document.getElementById("search-hits");
  const panel = form.querySelector("[data-panel]");
  const said = form.querySelector("[data-said]");
  const options = () => [...list.querySelectorAll("[role=option]:not([aria-disabled])")];
  const chosen = () => list.querySelector("[aria-selected=true]");
  const enough = () => field.value.trim().length >= SHORTEST || /^\d+$/.test(field.value.trim());

  const open = (yes) => {
    panel.hidden = !yes;
    field.setAttribute("aria-expanded", String(yes));
    if (!yes) choose(null);
  };

  const choose = (option) => {
    chosen()?.setAttribute("aria-selected", "false");
    option?.setAttribute("aria-selected", "true");
    option?.scrollIntoView({ block: "nearest" });
    if (option) field.setAttribute("aria-activedescendant", option.id);
    else field.removeAttribute("aria-activedescendant");
  };

  const step = (by) => {
    const all = options();
    if (!all.length) return;
    const at = all.indexOf(chosen());
    choose(all[at === -1 ? (by > 0 ? 0 : all.length - 1) : (at + by + all.length) % all.length]);
  };

  const follow = (option) => {
    if (option.dataset.url) window.location.assign(option.dataset.url);
    else if ("all" in option.dataset) form.requestSubmit();
  };

  const escape = () => {
    if (!panel.hidden) return open(false);
    field.value = "";
    list.replaceChildren();
    said.textContent = "";
  };

  const KEYS = {
    ArrowDown: () => (panel.hidden && list.childElementCount ? open(true) : step(1)),
    ArrowUp: () => step(-1),
    Escape: escape,
  };

  field.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const act = event.key === "Enter" && !panel.hidden && chosen() ? () => follow(chosen()) : KEYS[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });

  // Too little to look for: nothing is asked, and what was found before is taken away.
  field.addEventListener("htmx:beforeRequest", (event) => {
    if (!enough()) event.preventDefault();
  });
  field.addEventListener("input", () => {
    if (enough()) return;
    open(false);
    list.replaceChildren();
    said.textContent = "";
  });

  list.addEventListener("htmx:afterSwap", () => {
    if (!enough()) return list.replaceChildren();
    choose(null);
    said.textContent = list.querySelector("[data-says]")?.dataset.says ?? "";
    open(list.childElementCount > 0 && form.contains(document.activeElement));
  });
  for (const failure of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) field.addEventListener(failure, () => open(true));

  // The focus stays in the field while the list is clicked.
  list.addEventListener("mousedown", (event) => event.target.closest("[role=option]") && event.preventDefault());
  list.addEventListener("click", ({ target }) => {
    const option = target.closest("[role=option]:not([aria-disabled])");
    if (option) follow(option);
  });
  field.addEventListener("focus", () => open(list.childElementCount > 0 && enough()));
  form.addEventListener("focusout", ({ relatedTarget }) => !form.contains(relatedTarget) && open(false));
}
