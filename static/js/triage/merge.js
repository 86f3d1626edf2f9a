// Brings a fresh queue into the one on the page. What has the focus, and what somebody typed, stays as it is.

/** Returns the open rows that wait no more: somebody else decided them. Closed ones are removed. */
export function merge(queue, fresh) {
  mergeChips(queue.querySelector("#queue-chips"), fresh.querySelector('[data-part="chips"]'));
  const card = queue.querySelector("#queue-card");
  const coming = fresh.querySelector('[data-part="list"]');
  const list = card.querySelector("#queue-list");
  const rows = [...coming.querySelectorAll("[data-row]")];
  if (!list || (!rows.length && !list.querySelector("[data-row]"))) {
    card.replaceChildren(...coming.childNodes);
    window.htmx.process(card);
    return [];
  }
  place(list, rows);
  return leftovers(list, new Set(rows.map((row) => row.id)));
}

function place(list, rows) {
  let previous = null;
  for (const row of rows) {
    const present = document.getElementById(row.id);
    const kept = present && busy(present) ? renewHead(present, row) : renew(present, row);
    if (!kept.isConnected || (previous ? previous.nextElementSibling !== kept && !busy(kept) : false)) {
      if (previous) previous.after(kept);
      else list.prepend(kept);
      window.htmx.process(kept);
    }
    previous = kept;
  }
  if (!list.querySelector("[data-row][tabindex='0']")) list.querySelector("[data-row]")?.setAttribute("tabindex", "0");
}

const busy = (row) => row.matches(".is-current, [data-handled]") || row.contains(document.activeElement);

function renew(present, row) {
  if (!present) return row;
  const typed = present.querySelector("[data-loaded]");
  if (typed) return renewHead(present, row); // opened before: what was typed into it is kept
  present.replaceWith(row);
  window.htmx.process(row);
  return row;
}

function renewHead(present, row) {
  const head = present.querySelector("[data-head]");
  const coming = row.querySelector("[data-head]");
  if (head && coming && !head.contains(document.activeElement)) head.replaceWith(coming);
  return present;
}

function leftovers(list, waiting) {
  const open = [];
  for (const row of list.querySelectorAll("[data-row]:not([data-handled])")) {
    if (waiting.has(row.id) || row.querySelector("[data-taken]")) continue;
    if (row.matches(".is-current")) open.push(row);
    else row.remove();
  }
  return open;
}

function mergeChips(chips, fresh) {
  const inHeader = document.getElementById("count-today");
  const all = fresh.querySelector('button[value=""] .c-count');
  if (inHeader && all) inHeader.textContent = all.textContent;
  for (const chip of fresh.querySelectorAll("button")) {
    const present = [...chips.querySelectorAll("button")].find((button) => button.value === chip.value);
    present.querySelector(".c-count").textContent = chip.querySelector(".c-count").textContent;
  }
}
