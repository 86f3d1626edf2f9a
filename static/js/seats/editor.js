// The seat plan editor: the drawing, what shows it, and what a person can do with it.

import { Canvas } from "./canvas.js";
import { Drawing } from "./drawing.js";
import { rowsAndPlaces } from "./geometry.js";
import { listenToKeys } from "./keyboard.js";
import { Panel } from "./panel.js";
import { listenToPointer } from "./pointer.js";
import { setUpSaving, showProblems } from "./saving.js";
import { Preview } from "./server.js";

const ZOOMS = [100, 150, 200, 300, 400];

const drawing = new Drawing(JSON.parse(document.getElementById("seat-data").textContent));
const stage = document.getElementById("stage");
const scroll = document.getElementById("scroll");
const mask = document.getElementById("mask");
const canvas = new Canvas(stage, drawing);
const panel = new Panel(drawing, canvas);
const preview = new Preview(drawing, canvas, (problems) => {
  mask.checked = false;
  preview.toggle(false);
  showProblems(drawing, problems);
});
const save = setUpSaving(drawing);
let zoom = 0;

const acts = {
  save: () => void save(),
  undo: () => drawing.undo(),
  redo: () => drawing.redo(),
  choose: () => drawing.select(drawing.selected),
  draw: () => drawing.begin(),
  mask: () => mask.click(),
  cancel: () => drawing.select(null),
  remove,
  number: nameByRows,
  smaller: () => setZoom(zoom - 1),
  larger: () => setZoom(zoom + 1),
};

function remove() {
  const { seat, point, selected } = drawing;
  if (!seat) return false;
  if (point === null || seat.polygon.length < 4) drawing.remove();
  else {
    drawing.change((seats) => seats[selected].polygon.splice(point, 1));
    drawing.select(selected);
  }
  return true;
}

function nameByRows() {
  drawing.change((seats) => {
    const names = rowsAndPlaces(seats);
    for (const [seat, name] of names) seat.name = name;
  });
}

function setZoom(step) {
  if (!ZOOMS[step]) return;
  const centre = [scroll.scrollLeft + scroll.clientWidth / 2, scroll.scrollTop + scroll.clientHeight / 2];
  const ratio = ZOOMS[step] / ZOOMS[zoom];
  zoom = step;
  stage.style.width = `${ZOOMS[zoom]}%`;
  scroll.scrollTo(centre[0] * ratio - scroll.clientWidth / 2, centre[1] * ratio - scroll.clientHeight / 2);
  document.getElementById("zoom").textContent = `${ZOOMS[zoom]} %`;
  showTools();
}

function showTools() {
  const has = { undo: drawing.past.length, redo: drawing.future.length, remove: drawing.seat, number: drawing.seats.length };
  const zooms = { smaller: zoom > 0, larger: zoom < ZOOMS.length - 1, cancel: true };
  for (const button of document.querySelectorAll("[data-do]")) button.disabled = !{ ...has, ...zooms }[button.dataset.do];
  document.querySelectorAll("[data-tool]").forEach((button) => {
    button.setAttribute("aria-pressed", (button.dataset.tool === "draw") === drawing.drawing);
  });
  stage.classList.toggle("is-drawing", drawing.drawing);
}

document.querySelectorAll("[data-do]").forEach((button) => {
  button.addEventListener("click", () => {
    // Del on the bin means the seat, whatever point was last touched.
    if (button.dataset.do === "remove") drawing.select(drawing.selected);
    acts[button.dataset.do]();
    if (button.disabled) stage.focus({ preventScroll: true });
  });
});
document.querySelector("[data-tool=select]").addEventListener("click", acts.choose);
document.querySelector("[data-tool=draw]").addEventListener("click", () => {
  acts.draw();
  stage.focus({ preventScroll: true });
});
mask.addEventListener("change", () => preview.toggle(mask.checked));
drawing.addEventListener("change", showTools);
stage.addEventListener("focus", () => {
  if (!stage.matches(":focus-visible") || !drawing.drawing || canvas.cursor) return;
  canvas.cursor = drawing.frame.map((size) => size / 2);
  canvas.draw();
});
// Without a pointer one goes from seat to seat.
stage.addEventListener("keydown", (event) => {
  if (!["PageDown", "PageUp"].includes(event.code) || drawing.drawing || !drawing.seats.length) return;
  event.preventDefault();
  const step = event.code === "PageDown" ? 1 : -1;
  const count = drawing.seats.length;
  drawing.select(((drawing.selected ?? (step > 0 ? -1 : count)) + step + count) % count);
});

listenToPointer(canvas, drawing);
listenToKeys(canvas, drawing, acts);
panel.show();
drawing.tell();
