// Which parts a paper may hold depends on whose meeting it is for: those that must not go there cannot be ticked, and say
// so. A tick comes back with a meeting to which its part may go. The server refuses them as well.

const meeting = document.querySelector("#id_meeting");
const parts = [...document.querySelectorAll("[data-kept-from]")];
const wished = new WeakMap();

function follow() {
  for (const part of parts) {
    const box = part.querySelector("input");
    const kept = part.dataset.keptFrom.split(" ").includes(meeting.value);
    if (kept && !box.disabled) wished.set(box, box.checked);
    if (!kept && box.disabled) box.checked = wished.get(box);
    if (kept) box.checked = false;
    box.disabled = kept;
    part.querySelector(".o-not").hidden = !kept;
  }
}

meeting.addEventListener("change", follow);
follow();
