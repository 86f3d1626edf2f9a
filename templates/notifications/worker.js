// Shows that something new waits. A push carries nothing, so the worker asks whether it is an alarm or other news, never
// what about. Whatever becomes of the question, something is shown: a browser takes push from whoever shows nothing.

const ANSWER_WITHIN_MS = 3000;
const NEWS = { tag: "tirek", renotify: true };
const ALARM = { tag: "tirek-alarm", renotify: true, requireInteraction: true, vibrate: [600, 200, 600, 200, 600] };

self.addEventListener("push", (event) => event.waitUntil(tell()));

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(show(event.notification.data?.url ?? "/"));
});

async function tell() {
  const { kind, title, body, url, language } = await ask().catch(() => SHOWN);
  const options = { body, lang: language, data: { url }, ...(kind === "alarm" ? ALARM : NEWS) };
  return self.registration.showNotification(title, options);
}

// With the person's own session, which that does not keep awake.
async function ask() {
  const headers = { Accept: "application/json", "X-Passive": "1" };
  const signal = AbortSignal.timeout(ANSWER_WITHIN_MS);
  const answer = await fetch(SHOWN.ask, { headers, signal, cache: "no-store" });
  if (!answer.ok) throw new Error(String(answer.status));
  return { ...(await answer.json()), language: answer.headers.get("Content-Language") };
}

// No page is led away from what is written in it: an alarm gets one of its own.
async function show(url) {
  const pages = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  const page = url === "/" ? pages[0] : pages.find((one) => one.url === new URL(url, self.location.origin).href);
  return page ? page.focus() : self.clients.openWindow(url);
}
