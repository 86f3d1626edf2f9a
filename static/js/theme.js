// The switch in the header: shows the chosen theme at once and tells the server, which keeps it.
document.addEventListener("submit", (event) => {
  const form = event.target.closest("[data-theme-switch]");
  if (!form || !event.submitter) return;
  event.preventDefault();
  const content = new FormData(form, event.submitter);
  const theme = content.get("theme");
  document.documentElement.dataset.theme = theme;
  document.documentElement.dataset.bsTheme = theme;
  form.querySelector(`button[value="${theme === "dark" ? "light" : "dark"}"]`)?.focus();
  fetch(form.action, { method: "POST", body: content, headers: { "X-Passive": "1" }, redirect: "manual" });
});
