// The operator's console: clocks that run, a sound until somebody accepts, and word back to the server that an alarm
// stands on a screen. The list itself is drawn by the server.

const board = document.querySelector("[data-console]");
const list = document.getElementById("alarm-list");
const open = document.getElementById("alarm");
const spoken = document.getElementById("alarm-spoken");
const RING_EVERY_MS = 2000;
const SOUND = "alarm-sound";

const known = new Set();
let audio;

function clocks() {
  const now = Date.now();
  for (const clock of document.querySelectorAll("[data-since]")) {
    const until = clock.dataset.until ? Date.parse(clock.dataset.until) : now;
    clock.textContent = length(until - Date.parse(clock.dataset.since));
  }
}

function length(milliseconds) {
  const total = Math.max(0, Math.floor(milliseconds / 1000));
  const two = (number) => String(number).padStart(2, "0");
  const [hours, minutes, seconds] = [Math.floor(total / 3600), Math.floor(total / 60) % 60, total % 60];
  return hours ? `${hours}:${two(minutes)}:${two(seconds)}` : `${two(minutes)}:${two(seconds)}`;
}

async function settled() {
  clocks();
  markOpen();
  showSound();
  const rows = [...list.querySelectorAll("[data-alarm]")];
  const fresh = rows.filter((row) => row.dataset.state === "waiting" && !known.has(row.dataset.alarm));
  for (const row of rows) known.add(row.dataset.alarm);
  for (const row of fresh) spoken.textContent = spoken.dataset.text.replace("{school}", row.dataset.school);
  if (fresh.length) ring();
  const undelivered = rows.filter((row) => "undelivered" in row.dataset);
  if (undelivered.length) await tell(undelivered);
}

async function tell(rows) {
  const body = new URLSearchParams(rows.map((row) => ["alarm", row.dataset.alarm]));
  const headers = { ...JSON.parse(document.body.getAttribute("hx-headers")), "X-Passive": "1" };
  const answer = await fetch(board.dataset.delivered, { method: "POST", body, headers }).catch(() => null);
  if (answer?.ok) rows.forEach((row) => delete row.dataset.undelivered);
}

function markOpen() {
  const shown = open.querySelector("[data-open-alarm]")?.dataset.openAlarm;
  for (const row of list.querySelectorAll("[data-alarm]")) row.classList.toggle("is-sel", row.dataset.alarm === shown);
}

// Sound: browsers allow it only after a touch on the page, so a switch says whether it is on.

const wanted = () => localStorage.getItem(SOUND) !== "off";

function showSound() {
  const button = list.querySelector("[data-sound]");
  button?.setAttribute("aria-pressed", String(wanted() && audio?.state === "running"));
}

function allowSound() {
  audio ??= new AudioContext();
  audio.resume().then(showSound, () => undefined);
}

function ring() {
  if (!wanted() || audio?.state !== "running") return;
  for (const [start, frequency] of [[0, 880], [0.22, 660], [0.44, 880]]) {
    const tone = audio.createOscillator();
    const volume = audio.createGain();
    tone.frequency.value = frequency;
    volume.gain.setValueAtTime(0.25, audio.currentTime + start);
    volume.gain.exponentialRampToValueAtTime(0.001, audio.currentTime + start + 0.2);
    tone.connect(volume).connect(audio.destination);
    tone.start(audio.currentTime + start);
    tone.stop(audio.currentTime + start + 0.2);
  }
}

document.addEventListener("pointerdown", allowSound, { once: true });
document.addEventListener("keydown", allowSound, { once: true });
document.addEventListener("click", ({ target }) => {
  if (!target.closest("[data-sound]")) return;
  localStorage.setItem(SOUND, wanted() && audio?.state === "running" ? "off" : "on");
  allowSound();
  showSound();
});

document.body.addEventListener("session:locked", () => {
  const shown = open.querySelector("[data-open-alarm]");
  if (shown) window.htmx.ajax("GET", `/alarms/${shown.dataset.openAlarm}/`, { target: "#alarm", headers: { "X-Passive": "1" } });
});

// Function keys work wherever the focus is: the console is one tool, and there is nothing else they could mean.
const ACTS = ["F2", "F3", "F4", "F8"];
document.addEventListener("keydown", (event) => {
  if (!ACTS.includes(event.code) || event.repeat || document.querySelector("dialog[open]")) return;
  const target = open.querySelector(`[data-key="${event.code}"]`) ?? list.querySelector(`[data-key="${event.code}"]`);
  if (!target) return;
  event.preventDefault();
  target.click();
});

list.addEventListener("htmx:afterSettle", settled);
open.addEventListener("htmx:afterSettle", () => {
  clocks();
  markOpen();
  open.querySelector("[data-focus]")?.focus({ preventScroll: true });
});
setInterval(clocks, 1000);
setInterval(() => list.querySelector('[data-state="waiting"]') && ring(), RING_EVERY_MS);
settled();
const asked = new URLSearchParams(window.location.search).get("alarm");
const first = (asked && list.querySelector(`[data-alarm="${CSS.escape(asked)}"] a`)) || list.querySelector("[data-alarm] a");
if (first) window.htmx.ajax("GET", first.getAttribute("href"), { target: "#alarm" });
