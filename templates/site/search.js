// The search of the archive: MiniSearch and one index a year, all of it here, nothing asked for elsewhere.
"use strict";
(() => {
  const form = document.getElementById("search");
  const input = document.getElementById("words");
  const status = document.getElementById("status");
  const found = document.getElementById("found");
  const MOST = 50;
  const years = form.dataset.years.trim().split(/\s+/).filter(Boolean);
  const indexes = new Map();
  let asked = false;
  let failed = 0;

  // The same words as bulletin/archive/search.py takes a text apart into.
  const words = (text) =>
    text.normalize("NFD").replace(/\p{M}+/gu, "").toLowerCase().match(/[\p{L}\p{N}]+/gu) || [];
  const options = {
    fields: ["title", "text"],
    storeFields: ["title", "path", "issue", "day", "source", "excerpt", "lang", "dir"],
    tokenize: words,
    processTerm: (term) => term,
    searchOptions: {
      boost: { title: 3 },
      prefix: (term) => term.length > 2,
      fuzzy: (term) => (term.length > 5 ? 0.15 : false),
    },
  };

  // Each year's script calls this: a page opened from a disk may run a script, but not fetch a file.
  window.bulletinIndex = (name, data) => {
    indexes.set(name, MiniSearch.loadJS(data, options));
    show();
  };

  const load = () => {
    if (asked) return;
    asked = true;
    for (const year of years) {
      const script = document.createElement("script");
      script.src = `${year}.js`;
      script.onerror = () => {
        failed += 1;
        show();
      };
      document.head.append(script);
    }
  };

  const results = (text) => {
    const look = (combineWith) =>
      [...indexes.values()]
        .flatMap((index) => index.search(text, { combineWith }))
        .sort((one, other) => other.score - one.score || (one.day < other.day ? 1 : -1));
    const all = look("AND");
    return all.length || words(text).length < 2 ? all : look("OR");
  };

  const add = (parent, name, text, more = {}) => {
    const element = document.createElement(name);
    element.textContent = text;
    for (const [key, value] of Object.entries(more)) if (value) element.setAttribute(key, value);
    parent.append(element);
    return element;
  };

  const shown = (one) => {
    const item = document.createElement("li");
    const spoken = { lang: one.lang, dir: one.dir };
    add(add(item, "h2", ""), "a", one.title, { href: `../${one.path}`, ...spoken });
    add(item, "p", [one.source, one.issue].filter(Boolean).join(" · "), { class: "aside" });
    if (one.excerpt) add(item, "p", one.excerpt, spoken);
    return item;
  };

  const show = () => {
    const text = input.value.trim();
    found.replaceChildren();
    if (!words(text).length) {
      status.textContent = "";
      return;
    }
    const hits = results(text);
    const some = hits.length > MOST ? `, the best ${MOST} shown` : "";
    const count = hits.length === 1 ? "1 item" : `${hits.length} items`;
    const left = years.length - indexes.size - failed;
    status.textContent =
      `${count} found for “${text}”${some}.` +
      (left > 0 ? ` Still looking through ${left} of ${years.length} years.` : "") +
      (failed ? ` ${failed} of ${years.length} years could not be read.` : "");
    found.append(...hits.slice(0, MOST).map(shown));
  };

  let waiting;
  input.addEventListener("focus", load);
  input.addEventListener("input", () => {
    load();
    clearTimeout(waiting);
    waiting = setTimeout(show, 120);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const address = new URL(location.href);
    address.searchParams.set("q", input.value.trim());
    try {
      history.replaceState(null, "", address);
    } catch {
      // A page opened from a disk keeps its address.
    }
    load();
    show();
  });

  form.hidden = false;
  document.getElementById("without").hidden = true;
  input.value = new URLSearchParams(location.search).get("q") || "";
  if (input.value) load();
  show();
})();
