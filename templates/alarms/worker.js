{% load static %}// The panic page without a network: it opens from what was kept, and presses that wait go out when there is one again.

importScripts("{% static 'js/panic/queue.js' %}");

const KEPT = "panic-1";
const PAGE = "{% url 'panic:panic' %}";
const PRESS = "{% url 'panic:press' %}";

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(KEPT).then((cache) => cache.add(PAGE)).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET") return;
  const { pathname } = new URL(request.url);
  if (request.mode === "navigate" && pathname === PAGE) event.respondWith(newest(request));
  else if (pathname.startsWith("{% get_static_prefix %}")) event.respondWith(keptOrFetched(request));
});

self.addEventListener("sync", (event) => {
  if (event.tag === "presses") event.waitUntil(self.alarmQueue.sendAll(PRESS));
});

async function newest(request) {
  const cache = await caches.open(KEPT);
  try {
    const answer = await fetch(request, { signal: AbortSignal.timeout(4000) });
    if (answer.ok) await cache.put(PAGE, answer.clone());
    return answer;
  } catch {
    return (await cache.match(PAGE)) ?? Response.error();
  }
}

async function keptOrFetched(request) {
  const cache = await caches.open(KEPT);
  const kept = await cache.match(request);
  if (kept) return kept;
  const answer = await fetch(request);
  if (answer.ok) await cache.put(request, answer.clone());
  return answer;
}
