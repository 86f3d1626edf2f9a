// What was just done can be undone: it is said politely, and the way back stands there for five seconds, longer while the
// pointer or the focus is on it. Z presses it wherever the focus is (keys.js); the server decides whether it is in time.

const SHOWN = 5_000;
const POSSIBLE = 15_000; // then the server refuses
const SAID_AFTER = 300; // a live region that is filled while the page loads says nothing
const said = document.getElementById("said");
const offered = new WeakSet();

/** Calls `leave` once the time of `element` is over and nobody is about to use it. */
export function leaveLater(element, leave) {
  const latest = Date.now() + POSSIBLE;
  setTimeout(() => leaveWhenIdle(element, leave, latest), SHOWN);
}

function leaveWhenIdle(element, leave, latest) {
  if (!element.isConnected) return;
  const held = Date.now() < latest && element.matches(":hover, :focus-within");
  if (held) setTimeout(() => leaveWhenIdle(element, leave, latest), 500);
  else leave();
}

function offer(place) {
  if (offered.has(place)) return;
  offered.add(place);
  setTimeout(() => { said.textContent = `${place.dataset.words} ${said.dataset.undo}`; }, SAID_AFTER);
  leaveLater(place, () => place.remove());
}

const offersIn = (root) => [
  ...(root.matches?.("[data-undo-offer]") ? [root] : []),
  ...root.querySelectorAll("[data-undo-offer]"),
];

document.addEventListener("htmx:load", ({ target }) => offersIn(target).forEach(offer));
offersIn(document).forEach(offer);
