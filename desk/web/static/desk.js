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
    if (event.key !== "Escape" || event.isComposing) return;
    menus.forEach((one) => { if (one.open) { one.open = false; one.querySelector("summary").focus(); } });
  });
})();
