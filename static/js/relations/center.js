// Where the picture is wider than its box, the pupil in its middle is what is seen first.

for (const box of document.querySelectorAll(".rl-scroll")) box.scrollLeft = (box.scrollWidth - box.clientWidth) / 2;
