// Locks the screen when nobody has touched it for the session's idle time, in whatever tab; typing keeps it awake.

const { idle, lockUrl, touchUrl } = document.body.dataset;
const lockForm = document.getElementById("lock-form");
const LAST = "last-touch";
const PING = 120_000;
let pinged = Date.now();
let detailsLocked = false;

function touched() {
  const now = Date.now();
  localStorage.setItem(LAST, String(now));
  if (now - pinged < PING) return;
  pinged = now;
  const headers = { "X-CSRFToken": JSON.parse(document.body.getAttribute("hx-headers"))["X-CSRFToken"] };
  fetch(touchUrl, { method: "POST", headers }).then(
    (answer) => answer.status === 401 && window.location.reload(),
    () => undefined,
  );
}

function lockWhenIdle() {
  const silence = Date.now() - Number(localStorage.getItem(LAST));
  if (silence < Number(idle) * 1000) return;
  if (document.querySelector("[data-locks-itself]")) lockDetails();
  else lockForm.requestSubmit(lockForm.querySelector("button"));
}

// A console stays where it is: the server locks the session, and the page takes its details away.
function lockDetails() {
  if (detailsLocked) return;
  detailsLocked = true;
  const body = new FormData(lockForm, lockForm.querySelector("button"));
  fetch(lockUrl, { method: "POST", body, redirect: "manual" }).then(
    () => document.body.dispatchEvent(new CustomEvent("session:locked")),
    () => {
      detailsLocked = false;
    },
  );
}

if (lockForm) {
  localStorage.setItem(LAST, String(Date.now()));
  for (const kind of ["pointerdown", "keydown", "wheel"]) document.addEventListener(kind, touched, { passive: true });
  setInterval(lockWhenIdle, 5_000);
  document.addEventListener("visibilitychange", () => document.hidden || lockWhenIdle());
}
