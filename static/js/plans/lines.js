// The draft of a safety plan: further lines of a step are shown when they are asked for, or hold something.

const uncover = (row) => row.toggleAttribute("hidden", false);

function uncoverFilled(form) {
  for (const row of form.querySelectorAll("[data-spare][hidden]")) {
    if (row.querySelector("input").value) uncover(row);
  }
  form.querySelectorAll("[data-more]").forEach(hideIfNoneLeft);
}

function hideIfNoneLeft(button) {
  button.hidden = !button.parentNode.querySelector("[data-spare][hidden]");
}

document.addEventListener("click", ({ target }) => {
  const button = target.closest("[data-more]");
  if (!button) return;
  const row = button.parentNode.querySelector("[data-spare][hidden]");
  uncover(row);
  row.querySelector("input").focus();
  hideIfNoneLeft(button);
});

document.addEventListener("draft:restored", ({ target }) => uncoverFilled(target));
document.querySelectorAll("form[data-lines]").forEach(uncoverFilled);
