// Who writes a part of a referral wants it read: it is ticked with the first letter, and left out once nothing stands there.
document.addEventListener("input", ({ target }) => {
  const part = target.matches("textarea") && target.closest("[data-told]");
  if (part) part.querySelector("[type=checkbox]").checked = target.value.trim() !== "";
});
