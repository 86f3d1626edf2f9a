// The privacy curtain: Escape twice within half a second, with nothing in between, covers the page with a calm screen and
// takes its title away. Escape or a press lifts it; nobody is signed out, and the idle lock goes on counting. New alerts
// stay above it, and a console that shows live alarms (data-locks-itself) is never covered.

const TWICE = 500; // ms
const curtain = document.getElementById("curtain");
const hidden = () => curtain.hidden;
let last = -Infinity;
let title = "";
let focused = null;

const covered = () => [...document.body.children].filter((element) => element !== curtain && element.id !== "toasts");

function draw() {
  if (document.querySelector("[data-locks-itself]")) return;
  document.querySelectorAll("dialog[open]").forEach((dialog) => dialog.close());
  document.querySelectorAll("[popover]:popover-open").forEach((menu) => menu.hidePopover());
  title = document.title;
  focused = document.activeElement;
  document.title = curtain.dataset.title;
  curtain.hidden = false;
  for (const element of covered()) element.inert = true;
  curtain.querySelector("button").focus();
}

function lift() {
  for (const element of covered()) element.inert = false;
  curtain.hidden = true;
  document.title = title;
  focused?.focus();
  last = -Infinity;
}

function forget() {
  last = -Infinity;
}

function pressed(event) {
  if (event.code !== "Escape") forget();
  if (event.code !== "Escape" || event.repeat) return;
  if (!hidden()) {
    event.preventDefault();
    event.stopPropagation();
    lift();
    return;
  }
  const twice = event.timeStamp - last < TWICE;
  last = twice ? -Infinity : event.timeStamp;
  if (twice) draw();
}

if (curtain) {
  document.addEventListener("keydown", pressed, true);
  document.addEventListener("pointerdown", forget, true);
  curtain.addEventListener("click", lift);
}
