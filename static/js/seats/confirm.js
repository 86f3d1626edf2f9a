// The map and the button follow what is marked in the list.

import { fill } from "./words.js";

const form = document.getElementById("confirm-seats");
const button = document.getElementById("confirm-button");

function show() {
  const fields = [...form.querySelectorAll("[data-mark]")];
  for (const field of fields) form.querySelector(`a[data-seat="${field.dataset.mark}"]`).classList.toggle("is-marked", field.value !== "");
  const marked = fields.filter((field) => field.value !== "").length;
  if (button) button.textContent = marked ? fill(button.dataset.marked, { marked }) : button.dataset.everybody;
}

form.addEventListener("change", show);
form.addEventListener("click", (event) => {
  const seat = event.target.closest("a[data-seat]");
  if (!seat) return;
  event.preventDefault();
  const field = document.getElementById(`seat-${seat.dataset.seat}`);
  field.scrollIntoView({ block: "center" });
  field.focus({ preventScroll: true });
});
show();
