// Shows that something new waits. A push carries nothing, so there is nothing to read and nothing to ask for.

self.addEventListener("push", (event) => {
  const options = { body: "", lang: SHOWN.language, tag: "tirek", renotify: true };
  event.waitUntil(self.registration.showNotification(SHOWN.title, options));
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(show());
});

async function show() {
  const [page] = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  return page ? page.focus() : self.clients.openWindow("/");
}
