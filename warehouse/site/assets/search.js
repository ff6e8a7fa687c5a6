"use strict";
// Search of the files: all words, anywhere in kicker, headline, subhead or body; data in search-data.js.
(() => {
  const { articles, folds } = window.broadsheetSearch;
  const most = { hits: 100, chars: 200, words: 12, excerpt: 80, lead: 30 };
  const from = [...folds[0]], into = [...folds[1]];
  const table = new Map(from.map((letter, place) => [letter, into[place]]));
  const letters = (text) => [...text];
  const fold = (text) => letters(text).map((letter) => table.get(letter) ?? letter).join("");
  const folded = articles.map((article) => article[5].map(fold));

  const read = (typed) => {
    const words = fold(typed.slice(0, most.chars)).match(/-?"[^"]+"|[^ ]+/g) ?? [];
    const bare = (word) => (/^".+"$/.test(word) ? word.slice(1, -1).trim() : word);
    const refused = words.filter((word) => word.startsWith("-") && word.length > 1).map((word) => bare(word.slice(1)));
    const wanted = words.filter((word) => !(word.startsWith("-") && word.length > 1)).map(bare).filter(Boolean);
    return { wanted: [...new Set(wanted)].slice(0, most.words), refused };
  };
  const find = ({ wanted, refused }) => articles.filter((_, number) => {
    const holds = (word) => folded[number].some((text) => text.includes(word));
    return wanted.length && wanted.every(holds) && !refused.some(holds);
  });
  const places = (text, wanted) => {
    const plain = fold(text), found = [];
    for (const word of wanted) for (let at = plain.indexOf(word); at >= 0; at = plain.indexOf(word, at + word.length)) found.push([at, at + word.length]);
    return found.sort((a, b) => a[0] - b[0]);
  };
  const lit = (element, text, wanted) => {
    let reached = 0;
    for (const [start, end] of places(text, wanted)) {
      if (end <= reached) continue;
      const mark = document.createElement("mark");
      mark.textContent = text.slice(Math.max(start, reached), end);
      element.append(text.slice(reached, Math.max(start, reached)), mark);
      reached = end;
    }
    element.append(text.slice(reached));
    return element;
  };
  const make = (name, set = {}) => Object.assign(document.createElement(name), set);
  const show = (article, wanted) => {
    const [id, day, paper, kind, isCanonical, [headline, kicker, subhead, body]] = article;
    const item = make("li"), head = make("h2", { lang: "zh-Hans", className: "item" }), link = make("a", { href: `article/${encodeURIComponent(id)}.html` });
    const [first] = places(body, wanted);
    const start = first ? Math.max(0, first[0] - most.lead) : 0;
    const excerpt = first || !(kicker || subhead) ? body.slice(start, start + most.excerpt) : `${kicker} ${subhead}`;
    head.append(lit(link, headline || "（没有标题）", wanted));
    const note = `${day ?? "no certain day"} · ${paper} · ${kind}${isCanonical ? "" : " · reprint"}`;
    item.append(head, lit(make("p", { lang: "zh-Hans" }), excerpt.replaceAll("\n", " "), wanted), make("p", { className: "note", textContent: note }));
    return item;
  };
  const search = (typed) => {
    const query = read(typed), hits = find(query);
    const count = `${hits.length} article${hits.length === 1 ? "" : "s"}${hits.length > most.hits ? `, the newest ${most.hits} shown` : ""}`;
    document.getElementById("found").textContent = query.wanted.length ? count : "";
    document.getElementById("hits").replaceChildren(...hits.slice(0, most.hits).map((article) => show(article, query.wanted)));
  };
  const input = document.getElementById("words");
  input.value = new URLSearchParams(location.search).get("q") ?? "";
  input.addEventListener("input", () => search(input.value));
  search(input.value);
})();
