// A consent can be given once its text was read to the end. Sheets are replaced after each decision, so listen above.

const watched = new WeakSet();

const ended = new IntersectionObserver((entries) => {
  for (const { isIntersecting, target } of entries) if (isIntersecting) open(target.closest("[data-read-to-end]"));
});

function open(text) {
  const agree = document.getElementById(text.dataset.readToEnd);
  agree.disabled = false;
  agree.form.elements.confirmed.value = "yes";
}

function watchAll() {
  for (const end of document.querySelectorAll("[data-read-to-end] [data-end]")) {
    if (!watched.has(end)) ended.observe(end);
    watched.add(end);
  }
}

watchAll();
document.body.addEventListener("htmx:afterSwap", watchAll);

// What could not be saved is said on the page, beside the switch that stays as it was; the sheet would cover it.
for (const failure of ["htmx:sendError", "htmx:responseError", "htmx:timeout"]) {
  document.body.addEventListener(failure, ({ detail }) => detail.elt.closest("dialog")?.close());
}

// The bar at the bottom names the part of the page one went to last.
const tabs = document.querySelectorAll(".c-tabbar a");
const showTab = () => {
  for (const tab of tabs) {
    const current = (location.hash || "#consents") === tab.hash;
    if (current) tab.setAttribute("aria-current", "page");
    else tab.removeAttribute("aria-current");
  }
};
addEventListener("hashchange", showTab);
showTab();
