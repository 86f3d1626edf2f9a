// Times as the pages show them: 24 hours, in the zone of the installation, wherever the browser is.
const { zone } = document.body.dataset;
const shown = (parts) => new Intl.DateTimeFormat("ru", { timeZone: zone, hourCycle: "h23", ...parts });
const clock = shown({ hour: "2-digit", minute: "2-digit" });
const date = shown({ day: "2-digit", month: "2-digit" });

export const clockTime = (moment) => clock.format(moment);

/** "13:09" today, "17.11, 13:09" on other days. */
export function dayTime(moment, now = new Date()) {
  const day = date.format(moment);
  return day === date.format(now) ? clockTime(moment) : `${day}, ${clockTime(moment)}`;
}
