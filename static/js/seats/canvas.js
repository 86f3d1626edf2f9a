// Draws the seats over the still. Strokes, chips and handles keep their size on the screen at every zoom.

import { between, box } from "./geometry.js";

const SVG = "http://www.w3.org/2000/svg";

export class Canvas {
  constructor(stage, drawing) {
    Object.assign(this, { stage, drawing, svg: stage.querySelector("svg"), seen: false, cursor: null });
    this.image = this.svg.querySelector("image");
    this.layer = this.svg.querySelector("g");
    const [width, height] = drawing.frame;
    this.svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
    this.image.setAttribute("width", width);
    this.image.setAttribute("height", height);
    this.showStill();
    new ResizeObserver(() => this.draw()).observe(this.svg);
    drawing.addEventListener("change", () => this.draw());
  }

  showStill() {
    this.show(this.image.dataset.still, false);
  }

  show(url, seen) {
    this.seen = seen;
    this.image.setAttribute("href", url);
    this.svg.classList.toggle("is-seen", seen);
    this.draw();
  }

  // Units of the still in one point of the screen.
  get unit() {
    return this.drawing.frame[0] / (this.svg.clientWidth || this.drawing.frame[0]);
  }

  at({ clientX, clientY }) {
    const { left, top } = this.svg.getBoundingClientRect();
    return [(clientX - left) * this.unit, (clientY - top) * this.unit];
  }

  draw() {
    const overlapping = new Set(this.drawing.overlaps().flat());
    const seats = this.drawing.seats.map((seat, index) => ({ seat, index, open: this.drawing.isOpen(seat) }));
    const order = [...seats.filter(({ open }) => !open), ...seats.filter(({ open }) => open)];
    const selected = order.filter(({ index }) => index === this.drawing.selected);
    const shown = [...order.filter((each) => !selected.includes(each)), ...selected];
    this.layer.replaceChildren(
      ...shown.flatMap((each) => this.seat(each, overlapping.has(each.index))),
      ...this.handles(),
      ...(this.seen ? [] : order.map((each) => this.chip(each, overlapping.has(each.index)))),
      ...this.shape(),
      ...this.cross(),
    );
  }

  seat({ seat, index, open }, overlapping) {
    const chosen = index === this.drawing.selected;
    if (this.seen && !open && !chosen) return [];
    const points = seat.polygon.join(" ");
    const warned = open && (overlapping || this.drawing.isSmall(seat));
    const kind = chosen ? (open ? "sz-sel" : "sz-mask sp-chosen") : open ? "sz-on" : "sz-mask";
    const outline = make("polygon", { class: `${kind}${warned ? " sz-warn" : ""}`, points, "data-index": index });
    if (!open && !chosen) return [outline];
    // The casing under the line keeps it in sight on dark and on light stills.
    const casing = make("polygon", { class: `sz-halo${chosen || warned ? "" : " sz-casing"}`, points });
    return [casing, outline];
  }

  chip({ seat, index, open }, overlapping) {
    const { x, y, bottom } = box(seat.polygon);
    const inside = index === this.drawing.selected ? 20 * this.unit : 0;
    const number = this.drawing.pupils.get(seat.pupil)?.number ?? "–";
    const off = open ? "" : " off";
    const warned = open && (overlapping || this.drawing.isSmall(seat)) ? " w" : "";
    const edge = this.drawing.frame[1] - 10 * this.unit;
    const chip = make("g", { transform: `translate(${x} ${open ? Math.min(bottom, edge) - inside : y}) scale(${this.unit})` });
    const text = make("text", { class: `sz-chipt${off}`, "text-anchor": "middle", y: 4.7 });
    text.textContent = number;
    chip.append(make("rect", { class: `sz-chip${off}${warned}`, x: -13, y: -9.5, width: 26, height: 19, rx: 4 }), text);
    return chip;
  }

  handles() {
    const { seat, point } = this.drawing;
    if (!seat) return [];
    const [half, size] = [5 * this.unit, 10 * this.unit];
    const middles = seat.polygon.map((from, at) => {
      const [cx, cy] = between(from, seat.polygon[(at + 1) % seat.polygon.length]);
      return make("circle", { class: "sp-middle", cx, cy, r: 4 * this.unit, "data-middle": at });
    });
    const corners = seat.polygon.flatMap(([x, y], at) => [
      make("circle", { class: "sp-grip", cx: x, cy: y, r: 13 * this.unit, "data-point": at }),
      make("rect", {
        class: `sz-h${at === point ? " is-now" : ""}`,
        ...{ x: x - half, y: y - half, width: size, height: size, rx: 2 * this.unit, "data-point": at },
      }),
    ]);
    return [...middles, ...corners];
  }

  shape() {
    const { shape } = this.drawing;
    if (!shape?.length) return [];
    const to = this.cursor ?? shape.at(-1);
    const points = shape.join(" ");
    const rubber = `M${shape.at(-1)} L${to} L${shape[0]}`;
    return [
      make("polygon", { class: "sz-draft", points: [...shape, to].join(" ") }),
      make("polyline", { class: "sz-halo", points }),
      make("polyline", { class: "sz-line", points }),
      make("path", { class: "sz-rub", d: rubber }),
      ...shape.map(([cx, cy], at) => this.vertex(cx, cy, at === 0)),
    ];
  }

  vertex(cx, cy, first) {
    return make("circle", { class: `sz-v${first ? " first" : ""}`, cx, cy, r: (first ? 7 : 5) * this.unit });
  }

  cross() {
    if (!this.drawing.drawing || !this.cursor) return [];
    const [x, y] = this.cursor;
    const d = "M-12,0 H-3 M3,0 H12 M0,-12 V-3 M0,3 V12";
    const transform = `translate(${x} ${y}) scale(${this.unit})`;
    return [make("path", { class: "sp-cur-halo", transform, d }), make("path", { class: "sz-cur", transform, d })];
  }
}

function make(name, attributes) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return element;
}
