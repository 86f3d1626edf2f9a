// The panic page: hold for two seconds, then see how far the police are; without a network the press waits on the phone.

const main = document.getElementById("main");
const hold = document.getElementById("hold");
const { alarmQueue: queue } = window;
const HOLD_MS = 2000;
const RETRY_MS = 2000;
const LAST = "panic-alarm";
const part = (name) => main.querySelector(`[data-${name}]`);

let holding;
let alarm = null;
let tries = 0;
let sending = false;

// Where one is ------------------------------------------------------------------------------------------------------

const place = JSON.parse(localStorage.getItem("panic-place") ?? "{}");

function choose(button) {
  const { floor, room, spot } = button.dataset;
  if (floor !== undefined) Object.assign(place, { floor: floor === "" ? null : Number(floor), room: null });
  if (room !== undefined) Object.assign(place, { room: Number(room), spot: "" });
  if (spot !== undefined) Object.assign(place, { spot, room: null });
  localStorage.setItem("panic-place", JSON.stringify(place));
  showPlace();
}

function showPlace() {
  const pressed = [];
  for (const button of main.querySelectorAll("[data-floor], [data-room], [data-spot]")) {
    const { floor, room, spot } = button.dataset;
    const on =
      (floor !== undefined && floor === String(place.floor ?? "none")) ||
      (room !== undefined && Number(room) === place.room) ||
      (spot !== undefined && spot === place.spot);
    button.setAttribute("aria-pressed", String(on));
    if (on) pressed.push(button.textContent.trim());
  }
  for (const rooms of main.querySelectorAll("[data-rooms]")) {
    rooms.hidden = rooms.dataset.rooms !== String(place.floor ?? "none");
  }
  document.getElementById("place-said").textContent = pressed.join(", ");
  const sms = part("sms");
  sms.href = `sms:102?body=${encodeURIComponent([sms.dataset.text, ...pressed].join(", "))}`;
}

// Pressing ----------------------------------------------------------------------------------------------------------

function down(event) {
  if ((event.type === "keydown" && !["Space", "Enter"].includes(event.code)) || event.repeat) return;
  event.preventDefault();
  clearTimeout(holding);
  hold.classList.add("is-holding");
  hold.querySelector("[data-label]").textContent = hold.dataset.holding;
  holding = setTimeout(raise, HOLD_MS);
}

function up() {
  clearTimeout(holding);
  hold.classList.remove("is-holding");
  hold.querySelector("[data-label]").textContent = hold.dataset.idle;
}

async function raise() {
  up();
  const press = {
    client_key: crypto.randomUUID?.() ?? randomKey(),
    pressed_at: Date.now(),
    anonymous: document.getElementById("anonymous")?.checked ?? true,
    room: place.room ?? null,
    floor: place.floor ?? null,
    spot: place.spot ?? "",
  };
  tries = 0;
  try {
    await queue.add(press);
  } catch {
    return sendOnce(press); // no store on this phone: send at once, and go on trying while the page is open
  }
  await askForSync();
  await sendWaiting();
}

function randomKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

async function sendOnce(press) {
  try {
    answered(await queue.send(press, main.dataset.press));
  } catch {
    showOffline();
    setTimeout(() => sendOnce(press), RETRY_MS);
  }
}

async function sendWaiting() {
  if (sending) return;
  sending = true;
  try {
    for (const press of await queue.waiting()) answered(await queue.send(press, main.dataset.press));
  } catch {
    showOffline();
    setTimeout(sendWaiting, RETRY_MS);
  } finally {
    sending = false;
  }
}

async function askForSync() {
  const registered = await navigator.serviceWorker?.getRegistration(main.dataset.scope);
  await registered?.sync?.register("presses").catch(() => undefined);
}

function showOffline() {
  tries += 1;
  const line = part("tries");
  line.textContent = line.dataset.text.replace("{number}", tries);
  main.dataset.state = "offline";
}

function answered(told) {
  if (told === null) {
    main.dataset.state = "ended";
    return;
  }
  show(told);
}

async function cancel() {
  for (const press of await queue.waiting()) await queue.remove(press.client_key);
  main.dataset.state = "idle";
}

// Following ---------------------------------------------------------------------------------------------------------

function show(told) {
  const first = alarm === null;
  alarm = told;
  localStorage.setItem(LAST, told.id);
  main.dataset.state = "sent";
  part("headline").textContent = told.headline;
  part("patrol").textContent = told.patrol;
  part("place").textContent = told.place;
  part("drill").hidden = !(told.is_drill && told.open);
  part("ask").hidden = !told.asks_whether_needed;
  const waited = part("waited");
  waited.textContent = waited.dataset.text.replace("{minutes}", Math.max(1, Math.round(told.waited_s / 60)));
  part("over").hidden = told.open;
  part("steps").replaceChildren(...told.steps.map((step, index) => stepLine(step, told.steps[index - 1])));
  tick();
  if (!told.open) localStorage.removeItem(LAST);
  else if (first) follow();
}

// A drill that was over meanwhile is followed by a new alarm, so what is shown may be another one from here on.
function turnedReal(told) {
  if (told.id !== alarm?.id) alarm = null;
  show(told);
}

function stepLine(step, before) {
  const line = document.createElement("li");
  line.className = step.at ? "done" : !before || before.at ? "now" : "";
  const dot = document.createElement("span");
  dot.className = "d";
  dot.setAttribute("aria-hidden", "true");
  const label = document.createElement("b");
  label.className = "b6 grow";
  label.textContent = step.label;
  const time = document.createElement("time");
  time.className = "num sec";
  time.textContent = step.at ?? "";
  line.append(dot, label, time);
  return line;
}

function tick() {
  if (!alarm) return;
  const seconds = Math.max(0, Math.floor((Date.now() - Date.parse(alarm.pressed_at)) / 1000));
  const two = (number) => String(number).padStart(2, "0");
  part("elapsed").textContent = `${two(Math.floor(seconds / 60))}:${two(seconds % 60)}`;
}

async function follow() {
  while (alarm?.open) {
    await new Promise((resolve) => setTimeout(resolve, 2000));
    await look(alarm.id).catch(() => undefined);
  }
}

async function look(id) {
  const answer = await fetch(`${main.dataset.scope}alarms/${id}/`, { headers: { Accept: "application/json" } });
  if (answer.ok) show(await answer.json());
  else if (answer.status === 404) localStorage.removeItem(LAST);
}

async function say(path, body, button) {
  button.disabled = true;
  try {
    const answer = await fetch(`${main.dataset.scope}alarms/${alarm.id}/${path}/`, {
      method: "POST",
      headers: { "Content-Type": "application/json", Accept: "application/json" },
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(String(answer.status));
    button.setAttribute("aria-pressed", "true");
    return await answer.json();
  } catch {
    return null;
  } finally {
    button.disabled = false;
  }
}

main.addEventListener("click", async ({ target }) => {
  const button = target.closest("button");
  if (!button) return;
  const { word, needed } = button.dataset;
  if ("floor" in button.dataset || "room" in button.dataset || "spot" in button.dataset) choose(button);
  else if (word) await say("word", { word }, button);
  else if (needed) {
    const told = await say("needed", { needed: needed === "yes" }, button);
    if (told) show(told);
  } else if ("real" in button.dataset) {
    const told = await say("real", {}, button);
    if (told) turnedReal(told);
  } else if ("cancel" in button.dataset) await cancel();
  else if ("over" in button.dataset) {
    alarm = null;
    main.dataset.state = "idle";
  }
});

hold.addEventListener("pointerdown", down);
hold.addEventListener("keydown", down);
for (const name of ["pointerup", "pointerleave", "pointercancel", "keyup", "blur"]) hold.addEventListener(name, up);
hold.addEventListener("contextmenu", (event) => event.preventDefault());
window.addEventListener("online", sendWaiting);
setInterval(tick, 1000);
showPlace();
navigator.serviceWorker?.register(main.dataset.worker, { scope: main.dataset.scope }).catch(() => undefined);
await sendWaiting();
if (localStorage.getItem(LAST) && !alarm) await look(localStorage.getItem(LAST)).catch(() => undefined);
