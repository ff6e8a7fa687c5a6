"use strict";
// Lights what belongs together on both sides of an article, and shows its card. Text goes in as text, never as HTML.
(() => {
  const stamp = window.broadsheetSnapshot;
  for (const place of document.querySelectorAll("[data-snapshot]")) if (stamp) place.textContent = stamp;

  const sides = document.querySelector(".sides");
  const card = document.getElementById("card");
  if (!sides || !card) return;
  const content = card.querySelector(".content");
  const tokens = (element) => element.dataset.t.split(" ");
  const all = (token) => sides.querySelectorAll(`[data-t~="${CSS.escape(token)}"]`);
  const isRepair = (token) => token.startsWith("c");
  let kept = null; // the mark whose card stays open
  let isLeaving = false; // the mark gets the focus back, and its card stays closed

  const unlight = () => sides.querySelectorAll(".lit").forEach((element) => element.classList.remove("lit"));
  // A quotation holds figures and names: of several, what is shortest is meant.
  const meant = (element) => {
    const size = (token) => [...all(token)].reduce((sum, part) => sum + part.textContent.length, 0);
    const facts = tokens(element).filter((token) => !isRepair(token)).sort((a, b) => size(a) - size(b));
    const repairs = tokens(element).filter(isRepair);
    return repairs.length && document.body.classList.contains("off-change") ? facts : [...facts.slice(0, 1), ...repairs, ...facts.slice(1)];
  };
  const line = (list, name, value, lang) => {
    const term = document.createElement("dt"), says = document.createElement("dd");
    term.textContent = name; says.textContent = value;
    if (lang) { says.lang = lang; says.className = "printed"; }
    list.append(term, says);
  };
  const shown = (text) => text.replaceAll("\n", "↵").replaceAll(" ", "␣").replaceAll("\u3000", "□") || "nothing";
  const repairCard = (token) => {
    const list = document.createElement("dl"), box = document.createElement("div"), head = document.createElement("h3");
    const [raw] = sides.querySelectorAll(`.raw [data-t~="${CSS.escape(token)}"]`);
    const clean = [...sides.querySelectorAll(`.clean [data-t~="${CSS.escape(token)}"]`)];
    list.className = "facts"; head.textContent = "Repair"; box.dataset.card = token;
    const rule = clean.find((part) => part.dataset.r)?.dataset.r ?? "";
    line(list, "Before", raw?.classList.contains("break") ? "end of a paragraph" : shown(raw?.textContent ?? ""), "zh");
    line(list, "After", shown(clean.map((part) => part.textContent).join("")), "zh");
    line(list, "Rule", rule);
    const says = window.broadsheetRules?.[rule];
    if (says) line(list, "Says", says);
    box.append(head, list);
    return box;
  };
  const factCard = (token) => {
    const source = document.getElementById(token), box = document.createElement("div");
    if (!source) return null;
    box.dataset.card = token;
    box.append(...[...source.childNodes].map((node) => node.cloneNode(true)));
    return box;
  };
  const place = (element) => {
    const at = element.getClientRects()[0] ?? element.getBoundingClientRect();
    const width = card.offsetWidth, room = document.documentElement.clientWidth - width - 16;
    card.style.left = `${Math.max(8, Math.min(at.left, room)) + scrollX}px`;
    const below = at.bottom + 8 + card.offsetHeight < innerHeight || at.top < card.offsetHeight + 16;
    card.style.top = `${(below ? at.bottom + 8 : at.top - card.offsetHeight - 8) + scrollY}px`;
  };
  const show = (element) => {
    const ordered = meant(element);
    unlight();
    if (!ordered.length) { card.hidden = true; return; }
    all(ordered[0]).forEach((part) => part.classList.add("lit"));
    content.replaceChildren(...ordered.map((token) => (isRepair(token) ? repairCard(token) : factCard(token))).filter(Boolean));
    card.hidden = false;
    if (matchMedia("(max-width: 44rem)").matches && (kept || element.matches(":focus-visible"))) element.scrollIntoView({ block: "start" });
    place(element);
  };
  const hide = () => { kept = null; card.hidden = true; card.classList.remove("kept"); unlight(); };
  const keep = (element) => { kept = element; card.classList.add("kept"); show(element); };
  const leave = () => { const back = kept; hide(); isLeaving = true; back?.focus({ preventScroll: true }); isLeaving = false; };
  const marked = (event) => event.target.closest?.("[data-t]");

  sides.addEventListener("pointerover", (event) => { if (event.pointerType !== "touch" && !kept && marked(event)) show(marked(event)); });
  sides.addEventListener("pointerout", (event) => { if (event.pointerType !== "touch" && !kept && !event.relatedTarget?.closest?.("[data-t]")) hide(); });
  sides.addEventListener("focusin", (event) => { if (marked(event) && !kept && !isLeaving) show(marked(event)); });
  sides.addEventListener("focusout", () => { if (!kept) hide(); });
  sides.addEventListener("click", (event) => {
    const element = marked(event);
    if (!element) return;
    event.preventDefault();
    if (kept === element) hide(); else keep(element);
  });
  card.querySelector(".close").addEventListener("click", leave);
  document.addEventListener("click", (event) => { if (kept && !marked(event) && !card.contains(event.target)) hide(); });

  const repairs = [...sides.querySelectorAll(".clean .change")];
  let current = -1;
  const step = (by) => {
    if (!repairs.length) return;
    current = (current + by + repairs.length) % repairs.length;
    hide();
    repairs[current].focus({ preventScroll: true });
    repairs[current].scrollIntoView({ block: "center" });
    keep(repairs[current]);
  };
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !card.hidden) leave();
    if (event.target.matches?.("input, select, textarea") || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "n") step(1);
    if (event.key === "p") step(-1);
  });
  for (const button of document.querySelectorAll("[data-step]")) button.addEventListener("click", (event) => { event.stopPropagation(); step(Number(button.dataset.step)); });
  for (const button of document.querySelectorAll("[data-layer]")) button.addEventListener("click", () => {
    const isOff = document.body.classList.toggle(`off-${button.dataset.layer}`);
    button.setAttribute("aria-pressed", String(!isOff));
  });
  const target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (target && sides.contains(target) && target.dataset.t) requestAnimationFrame(() => keep(target));
})();
