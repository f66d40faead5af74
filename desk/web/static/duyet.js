// The clerk's desk: comforts only, every form works without this file.
// No single-letter keys (Telex types with them), and none while a word is being composed.
(() => {
  "use strict";

  // Enter opens the longest waiting also after the list has drawn itself anew; who is elsewhere stays there.
  // When the page opens, its own `autofocus` does it.
  const begin = () => {
    const start = document.getElementById("mo-dau");
    if (start && (!document.activeElement || document.activeElement === document.body)) start.focus();
  };
  document.body.addEventListener("htmx:afterSwap", begin);

  const form = document.getElementById("duyet");
  const paper = document.querySelector(".paper");

  const rowOf = (place) => place && place.closest && place.closest("[id^='o-']");
  const boxOf = (place) => {
    const row = rowOf(place);
    return row && document.getElementById(row.id.replace(/^o-/, "hop-").replace(/-\d+$/, ""));
  };
  const show = (box) => {
    const seen = paper.getBoundingClientRect();
    const at = box.getBoundingClientRect();
    if (at.top < seen.top + 60 || at.bottom > seen.bottom - 20) paper.scrollTop += at.top - seen.top - seen.height / 3;
    if (at.left < seen.left + 20 || at.right > seen.right - 20) paper.scrollLeft += at.left - seen.left - 60;
  };

  // The place on the paper lights up and comes into view as its field gets the focus.
  let lit = null;
  const light = (box) => {
    if (lit) lit.classList.remove("lit");
    lit = box;
    if (box) { box.classList.add("lit"); show(box); }
  };
  document.addEventListener("focusin", (event) => {
    if (paper && !paper.contains(event.target)) light(boxOf(event.target));
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
  const keys = document.getElementById("phim");

  // What still needs the clerk, in reading order: doubtful fields, unclear names, the lead when none is chosen.
  const stops = () => [
    ...form.querySelectorAll(".doubtful :is(input:not([type=hidden]), textarea, select), .asked fieldset :is(input, select)"),
    ...(form.querySelector("[name=chu_tri]:checked") ? [] : form.querySelectorAll("[name=chu_tri]")),
  ];

  // Zoom to the evidence of the field one is in, and back.
  const zoom = (box) => {
    const near = document.getElementById("co-3");
    const is_near = near.checked;
    document.getElementById(is_near ? "co-1" : "co-3").checked = true;
    if (box && !is_near) requestAnimationFrame(() => show(box));
  };

  const offers = (field) => {
    if (!field || !("showPicker" in HTMLInputElement.prototype)) return;
    if (field.matches("select, input[list]")) try { field.showPicker(); } catch { /* the browser shows them on typing */ }
  };

  let last_field = null;
  form.addEventListener("focusin", (event) => {
    const row = rowOf(event.target);
    if (row && event.target.name && event.target.name.startsWith("o.")) last_field = row.id.slice(2);
  });

  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.altKey) return;
    const plain = !event.ctrlKey && !event.metaKey && !event.shiftKey;
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit(send);
    else if (event.key === "/" && event.ctrlKey) keys.togglePopover();
    else if (event.key === "F2" && plain && paper) draw();
    else if (event.key === "F4" && plain) offers(document.activeElement);
    else if (event.key === "F8" && plain) document.getElementById("de-sau").click();
    else if (event.key === "F9" && plain && paper) zoom(lit);
    else if (event.key === "Escape" && drawing) stop();
    else return;
    event.preventDefault();
  });

  // Enter goes to the next doubtful field, Shift+Enter starts a line.
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing || event.shiftKey || event.ctrlKey || event.metaKey) return;
    if (event.target.matches("button, a, summary")) return;
    event.preventDefault();
    if (event.target.closest(".region")) return document.getElementById("doc-vung").click();
    const all = stops();
    const here = all.map((field) => field.name).lastIndexOf(event.target.name);
    const follows = (field) => event.target.compareDocumentPosition(field) & Node.DOCUMENT_POSITION_FOLLOWING;
    ((here < 0 ? all.find(follows) : all[here + 1]) || send).focus();
  });

  // One press registers once.
  form.addEventListener("submit", (event) => {
    if (event.submitter === send) setTimeout(() => { send.disabled = true; }, 0);
  });
  window.addEventListener("pageshow", () => { send.disabled = false; });

  // Draw a box: what it holds is read again into the field.
  let drawing = null;
  const corner = (name) => form.elements[`vung.${name}`];
  const stop = () => {
    if (drawing && drawing.frame) drawing.frame.remove();
    drawing = null;
    paper.classList.remove("drawing-box");
  };
  const draw = () => {
    if (last_field && [...corner("o").options].some((one) => one.value === last_field)) corner("o").value = last_field;
    drawing = {};
    paper.classList.add("drawing-box");
    paper.focus();
  };
  const at = (event, sheet) => {
    const seen = sheet.getBoundingClientRect();
    const within = (value, size) => Math.min(Math.max(value / size, 0), 1) * 100;
    return [within(event.clientX - seen.left, seen.width), within(event.clientY - seen.top, seen.height)];
  };
  const place = () => {
    const [[ax, ay], [bx, by]] = [drawing.from, drawing.to];
    return { trai: Math.min(ax, bx), tren: Math.min(ay, by), phai: Math.max(ax, bx), duoi: Math.max(ay, by) };
  };
  if (paper) {
    paper.addEventListener("pointerdown", (event) => {
      const sheet = drawing && event.target.closest(".sheet");
      if (!sheet) return;
      event.preventDefault();
      const frame = document.createElementNS("http://www.w3.org/2000/svg", "rect");
      frame.setAttribute("class", "drawn");
      sheet.querySelector("svg").append(frame);
      Object.assign(drawing, { sheet, frame, from: at(event, sheet), to: at(event, sheet) });
      paper.setPointerCapture(event.pointerId);
    });
    paper.addEventListener("pointermove", (event) => {
      if (!drawing || !drawing.sheet) return;
      drawing.to = at(event, drawing.sheet);
      const { trai, tren, phai, duoi } = place();
      for (const [name, value] of [["x", trai], ["y", tren], ["width", phai - trai], ["height", duoi - tren]]) drawing.frame.setAttribute(name, `${value}%`);
    });
    paper.addEventListener("pointerup", () => {
      if (!drawing || !drawing.sheet) return;
      const sides = place();
      for (const [name, value] of Object.entries(sides)) corner(name).value = value.toFixed(2);
      corner("trang").value = drawing.sheet.id.replace("trang-", "");
      if (sides.phai - sides.trai < 0.3 || sides.duoi - sides.tren < 0.2) return stop();
      read();
    });
  }
  const read = async () => {
    const name = corner("o").value;
    paper.classList.add("reading-box");
    try {
      const answer = await fetch(document.getElementById("doc-vung").formAction, {
        method: "POST", body: new URLSearchParams(new FormData(form)),
      });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const said = document.getElementById("bao");
      const news = page.getElementById("bao");
      if (said && news) said.replaceWith(news);
      const fresh = page.getElementById(`o-${name}`);
      if (answer.ok && fresh) {
        document.getElementById(`o-${name}`).replaceWith(fresh);
        form.dispatchEvent(new Event("change", { bubbles: true }));
      }
      const field = document.getElementById(`nhap-${name}`);
      if (field) field.focus();
    } finally {
      paper.classList.remove("reading-box");
      stop();
    }
  };
  document.getElementById("doc-vung")?.addEventListener("click", (event) => { event.preventDefault(); read(); });

  if (!document.querySelector(".alert.bad, .alert.stop-here") && !location.hash) (stops()[0] || send).focus({ preventScroll: true });
})();
