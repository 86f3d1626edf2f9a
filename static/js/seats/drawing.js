// The seats as they are being drawn: every change can be taken back, and is kept in this tab until it is saved.

import { box, overlap, rounded, rowsAndPlaces } from "./geometry.js";

const MOST_STEPS = 200;

export class Drawing extends EventTarget {
  constructor(data) {
    super();
    Object.assign(this, { data, frame: data.frame, base: data.base, pupils: new Map(data.pupils.map((p) => [p.id, p])) });
    this.key = `draft:seats-${data.key}`;
    const from = data.baseFrame ?? data.frame;
    this.saved = data.seats.map((seat) => this.scaled(this.estimated(seat), from));
    this.seats = structuredClone(this.saved);
    Object.assign(this, { past: [], future: [], selected: null, point: null, shape: null, forPupil: null });
    this.restore();
  }

  // A height that is what the outline gives by itself follows the outline; another one was typed in.
  estimated(seat) {
    const guess = box(seat.polygon).height * this.data.faceShare;
    return { ...seat, face: seat.face && Math.abs(seat.face - guess) > 0.6 ? seat.face : null };
  }

  scaled(seat, [width, height]) {
    const [sx, sy] = [this.frame[0] / width, this.frame[1] / height];
    const polygon = rounded(seat.polygon.map(([x, y]) => [x * sx, y * sy]));
    return { ...seat, polygon, face: seat.face && Math.round(seat.face * sy * 10) / 10 };
  }

  get seat() {
    return this.seats[this.selected] ?? null;
  }

  get drawing() {
    return this.shape !== null;
  }

  face(seat) {
    return seat.face ?? box(seat.polygon).height * this.data.faceShare;
  }

  isSmall(seat) {
    return this.face(seat) < this.data.leastFacePx;
  }

  isOpen(seat) {
    return this.pupils.get(seat.pupil)?.open ?? false;
  }

  seatOf(pupil) {
    return this.seats.findIndex((seat) => seat.pupil === pupil);
  }

  // Pairs of places in the list whose seats overlap.
  overlaps() {
    const found = [];
    this.seats.forEach((one, i) => {
      for (let j = i + 1; j < this.seats.length; j += 1) if (overlap(one.polygon, this.seats[j].polygon)) found.push([i, j]);
    });
    return found;
  }

  typicalFace() {
    const heights = this.seats.map((seat) => this.face(seat)).sort((a, b) => a - b);
    return heights[heights.length >> 1] ?? this.frame[1] * 0.12;
  }

  // Everything that changes seats goes through here; `same` joins the steps of one movement.
  change(edit, same = false) {
    if (!same) {
      this.past = [...this.past, structuredClone(this.seats)].slice(-MOST_STEPS);
      this.future = [];
    }
    edit(this.seats);
    this.keep();
    this.tell();
  }

  undo() {
    this.travel(this.past, this.future);
  }

  redo() {
    this.travel(this.future, this.past);
  }

  travel(from, to) {
    const there = from.pop();
    if (!there) return;
    to.push(structuredClone(this.seats));
    this.seats = there;
    this.select(this.selected < there.length ? this.selected : null);
    this.keep();
  }

  select(index, point = null) {
    this.selected = index;
    this.point = point;
    this.shape = null;
    this.tell();
  }

  begin(pupil) {
    this.forPupil = pupil ?? this.data.pupils.find((each) => this.seatOf(each.id) < 0)?.id ?? null;
    Object.assign(this, { selected: null, point: null, shape: [] });
    this.tell();
  }

  addPoint(point) {
    this.shape.push(rounded([point])[0]);
    this.tell();
  }

  dropPoint() {
    this.shape.pop();
    this.tell();
  }

  // Returns whether the shape became a seat.
  close(shape = this.shape) {
    if (shape.length < 3) return false;
    const seat = { name: "", polygon: rounded(shape), pupil: this.forPupil, face: null };
    seat.name = this.freeName(seat);
    this.change((seats) => seats.push(seat));
    this.select(this.seats.length - 1);
    return true;
  }

  freeName(seat) {
    const [row, place] = rowsAndPlaces([...this.seats, seat]).get(seat).split("-").map(Number);
    const taken = new Set(this.seats.map((each) => each.name));
    let free = place;
    while (taken.has(`${row}-${free}`)) free += 1;
    return `${row}-${free}`;
  }

  remove() {
    const at = this.selected;
    this.change((seats) => seats.splice(at, 1));
    this.select(null);
  }

  // How many seats differ from the saved version.
  changes() {
    const written = (seats) => new Map(seats.map((seat) => [seat.name, JSON.stringify(seat)]));
    const [now, then] = [written(this.seats), written(this.saved)];
    const differ = [...now].filter(([name, text]) => then.get(name) !== text).length;
    return differ + [...then.keys()].filter((name) => !now.has(name)).length;
  }

  isDirty() {
    return this.changes() > 0 || (this.data.still !== null && this.seats.length > 0);
  }

  discard() {
    this.forget();
    this.change((seats) => seats.splice(0, seats.length, ...structuredClone(this.saved)));
    this.forget();
    this.select(null);
  }

  payload() {
    const seats = this.seats.map(({ name, polygon, pupil, face }) => ({ name, polygon, pupil, face_height_px: face }));
    return { base: this.base, still: this.data.still, seats };
  }

  keep() {
    if (!this.changes()) return this.forget();
    const { base, frame, seats } = this;
    sessionStorage.setItem(this.key, JSON.stringify({ base, frame, seats }));
  }

  // drafts.js ends it with the session: a draft belongs to the person who drew it.
  restore() {
    const kept = JSON.parse(sessionStorage.getItem(this.key) ?? "null");
    if (!kept) return;
    this.base = kept.base;
    this.seats = kept.seats.map((seat) => this.scaled(this.known(seat), kept.frame));
  }

  known(seat) {
    return this.pupils.has(seat.pupil) ? seat : { ...seat, pupil: null };
  }

  // The draft is continued over another version than it was begun on.
  rebase(base) {
    this.base = base;
    this.keep();
  }

  forget() {
    sessionStorage.removeItem(this.key);
  }

  tell() {
    this.dispatchEvent(new Event("change"));
  }
}
