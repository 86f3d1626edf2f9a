// Deadlines count down on the page between two loads; what they mean was decided by the server.

const texts = JSON.parse(document.getElementById("texts").textContent);
const plural = new Intl.PluralRules(document.documentElement.lang);
const MINUTE = 60_000;

const fill = (pattern, values) => pattern.replace(/%\((\w+)\)s/g, (_all, name) => values[name]);

function lengthOf(milliseconds) {
  const total = Math.floor(Math.abs(milliseconds) / MINUTE);
  const [hours, minutes] = [Math.floor(total / 60), total % 60];
  const days = Math.floor(hours / 24);
  if (days) return fill(texts.days[plural.select(days)] ?? texts.days.other, { days });
  if (hours && minutes) return fill(texts.hoursMinutes, { hours, minutes });
  return hours ? fill(texts.hours, { hours }) : fill(texts.minutes, { minutes });
}

function tick(clock) {
  const [now, due, start] = [Date.now(), Date.parse(clock.dataset.due), Date.parse(clock.dataset.start)];
  const late = now > due;
  const soon = !late && now >= Date.parse(clock.dataset.soon);
  clock.querySelector("[data-left]").textContent = `${late ? "−" : ""}${lengthOf(due - now)}`;
  const share = late ? 1 : Math.max(0, (now - start) / (due - start));
  clock.querySelector("rect")?.setAttribute("width", `${Math.round(share * 100)}%`);
  if (late && !clock.classList.contains("is-late")) turnLate(clock);
  clock.classList.toggle("is-soon", soon);
  clock.classList.toggle("is-late", late);
  mark(clock.querySelector("b"), late ? "alert-circle" : soon ? "clock" : "");
}

function turnLate(clock) {
  const small = clock.querySelector("small[data-late]");
  if (small) small.textContent = small.dataset.late;
}

function mark(line, icon) {
  const old = line.querySelector(".ti");
  if (!icon) return old?.remove();
  const sign = old ?? line.insertAdjacentElement("afterbegin", document.createElement("i"));
  sign.className = `ti ti-${icon}`;
  sign.setAttribute("aria-hidden", "true");
}

const tickAll = () => document.querySelectorAll(".c-due[data-due]").forEach(tick);

setInterval(tickAll, 30_000);
document.addEventListener("visibilitychange", () => document.hidden || tickAll());
