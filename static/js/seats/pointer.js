// Mouse, pen and touch: points are set by a click or tap, and dragged; a tap that moves scrolls the page instead.

import { distance, held, heldStep, moved, rounded } from "./geometry.js";

const TAP_PX = 8;
const NEAR_PX = 12;

export function listenToPointer(canvas, drawing) {
  const { svg } = canvas;
  let press = null;

  svg.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    canvas.stage.focus({ preventScroll: true });
    press = { at: [event.clientX, event.clientY], from: canvas.at(event), drag: null, started: false };
    if (!drawing.drawing) grab(event);
  });

  function grab(event) {
    const { point, middle, index } = event.target.dataset;
    if (point !== undefined) drawing.select(drawing.selected, Number(point));
    else if (middle === undefined && index !== undefined && Number(index) !== drawing.selected) drawing.select(Number(index));
    else if (middle === undefined && index === undefined) return;
    press.drag = dragOf(point, middle);
    svg.setPointerCapture(event.pointerId);
  }

  function dragOf(point, middle) {
    const start = structuredClone(drawing.seat.polygon);
    if (point !== undefined) return (to) => replaced(start, Number(point), held(to, drawing.frame));
    if (middle !== undefined) {
      const at = Number(middle) + 1;
      return (to) => [...start.slice(0, at), held(to, drawing.frame), ...start.slice(at)];
    }
    return (to) => {
      const step = heldStep(start, to[0] - press.from[0], to[1] - press.from[1], drawing.frame);
      return moved(start, ...step);
    };
  }

  svg.addEventListener("pointermove", (event) => {
    const here = canvas.at(event);
    if (drawing.drawing) {
      canvas.cursor = held(here, drawing.frame);
      canvas.draw();
    }
    if (!press?.drag || (!press.started && distance(press.at, [event.clientX, event.clientY]) < TAP_PX / 2)) return;
    const polygon = rounded(press.drag(here));
    drawing.change((seats) => (seats[drawing.selected].polygon = polygon), press.started);
    press.started = true;
  });

  svg.addEventListener("pointerup", (event) => {
    const tapped = press && distance(press.at, [event.clientX, event.clientY]) < TAP_PX;
    const wasDragging = press?.started;
    const onNothing = press && !press.drag;
    press = null;
    if (!tapped || wasDragging) return;
    if (drawing.drawing) setPoint(canvas.at(event));
    else if (onNothing) drawing.select(null);
  });

  svg.addEventListener("pointercancel", () => (press = null));

  svg.addEventListener("pointerleave", () => {
    if (!drawing.drawing || canvas.stage.matches(":focus-visible")) return;
    canvas.cursor = null;
    canvas.draw();
  });

  function setPoint(here) {
    const [first] = drawing.shape;
    const near = NEAR_PX * canvas.unit;
    if (drawing.shape.length > 2 && distance(first, here) < near) drawing.close();
    else if (!drawing.shape.some((point) => distance(point, here) < near / 4)) drawing.addPoint(held(here, drawing.frame));
  }
}

function replaced(polygon, at, point) {
  return polygon.map((each, index) => (index === at ? point : each));
}
