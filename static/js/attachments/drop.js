// Files that are dropped or chosen are sent one by one, each with its progress and its own refusal.
// Without this script the form sends them together.

const form = document.querySelector("[data-drop]");

if (form) begin();

function begin() {
  const input = form.querySelector("input[type=file]");
  const zone = form.querySelector("[data-zone]");
  for (const name of ["dragenter", "dragover"]) zone.addEventListener(name, (event) => over(event, zone, true));
  for (const name of ["dragleave", "drop"]) zone.addEventListener(name, (event) => over(event, zone, false));
  zone.addEventListener("drop", ({ dataTransfer }) => {
    input.files = dataTransfer.files;
    show(input.files);
  });
  input.addEventListener("change", () => show(input.files));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    sendAll(input);
  });
  show(input.files); // chosen before this script came, or kept by the browser over a reload
}

function over(event, zone, isOver) {
  event.preventDefault();
  zone.toggleAttribute("data-over", isOver);
}

function show(files) {
  const queue = form.querySelector("[data-queue]");
  queue.replaceChildren(...[...files].map(line));
  queue.hidden = !files.length;
}

function line(file) {
  const item = document.createElement("li");
  const name = document.createElement("span");
  name.textContent = file.name;
  const said = document.createElement("span");
  said.className = "sm sec";
  item.append(name, said);
  if (file.size > Number(form.dataset.largest)) refuse(item, form.dataset.tooLarge);
  return item;
}

async function sendAll(input) {
  const button = form.querySelector("button[type=submit]");
  const queue = form.querySelector("[data-queue]");
  const files = [...input.files];
  button.disabled = true;
  form.setAttribute("aria-busy", "true");
  let kept = 0;
  for (const [at, file] of files.entries()) {
    if (file.size <= Number(form.dataset.largest) && (await send(file, queue.children[at]))) kept += 1;
  }
  form.removeAttribute("aria-busy");
  button.disabled = false;
  input.value = "";
  form.querySelector("[data-status]").textContent = `${form.dataset.kept}: ${kept} / ${files.length}`;
  if (kept) window.htmx.ajax("GET", window.location.pathname, { target: "#files", select: "#files", swap: "outerHTML" });
}

/** Send one file; true when it was kept. */
function send(file, item) {
  const bar = document.createElement("progress");
  bar.max = 1;
  bar.value = 0;
  bar.setAttribute("aria-label", file.name);
  item.append(bar);
  const body = new FormData(form);
  body.set("files", file, file.name);
  const request = new XMLHttpRequest();
  request.open("POST", form.action);
  request.setRequestHeader("X-One-By-One", "1");
  request.upload.addEventListener("progress", ({ loaded, total }) => {
    bar.value = loaded / total;
  });
  request.upload.addEventListener("load", () => say(item, form.dataset.checking));
  return new Promise((done) => {
    request.addEventListener("loadend", () => done(settle(request, item, bar)));
    request.send(body);
  });
}

function settle(request, item, bar) {
  bar.remove();
  if (request.status === 201) {
    say(item, form.dataset.kept);
    return true;
  }
  if (request.status === 413) refuse(item, form.dataset.tooLarge);
  else refuse(item, request.status === 422 ? request.responseText : form.dataset.failed);
  return false;
}

function say(item, words) {
  item.children[1].textContent = words;
}

function refuse(item, words) {
  const said = item.children[1];
  said.textContent = words;
  said.setAttribute("data-refused", "");
}
