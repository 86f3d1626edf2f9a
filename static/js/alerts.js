// Live alerts. The database keeps them; the socket only hands over what came after the cursor, also after a pause.

import { clockTime, dayTime } from "./moments.js";

const { user, cursor: present } = document.body.dataset;
const STORE = `alerts-cursor:${user}`;
const LONGEST_PAUSE = 30_000;
const SESSION_OVER = 4401;
const LOST_AFTER = 5_000;
const bell = document.getElementById("bell");
const menu = document.getElementById("alerts");
const toasts = document.getElementById("toasts");
const lost = document.getElementById("lost");

let socket;
let pause = 500;
let retry;
let lostSince = null;

function connect() {
  const scheme = window.location.protocol === "https:" ? "wss" : "ws";
  socket = new WebSocket(`${scheme}://${window.location.host}/ws/alerts/`);
  socket.addEventListener("open", resume);
  socket.addEventListener("message", ({ data }) => receive(JSON.parse(data)));
  socket.addEventListener("close", ({ code }) => (code === SESSION_OVER ? window.location.reload() : reconnect()));
}

const send = (command) => socket.readyState === WebSocket.OPEN && socket.send(JSON.stringify(command));

function receive(message) {
  connected();
  if (message.type === "alerts") sessionStorage.setItem(STORE, message.cursor);
  for (const item of message.items ?? []) show(item);
  if ("unread" in message) count(message.unread);
}

function connected() {
  pause = 500;
  lostSince = null;
  lost.hidden = true;
}

function noteLoss() {
  lostSince ??= new Date();
  setTimeout(tellLost, LOST_AFTER);
}

function reconnect() {
  noteLoss();
  clearTimeout(retry);
  retry = setTimeout(connect, pause * (0.75 + Math.random() / 2));
  pause = Math.min(pause * 2, LONGEST_PAUSE);
}

// A second "resume" on an open socket only asks for an answer: it shows whether the line still stands.
function resume() {
  if (socket.readyState === WebSocket.OPEN) return send({ type: "resume", cursor: sessionStorage.getItem(STORE) });
  clearTimeout(retry);
  return socket.readyState === WebSocket.CONNECTING ? undefined : connect();
}

function tellLost() {
  if (!lostSince || Date.now() - lostSince < LOST_AFTER) return;
  lost.querySelector("span").textContent = lost.dataset.text.replace("{time}", clockTime(lostSince));
  lost.hidden = false;
}

function show(item) {
  toast(item);
  const detail = { detail: item, bubbles: true };
  document.body.dispatchEvent(new CustomEvent("alert:new", detail));
  document.body.dispatchEvent(new CustomEvent(`alert:${item.kind}`, detail));
}

// A page that shows such alerts itself names them in data-quiet.
function toast(item) {
  if (document.querySelector(`[data-quiet~="${item.kind}"]`)) return;
  const node = document.getElementById("toast").content.cloneNode(true).firstElementChild;
  node.querySelector("[data-text]").textContent = item.text;
  node.classList.toggle("is-live", item.urgent);
  stamp(node.querySelector("time"), item.at);
  node.querySelector("[data-open]").href = item.url;
  node.querySelector("[data-hide]").addEventListener("click", () => node.remove());
  toasts.prepend(node);
  [...toasts.querySelectorAll(".c-toast:not(.is-live)")].slice(3).forEach((old) => old.remove());
}

function stamp(time, at) {
  time.dateTime = at;
  time.textContent = dayTime(new Date(at));
}

function count(number) {
  if (!bell) return;
  bell.dataset.count = String(number);
  bell.setAttribute("aria-label", bell.dataset.label.replace("{count}", number));
  bell.querySelector(".c-new").hidden = number === 0;
}

if (user && present !== undefined) {
  if (!sessionStorage.getItem(STORE)) sessionStorage.setItem(STORE, present);
  menu?.addEventListener("toggle", ({ newState }) => newState === "open" && window.htmx.trigger(menu, "bell:open"));
  menu?.addEventListener("htmx:afterSettle", () => count(Number(menu.querySelector("[data-unread]")?.dataset.unread)));
  window.addEventListener("offline", noteLoss);
  window.addEventListener("online", resume);
  connect();
}
