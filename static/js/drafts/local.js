// What is typed and not yet elsewhere, in this tab's sessionStorage: it belongs to one person and ends with log-out.

const SENT = "drafts-sent";
const keyOf = (form) => `draft:${form.dataset.draft}`;

export function forgetStrangers(user) {
  if (!user || sessionStorage.getItem("drafts-of") === user) return;
  forgetAll();
  sessionStorage.setItem("drafts-of", user);
}

export function forgetAll() {
  for (const key of Object.keys(sessionStorage)) if (key.startsWith("draft")) sessionStorage.removeItem(key);
}

// A form that was posted and did not end on the lock page has reached the server.
export function settleSent(locked) {
  const sent = JSON.parse(sessionStorage.getItem(SENT) ?? "[]");
  if (!locked) sent.forEach((key) => sessionStorage.removeItem(key));
  sessionStorage.removeItem(SENT);
}

export function markSent(form) {
  const sent = JSON.parse(sessionStorage.getItem(SENT) ?? "[]");
  sessionStorage.setItem(SENT, JSON.stringify([...sent, keyOf(form)]));
}

// `base` is the revision on the server that the text goes on from, "" where there is none.
export const put = (form, values, base = "") => sessionStorage.setItem(keyOf(form), JSON.stringify({ values, base }));
export const take = (form) => JSON.parse(sessionStorage.getItem(keyOf(form)) ?? "null");
export const forget = (form) => sessionStorage.removeItem(keyOf(form));
