// Comforts only: every page and form works without this file.
// No single-letter keys (Telex types with them), and none while a word is being composed.
(() => {
  "use strict";

  // Lists move by themselves: the stream says that something changed, each part asks for itself.
  if (document.body.dataset.live && document.querySelector("[hx-trigger*=doi]")) {
    let waits = false;
    new EventSource(document.body.dataset.live).addEventListener("doi", () => {
      if (waits) return;
      waits = true;
      setTimeout(() => { waits = false; htmx.trigger(document.body, "doi"); }, 800);
    });
  }

  // A menu closes when one looks elsewhere.
  const menus = document.querySelectorAll("details[name=menu]");
  document.addEventListener("click", (event) => menus.forEach((one) => one.contains(event.target) || (one.open = false)));
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    menus.forEach((one) => { if (one.open) { one.open = false; one.querySelector("summary").focus(); } });
  });

  const form = document.getElementById("duyet");
  const paper = document.querySelector(".paper");

  const boxOf = (place) => {
    const row = place.closest("[id^='o-']");
    return row && document.getElementById(row.id.replace(/^o-/, "hop-").replace(/-\d+$/, ""));
  };

  // The place on the paper comes into view as its field gets the focus.
  document.addEventListener("focusin", (event) => {
    const box = paper && boxOf(event.target);
    if (!box) return;
    const seen = paper.getBoundingClientRect();
    const at = box.getBoundingClientRect();
    if (at.top < seen.top + 60 || at.bottom > seen.bottom - 20) {
      paper.scrollTop += at.top - seen.top - seen.height / 3;
    }
  });

  // A click on a box goes to its field.
  document.addEventListener("click", (event) => {
    const box = event.target.closest(".sheet a");
    const row = box && document.getElementById(box.id.replace("hop-", "o-"));
    const field = row && row.querySelector("input:not([type=hidden]), textarea, select");
    if (!field) return;
    event.preventDefault();
    field.focus();
  });

  if (!form) return;
  const send = form.querySelector("button.go");

  // What still needs the clerk, in reading order: doubtful fields, unclear names, the lead when none is chosen.
  const stops = () => [
    ...form.querySelectorAll(".doubtful :is(input:not([type=hidden]), textarea, select), .asked fieldset :is(input, select)"),
    ...(form.querySelector("[name=chu_tri]:checked") ? [] : form.querySelectorAll("[name=chu_tri]")),
  ];

  // Enter goes to the next of them, Ctrl+Enter registers, Shift+Enter starts a line.
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing || event.shiftKey || event.target.matches("button")) return;
    event.preventDefault();
    if (event.ctrlKey || event.metaKey) return form.requestSubmit(send);
    const all = stops();
    const here = all.map((field) => field.name).lastIndexOf(event.target.name);
    const follows = (field) => event.target.compareDocumentPosition(field) & Node.DOCUMENT_POSITION_FOLLOWING;
    ((here < 0 ? all.find(follows) : all[here + 1]) || send).focus();
  });

  // One press registers once.
  form.addEventListener("submit", () => setTimeout(() => { send.disabled = true; }, 0));
  window.addEventListener("pageshow", () => { send.disabled = false; });

  if (!document.querySelector(".alert.bad") && !location.hash) (stops()[0] || send).focus({ preventScroll: true });
})();
