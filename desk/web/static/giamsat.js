// Comfort only: printing from the page, and choosing a period or unit without a second press.
document.addEventListener("click", (event) => {
  if (event.target.closest("[data-print]")) window.print();
});
for (const button of document.querySelectorAll("[data-print]")) button.hidden = false;
document.addEventListener("change", ({ target }) => {
  const form = target.closest("form[data-at-once]");
  if (!form) return;
  if (target.type === "date") form.elements.ky.value = "";
  else if (target.matches("select") && !(target.name === "ky" && !target.value)) form.requestSubmit();
});
