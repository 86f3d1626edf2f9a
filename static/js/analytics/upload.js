// Sends a video in pieces of 8 MiB. A broken connection or a reload costs at most the piece under way.

const PIECE = 8 * 1024 * 1024;
const MEGABYTE = 1024 * 1024;
const WAITS_MS = [0, 1000, 3000, 5000, 10_000, 20_000, 30_000];
const TOLD_EVERY_MS = 15_000;

const panel = document.getElementById("upload");
const part = (name) => panel.querySelector(`[data-${name}]`);
const input = panel.querySelector("input[type=file]");
const csrf = panel.querySelector("[name=csrfmiddlewaretoken]").value;

let upload = null;
let begun = null;
let toldAt = 0;

input.addEventListener("change", () => input.files[0] && start(input.files[0]));
part("pause").addEventListener("click", () => pause());
part("resume").addEventListener("click", () => resume());
part("stop").addEventListener("click", () => stop());
window.addEventListener("beforeunload", (event) => upload && begun && event.preventDefault());

async function start(file) {
  hideError();
  if (!file.size) return fail(panel.dataset.empty);
  if (file.size > Number(panel.dataset.largest)) return fail(panel.dataset.tooLarge);
  upload = new window.tus.Upload(file, options(file));
  const [earlier] = await upload.findPreviousUploads();
  if (earlier) upload.resumeFromPreviousUpload(earlier);
  part("name").textContent = file.name;
  part("moving").hidden = false;
  resume();
}

function options(file) {
  return {
    endpoint: panel.dataset.begin,
    chunkSize: PIECE,
    retryDelays: WAITS_MS,
    storeFingerprintForResuming: true,
    removeFingerprintOnSuccess: true,
    fingerprint: async () => [panel.dataset.kind, panel.dataset.user, file.name, file.size, file.lastModified].join("-"),
    headers: { "X-CSRFToken": csrf },
    metadata: { filename: file.name },
    onProgress: (done, total) => show(done, total),
    onShouldRetry: (error) => waitFor(error),
    onError: (error) => fail(sentence(error)),
    onSuccess: () => finish(),
  };
}

function resume() {
  begun = { at: performance.now(), from: null };
  part("pause").hidden = false;
  part("resume").hidden = true;
  upload.start();
}

async function pause() {
  begun = null;
  await upload.abort();
  part("pause").hidden = true;
  part("resume").hidden = false;
  figures(panel.dataset.paused.replace("{done}", megabytes(last.done)), true);
}

async function stop() {
  const dropped = upload;
  reset();
  await dropped.abort(true);
  refresh();
}

const last = { done: 0, total: 1 };

function show(done, total) {
  Object.assign(last, { done, total });
  if (!begun) return;
  begun.from ??= done;
  const speed = (done - begun.from) / Math.max(performance.now() - begun.at, 1);
  part("moving").querySelector("progress").value = (100 * done) / total;
  const text = panel.dataset.progress.replace("{done}", megabytes(done)).replace("{total}", megabytes(total));
  figures(text.replace("{left}", timeLeft(speed ? (total - done) / speed : null)));
}

function waitFor(error) {
  const status = error.originalResponse?.getStatus() ?? 0;
  if (status >= 400 && status < 500 && status !== 409 && status !== 423) return false;
  if (status === 507) return false;
  figures(panel.dataset.waiting.replace("{done}", megabytes(last.done)), true);
  return true;
}

function finish() {
  reset();
  part("status").textContent = panel.dataset.whole;
  refresh();
}

function reset() {
  upload = begun = null;
  input.value = "";
  part("moving").hidden = true;
}

function refresh() {
  window.htmx.ajax("GET", panel.dataset.own, "#own-videos");
}

function fail(text) {
  reset();
  part("error").hidden = false;
  part("text").textContent = text;
  refresh();
}

function hideError() {
  part("error").hidden = true;
}

function sentence(error) {
  const answer = error.originalResponse;
  const said = answer?.getHeader("Content-Type")?.startsWith("text/plain") ? answer.getBody() : "";
  return said || panel.dataset.failed;
}

function figures(text, now = false) {
  part("figures").textContent = text;
  // Read aloud now and then only: a progress that speaks four times a second cannot be listened to.
  if (now || performance.now() - toldAt > TOLD_EVERY_MS) {
    toldAt = performance.now();
    part("status").textContent = text;
  }
}

function megabytes(bytes) {
  const number = new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits: 0 });
  return panel.dataset.unit.replace("{number}", number.format(bytes / MEGABYTE));
}

function timeLeft(milliseconds) {
  const minutes = milliseconds === null ? null : Math.floor(milliseconds / 60_000);
  if (!minutes) return panel.dataset.soon;
  const texts = JSON.parse(document.getElementById("texts").textContent);
  const hours = Math.floor(minutes / 60);
  const form = hours ? (minutes % 60 ? texts.hoursMinutes : texts.hours) : texts.minutes;
  return form.replace("%(hours)s", hours).replace("%(minutes)s", minutes % 60);
}
