// On a narrow screen the sections scroll sideways: the current one is brought into view.

document.querySelector(".c-nav [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });
