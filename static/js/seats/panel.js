// Everything around the picture that follows the drawing: the class, the selected seat, the counts, the line above.

import { fill } from "./words.js";

const SHOWN_PAIRS = 2;

export class Panel {
  constructor(drawing, canvas) {
    Object.assign(this, { drawing, canvas, filter: "all" });
    this.rows = new Map([...document.querySelectorAll("#roll [data-pupil]")].map((row) => [row.dataset.pupil, row]));
    this.details = document.getElementById("seat-details");
    this.counts = document.querySelector(".sp-counts");
    this.fields = Object.fromEntries(["pupil", "name", "face"].map((name) => [name, document.getElementById(`seat-${name}`)]));
    this.offerPupils();
    this.listen();
    drawing.addEventListener("change", () => this.show());
  }

  listen() {
    for (const [pupil, row] of this.rows) row.querySelector("button").addEventListener("click", () => this.choose(pupil));
    document.querySelectorAll("[data-filter]").forEach((chip) => chip.addEventListener("click", () => this.narrow(chip)));
    const { pupil, name, face } = this.fields;
    pupil.addEventListener("change", () => this.edit((seat) => (seat.pupil = pupil.value || null)));
    name.addEventListener("change", () => this.edit((seat) => (seat.name = name.value.trim() || seat.name)));
    face.addEventListener("change", () => this.edit((seat) => (seat.face = Number(face.value) || null)));
  }

  edit(change) {
    const at = this.drawing.selected;
    if (at !== null) this.drawing.change((seats) => change(seats[at]));
  }

  choose(pupil) {
    const at = this.drawing.seatOf(pupil);
    if (at >= 0) this.drawing.select(at);
    else this.drawing.begin(pupil);
    this.canvas.stage.focus({ preventScroll: window.innerWidth > 1199 });
  }

  narrow(chosen) {
    this.filter = chosen.dataset.filter;
    document.querySelectorAll("[data-filter]").forEach((chip) => chip.setAttribute("aria-pressed", chip === chosen));
    this.show();
  }

  offerPupils() {
    for (const { id, number, name } of this.drawing.data.pupils) this.fields.pupil.append(new Option(`${number}. ${name}`, id));
  }

  show() {
    const overlaps = this.drawing.overlaps();
    this.showRoll(new Set(overlaps.flat()));
    this.showDetails(overlaps);
    this.showCounts(overlaps);
    this.showLine();
  }

  showRoll(overlapping) {
    let shown = 0;
    for (const [pupil, row] of this.rows) {
      const at = this.drawing.seatOf(pupil);
      const drawn = this.drawing.drawing && this.drawing.forPupil === pupil;
      row.hidden = this.filter === "without" && at >= 0;
      shown += row.hidden ? 0 : 1;
      row.classList.toggle("is-sel", at >= 0 && at === this.drawing.selected);
      row.classList.toggle("is-draw", drawn);
      this.showSeat(row, at, drawn ? "…" : "", overlapping);
    }
    document.getElementById("roll-done").hidden = shown > 0 || this.rows.size === 0;
  }

  showSeat(row, at, drawn, overlapping) {
    const seat = this.drawing.seats[at];
    const place = row.querySelector("[data-seat]");
    place.dataset.none ??= place.textContent;
    if (seat || drawn) place.textContent = seat?.name ?? drawn;
    else place.replaceChildren(hiddenText(place.dataset.none));
    const small = seat !== undefined && this.drawing.isSmall(seat);
    const warning = row.querySelector("[data-warn]");
    const text = warning.querySelector("span");
    warning.hidden = !(overlapping.has(at) || small);
    text.textContent = overlapping.has(at) ? text.dataset.overlap : text.dataset.small;
    warning.title = warning.hidden ? "" : text.textContent;
    row.querySelector("[data-number]").classList.toggle("w", !warning.hidden && this.drawing.isOpen(seat));
  }

  showDetails(overlaps) {
    const { seat, selected } = this.drawing;
    this.details.classList.toggle("is-idle", !seat);
    this.details.querySelector("fieldset").disabled = !seat;
    if (!seat) return;
    const { pupil, name, face } = this.fields;
    for (const option of pupil.options) option.disabled = option.value !== "" && ![-1, selected].includes(this.drawing.seatOf(option.value));
    pupil.value = seat.pupil ?? "";
    name.value = seat.name;
    face.value = seat.face === null ? "" : Math.round(seat.face);
    face.placeholder = Math.round(this.drawing.face(seat));
    this.sayHeight(seat);
    const others = overlaps.filter((pair) => pair.includes(selected)).map(([i, j]) => this.called(i === selected ? j : i));
    const said = this.details.querySelector("[data-overlap-said]");
    said.hidden = others.length === 0;
    said.querySelector("span").textContent = fill(this.details.dataset.overlap, { seats: others.join(", ") });
  }

  sayHeight(seat) {
    const small = this.drawing.isSmall(seat);
    const { small: tooSmall, fine } = this.details.dataset;
    const figures = { height: Math.round(this.drawing.face(seat)), least: this.drawing.data.leastFacePx };
    const text = this.details.querySelector("[data-face-text]");
    text.textContent = fill(small ? tooSmall : fine, figures);
    text.className = small ? "warn" : "sec";
    this.details.querySelector("[data-face-warn]").hidden = !small;
  }

  // A seat by the number of its pupil, as on the picture, else by its own name.
  called(at) {
    const seat = this.drawing.seats[at];
    return String(this.drawing.pupils.get(seat.pupil)?.number ?? seat.name);
  }

  showCounts(overlaps) {
    const { seats, data } = this.drawing;
    const open = seats.filter((seat) => this.drawing.isOpen(seat)).length;
    const without = data.pupils.filter(({ id }) => this.drawing.seatOf(id) < 0).length;
    const figures = { open, drawn: seats.length, closed: seats.length - open, without, overlaps: overlaps.length };
    for (const [name, figure] of Object.entries(figures)) {
      const cell = this.counts.querySelector(`[data-count="${name}"]`);
      cell.textContent = figure;
      if (["without", "overlaps"].includes(name)) cell.parentElement.classList.toggle("warn", figure > 0);
    }
    this.counts.querySelector("[data-overlaps]").textContent = this.pairs(overlaps);
  }

  pairs(overlaps) {
    const { pair, more } = this.counts.dataset;
    const named = overlaps.slice(0, SHOWN_PAIRS).map(([i, j]) => fill(pair, { one: this.called(i), other: this.called(j) }));
    return overlaps.length > SHOWN_PAIRS ? fill(more, { pairs: named.join(", ") }) : named.join(", ");
  }

  showLine() {
    const { drawing } = this;
    const state = this.state();
    document.querySelectorAll("[data-now]").forEach((line) => (line.hidden = line.dataset.now !== state));
    document.querySelector("[data-now-cancel]").hidden = !drawing.drawing;
    const who = document.querySelector(`[data-now="${state}"] [data-who]`);
    const text = this.who();
    if (who && who.textContent !== text) who.textContent = text;
  }

  state() {
    if (this.drawing.drawing) return this.drawing.shape.length > 2 ? "close" : "draw";
    if (this.drawing.seat) return "select";
    return this.canvas.seen ? "seen" : "idle";
  }

  who() {
    const { seat, point, forPupil, pupils } = this.drawing;
    const texts = this.canvas.stage.dataset;
    const named = (pupil) => pupil && `${pupil.number}, ${pupil.name}`;
    if (!seat) return forPupil ? fill(texts.new, { name: named(pupils.get(forPupil)) }) : texts.newNobody;
    const who = fill(texts.seat, { seat: seat.name, name: pupils.get(seat.pupil)?.name ?? texts.nobody });
    return point === null ? who : `${who} ${fill(texts.point, { point: point + 1, count: seat.polygon.length })}`;
  }
}

function hiddenText(text) {
  const span = document.createElement("span");
  span.className = "visually-hidden";
  span.textContent = text.trim();
  return span;
}
