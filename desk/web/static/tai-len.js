// Dropping scans on the page of Tiếp nhận: a comfort, the form works without this file.
(() => {
  "use strict";
  const form = document.getElementById("tai-len");
  const box = document.getElementById("tep");
  if (!form || !box) return;
  const sign = form.querySelector(".drop-here");
  const brings = (event) => event.dataTransfer && [...event.dataTransfer.types].includes("Files");
  const show = (on) => { sign.hidden = !on; form.classList.toggle("over", on); };

  document.addEventListener("dragover", (event) => { if (brings(event)) { event.preventDefault(); show(true); } });
  document.addEventListener("dragleave", (event) => { if (!event.relatedTarget) show(false); });
  document.addEventListener("drop", (event) => {
    if (!brings(event)) return;
    event.preventDefault();
    show(false);
    // What was dropped is only chosen: it is sent by the button, as what was picked is.
    box.files = event.dataTransfer.files;
    form.scrollIntoView({ block: "nearest" });
    form.querySelector("button").focus();
  });
  // Sent once: a second click while the files travel would send them again.
  form.addEventListener("submit", () => setTimeout(() => { form.querySelector("button").disabled = true; }));
})();
