// All boxes of a card are ticked, or none of them.

for (const buttons of document.querySelectorAll("[data-ticks]")) buttons.hidden = false;

document.addEventListener("click", ({ target }) => {
  const wanted = target.closest("[data-tick]")?.dataset.tick;
  if (!wanted) return;
  for (const box of target.closest(".card").querySelectorAll("input[type=checkbox]")) box.checked = wanted === "all";
});
