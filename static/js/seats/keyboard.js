// Everything by keys, bound to physical ones. Letters only while the drawing has the focus, and not if switched off.

import { held, heldStep, moved, readyShape, rounded } from "./geometry.js";

const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const FAST = 10;
const typing = (element) => element.matches("input:not([type=checkbox]), select, textarea");

export function listenToKeys(canvas, drawing, acts) {
  const { stage } = canvas;
  const editor = stage.closest("[data-keys]");

  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing || event.altKey || document.querySelector("dialog[open]")) return;
    const handled = withControl(event) || (document.activeElement === stage && onStage(event)) || letter(event);
    if (handled) event.preventDefault();
  });

  function withControl(event) {
    if (!event.ctrlKey && !event.metaKey) return false;
    if (event.code === "KeyS") return acts.save() ?? true;
    if (typing(document.activeElement) || !editor.contains(document.activeElement)) return false;
    if (event.code === "KeyZ") return (event.shiftKey ? acts.redo() : acts.undo()) ?? true;
    return event.code === "KeyY" && (acts.redo() ?? true);
  }

  function letter(event) {
    const modified = event.ctrlKey || event.metaKey || event.shiftKey || event.repeat;
    const off = document.body.dataset.singleKeys === "off";
    if (modified || off || !editor.contains(document.activeElement) || typing(document.activeElement)) return false;
    const act = { KeyV: acts.choose, KeyN: acts.draw, KeyM: acts.mask }[event.code];
    return act ? (act() ?? true) : false;
  }

  function onStage(event) {
    if (event.ctrlKey || event.metaKey) return false;
    if (event.code in ARROWS) return move(ARROWS[event.code], event.shiftKey ? FAST : 1);
    if (event.code === "Tab") return drawing.seat !== null && nextPoint(event.shiftKey ? -1 : 1);
    const act = { Enter: close, NumpadEnter: close, Space: setPoint, Escape: cancel, Delete: remove, Backspace: remove };
    return act[event.code]?.() ?? false;
  }

  function move([dx, dy], step) {
    const [x, y] = [dx * step, dy * step];
    if (drawing.drawing) return moveCross(x, y);
    const { seat, point, selected } = drawing;
    if (!seat) return false;
    const to = (polygon) =>
      point === null
        ? moved(polygon, ...heldStep(polygon, x, y, drawing.frame))
        : polygon.map((each, at) => (at === point ? held([each[0] + x, each[1] + y], drawing.frame) : each));
    drawing.change((seats) => (seats[selected].polygon = rounded(to(seats[selected].polygon))));
    return true;
  }

  function moveCross(x, y) {
    const [left, top] = canvas.cursor ?? drawing.frame.map((size) => size / 2);
    canvas.cursor = held([left + x, top + y], drawing.frame);
    canvas.draw();
    return true;
  }

  // Tab leaves the drawing after the last point and before the first, so the keyboard is never caught in it.
  function nextPoint(step) {
    const next = (drawing.point ?? (step > 0 ? -1 : drawing.seat.polygon.length)) + step;
    if (next < 0 || next >= drawing.seat.polygon.length) {
      drawing.select(drawing.selected);
      return false;
    }
    drawing.select(drawing.selected, next);
    return true;
  }

  function setPoint() {
    if (!drawing.drawing) return false;
    drawing.addPoint(canvas.cursor ?? drawing.frame.map((size) => size / 2));
    return true;
  }

  function close() {
    if (!drawing.drawing) return false;
    const centre = canvas.cursor ?? drawing.frame.map((size) => size / 2);
    if (drawing.shape.length === 0) drawing.close(readyShape(centre, drawing.typicalFace(), drawing.frame));
    else drawing.close();
    return true;
  }

  function cancel() {
    if (!drawing.drawing && drawing.selected === null) return false;
    if (!drawing.drawing && drawing.point !== null) drawing.select(drawing.selected);
    else acts.cancel();
    return true;
  }

  function remove() {
    if (drawing.drawing) {
      drawing.dropPoint();
      return true;
    }
    return acts.remove();
  }
}
