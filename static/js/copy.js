// Copies a text that stands on the page: data-copy names it, data-copied says that it worked.

document.addEventListener("click", async ({ target }) => {
  const button = target.closest("[data-copy]");
  if (!button) return;
  await navigator.clipboard.writeText(document.querySelector(button.dataset.copy).textContent);
  document.querySelector("[data-copy-state]").textContent = button.dataset.copied;
});
