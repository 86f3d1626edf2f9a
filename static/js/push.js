// Turns push on and off for this browser. The person chooses; nothing is asked for before that.

const place = document.getElementById("push");
const { serverKey: key, worker, enterUrl, forgetUrl } = place.dataset;
const headers = { "X-CSRFToken": JSON.parse(document.body.getAttribute("hx-headers"))["X-CSRFToken"] };

const supported = "serviceWorker" in navigator && "PushManager" in window && "Notification" in window;

function show(state) {
  for (const part of place.querySelectorAll("[data-state]")) part.hidden = part.dataset.state !== state;
}

async function tell(url, endpoint) {
  const answer = await fetch(url, { method: "POST", headers, body: new URLSearchParams({ endpoint }) });
  if (!answer.ok) throw new Error(String(answer.status));
}

const bytesOf = (text) =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));

function isForKey(subscription) {
  const given = subscription.options.applicationServerKey;
  const wanted = bytesOf(key);
  return given && new Uint8Array(given).every((byte, at) => byte === wanted[at]);
}

async function present() {
  const registration = await navigator.serviceWorker.getRegistration("/");
  return registration?.pushManager.getSubscription();
}

async function turnOn() {
  if ((await Notification.requestPermission()) !== "granted") return show("denied");
  await navigator.serviceWorker.register(worker, { scope: "/" });
  const { pushManager } = await navigator.serviceWorker.ready;
  const old = await pushManager.getSubscription();
  if (old && !isForKey(old)) await old.unsubscribe();
  const made = await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: bytesOf(key) });
  await tell(enterUrl, made.endpoint);
  return show("on");
}

async function turnOff() {
  const subscription = await present();
  if (subscription) {
    await tell(forgetUrl, subscription.endpoint);
    await subscription.unsubscribe();
  }
  return show("off");
}

async function digestOf(text) {
  const bytes = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

// On only where the server pushes to this browser for this person: another may have turned it on before.
async function look() {
  if (!supported) return show("unsupported");
  if (Notification.permission === "denied") return show("denied");
  const subscription = await present();
  const entered = subscription && place.dataset.entered.split(" ").includes(await digestOf(subscription.endpoint));
  return show(entered ? "on" : "off");
}

function attempt(act) {
  return async () => {
    try {
      await act();
    } catch {
      show("failed");
    }
  };
}

place.addEventListener("click", ({ target }) => {
  const act = { on: turnOn, off: turnOff }[target.closest("[data-turn]")?.dataset.turn];
  if (act) attempt(act)();
});
attempt(look)();
