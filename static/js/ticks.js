// Boxes are ticked together by a button marked data-tick ("all" or "none"): those of its fieldset, else of its card.
// Buttons that are of no use without scripts are hidden until these run; one that sends the form is answered by the
// server then.

for (const buttons of document.querySelectorAll("[data-ticks][hidden]")) buttons.hidden = false;

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-tick]");
  if (!button) return;
  event.preventDefault();
  const boxes = [...button.closest("fieldset, .card").querySelectorAll("input[type=checkbox]")];
  for (const box of boxes) box.checked = button.dataset.tick === "all";
  boxes[0]?.dispatchEvent(new Event("input", { bubbles: true }));
});
