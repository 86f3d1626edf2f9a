// On a narrow screen the sections scroll sideways: the current one is brought into view.

document.querySelector(".c-nav [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });

// A menu opens below the button it belongs to, wherever the bar has put that.
for (const menu of document.querySelectorAll("[data-below]")) {
  menu.addEventListener("beforetoggle", ({ newState }) => {
    if (newState !== "open") return;
    const button = document.querySelector(`[popovertarget="${menu.id}"]`).getBoundingClientRect();
    const left = Math.max(0, Math.min(button.left, innerWidth - 272));
    Object.assign(menu.style, { top: `${button.bottom + 4}px`, left: `${left}px`, right: "auto" });
  });
}
