// A signature is drawn with finger, pen or mouse and sent as points, in thousandths of the pad's width.

const WIDTH = 1000;
const HEIGHT = 300;
const MOST = 2900; // points; the server takes a few more
const NEAR = 4; // a point so near to the last one adds nothing

const within = (value, most) => Math.min(most, Math.max(0, Math.round(value)));

function pointOf(area, { clientX, clientY }) {
  const box = area.getBoundingClientRect();
  return [
    within(((clientX - box.left) / box.width) * WIDTH, WIDTH),
    within(((clientY - box.top) / box.height) * HEIGHT, HEIGHT),
  ];
}

const pathOf = (strokes) => strokes.map((stroke) => `M${stroke.map((point) => point.join(" ")).join("L")}`).join(" ");
const isNear = ([x, y], [lastX, lastY]) => Math.hypot(x - lastX, y - lastY) < NEAR;

function read(input) {
  try {
    return JSON.parse(input.value) || [];
  } catch {
    return [];
  }
}

function start(pad) {
  const area = pad.querySelector("[data-area]");
  const ink = pad.querySelector("[data-ink]");
  const input = pad.querySelector("input[type=hidden]");
  let strokes = read(input);
  let stroke = null;

  const show = () => ink.setAttribute("d", pathOf(strokes));
  const keep = () => {
    input.value = strokes.length ? JSON.stringify(strokes) : "";
  };
  const isFull = () => strokes.reduce((sum, one) => sum + one.length, 0) >= MOST;

  area.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || isFull()) return;
    event.preventDefault();
    area.setPointerCapture(event.pointerId);
    stroke = [pointOf(area, event)];
    strokes.push(stroke);
    show();
  });
  area.addEventListener("pointermove", (event) => {
    if (!stroke || isFull()) return;
    const moves = event.getCoalescedEvents?.() ?? [];
    for (const move of moves.length ? moves : [event]) {
      const point = pointOf(area, move);
      if (!isNear(point, stroke.at(-1))) stroke.push(point);
    }
    show();
  });
  for (const end of ["pointerup", "pointercancel"]) {
    area.addEventListener(end, () => {
      stroke = null;
      keep();
    });
  }
  pad.querySelector("[data-clear]").addEventListener("click", () => {
    strokes = [];
    show();
    keep();
  });
  show();
}

document.querySelectorAll("[data-pad]").forEach(start);
