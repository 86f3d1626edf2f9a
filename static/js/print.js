// The browser prints the page; css/print.css says how it looks on paper.

document.addEventListener("click", ({ target }) => {
  if (target.closest("[data-print]")) window.print();
});
