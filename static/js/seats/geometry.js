// Outlines in pixels of the still. The server judges anew what is saved; here a person sees it at once.

const edges = (polygon) => polygon.map((point, at) => [point, polygon[(at + 1) % polygon.length]]);
const turn = (a, b, c) => (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);
const cross = (a, b, c, d) => turn(a, b, c) * turn(a, b, d) < 0 && turn(c, d, a) * turn(c, d, b) < 0;

export const distance = (a, b) => Math.hypot(a[0] - b[0], a[1] - b[1]);
export const between = (a, b) => [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2];
export const moved = (polygon, dx, dy) => polygon.map(([x, y]) => [x + dx, y + dy]);
export const rounded = (polygon) => polygon.map((point) => point.map((value) => Math.round(value * 10) / 10));

export function box(polygon) {
  const xs = polygon.map(([x]) => x);
  const ys = polygon.map(([, y]) => y);
  const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  return { left, right, top, bottom, height: bottom - top, x: (left + right) / 2, y: (top + bottom) / 2 };
}

// The point nearest to the wanted one that lies within the frame.
export const held = ([x, y], [width, height]) => [Math.min(Math.max(x, 0), width), Math.min(Math.max(y, 0), height)];

// How far an outline may be moved before it leaves the frame.
export function heldStep(polygon, dx, dy, [width, height]) {
  const { left, right, top, bottom } = box(polygon);
  return [Math.min(Math.max(dx, -left), width - right), Math.min(Math.max(dy, -top), height - bottom)];
}

export function contains(polygon, [x, y]) {
  let inside = false;
  for (const [[ax, ay], [bx, by]] of edges(polygon)) {
    if (ay > y !== by > y && x < ax + ((y - ay) / (by - ay)) * (bx - ax)) inside = !inside;
  }
  return inside;
}

// Whether two outlines share an area; a common edge is no overlap.
export function overlap(one, other) {
  const a = box(one);
  const b = box(other);
  if (a.right <= b.left || b.right <= a.left || a.bottom <= b.top || b.bottom <= a.top) return false;
  if (edges(one).some(([p, q]) => edges(other).some(([r, s]) => cross(p, q, r, s)))) return true;
  const within = (inner, outer) => inner.some((point) => contains(outer, shrunk(point, box(inner))));
  return within(one, other) || within(other, one);
}

const shrunk = ([x, y], { x: cx, y: cy }) => [cx + (x - cx) * 0.98, cy + (y - cy) * 0.98];

// Head and shoulders around the face's centre, in face heights.
const SHAPE = [[-0.8, -1.15], [0.8, -1.15], [1.2, 0.1], [1.35, 1.15], [-1.35, 1.15], [-1.2, 0.1]];

export function readyShape([x, y], faceHeight, frame) {
  const shape = SHAPE.map(([dx, dy]) => [x + dx * faceHeight, y + dy * faceHeight]);
  const { left, right, top, bottom } = box(shape);
  const back = (low, high, most) => (low < 0 ? -low : Math.min(0, most - high));
  return moved(shape, back(left, right, frame[0]), back(top, bottom, frame[1])).map((point) => held(point, frame));
}

// Names every seat by its row, counted from the front (the lowest in the picture), and its place from the left.
export function rowsAndPlaces(seats) {
  const boxes = seats.map((seat) => ({ seat, ...box(seat.polygon) }));
  const names = new Map();
  let row = 0;
  for (let left = boxes.sort((a, b) => b.y - a.y); left.length; ) {
    const [front] = left;
    const inRow = left.filter((each) => front.y - each.y < front.height * 0.5).sort((a, b) => a.x - b.x);
    row += 1;
    inRow.forEach((each, place) => names.set(each.seat, `${row}-${place + 1}`));
    left = left.filter((each) => !inRow.includes(each));
  }
  return names;
}
