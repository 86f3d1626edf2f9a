// Opening and closing of <dialog>s, and the question asked before something that cannot be taken back.

const confirmation = document.getElementById("confirm");

document.addEventListener("click", ({ target }) => {
  const opener = target.closest("[data-dialog]");
  if (opener) document.getElementById(opener.dataset.dialog)?.showModal();
  if (target.closest("[data-close]")) target.closest("dialog")?.close();
  if (target instanceof HTMLDialogElement && !target.hasAttribute("data-stays")) target.close();
});

document.addEventListener("htmx:confirm", (event) => {
  if (!event.detail.question) return;
  event.preventDefault();
  ask(event.detail.question, event.detail.elt.dataset.confirmYes, () => event.detail.issueRequest(true));
});

document.addEventListener(
  "submit",
  (event) => {
    const form = event.target;
    if (!form.dataset.confirm || form.dataset.confirmed) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const { submitter } = event;
    ask(form.dataset.confirm, form.dataset.confirmYes, () => {
      form.dataset.confirmed = "yes";
      form.requestSubmit(submitter);
      delete form.dataset.confirmed;
    });
  },
  { capture: true },
);

function ask(question, yes, proceed) {
  confirmation.querySelector("#confirm-text").textContent = question;
  const agree = confirmation.querySelector("button[value=yes]");
  agree.textContent = yes ?? agree.dataset.default;
  confirmation.returnValue = "no";
  confirmation.addEventListener("close", () => confirmation.returnValue === "yes" && proceed(), { once: true });
  confirmation.showModal();
}
