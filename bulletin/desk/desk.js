"use strict";
// Shows the proof as the officer chose to look at it, and follows the files as they change.

const looks = document.getElementById("looks");
const frame = document.getElementById("frame");
const parts = document.getElementById("parts");
const news = document.getElementById("news");
let anchor = "";

function remembered() {
  try {
    return JSON.parse(sessionStorage.getItem("looks")) || {};
  } catch {
    return {};
  }
}

function chosen() {
  return Object.fromEntries(new FormData(looks));
}

function aim() {
  const { scheme, pictures, findings } = chosen();
  const address = new URL(`${parts.dataset.at}/${scheme}`, location.href);
  if (pictures === "off") address.searchParams.set("pictures", "off");
  if (findings === "in") address.searchParams.set("findings", "in");
  address.searchParams.set("is", parts.dataset.digest);
  address.hash = anchor;
  if (frame.src !== address.href) frame.src = address.href;
}

function look() {
  const { width, scheme, part, ...rest } = chosen();
  parts.className = `parts width-${width} scheme-${scheme} part-${part}`;
  sessionStorage.setItem("looks", JSON.stringify({ width, scheme, part, ...rest }));
  aim();
}

function openLooks() {
  for (const [name, value] of Object.entries(remembered())) {
    const input = [...looks.elements].find((one) => one.name === name && one.value === value);
    if (input) input.checked = true;
  }
  looks.hidden = false;
  looks.addEventListener("change", look);
  look();
}

function pointAt(event) {
  const link = event.target.closest("a[data-anchor]");
  if (!link || !frame) return;
  event.preventDefault();
  anchor = link.dataset.anchor;
  looks.elements.part.value = looks.elements.part.value === "text" ? "both" : looks.elements.part.value;
  look();
  frame.scrollIntoView({ block: "nearest" });
  frame.focus();
}

function sameShape(fresh) {
  const ids = (page) => [...page.querySelectorAll("[data-live]")].map((part) => part.id).join(" ");
  return ids(document) !== "" && ids(document) === ids(fresh);
}

function swap(fresh) {
  for (const part of document.querySelectorAll("[data-live]")) {
    const next = fresh.getElementById(part.id);
    if (part.outerHTML === next.outerHTML) continue;
    const open = [...part.querySelectorAll("details[open]")].map((one) => one.id);
    const held = part.contains(document.activeElement);
    part.replaceWith(next);
    for (const id of open) document.getElementById(id)?.setAttribute("open", "");
    if (held) document.getElementById("main").focus({ preventScroll: true });
  }
  document.title = fresh.title;
  document.body.dataset.version = fresh.body.dataset.version;
}

async function follow() {
  const answer = await fetch(location.href);
  if (!answer.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (!sameShape(fresh) || parts?.dataset.at !== fresh.getElementById("parts")?.dataset.at) {
    location.reload();
    return;
  }
  swap(fresh);
  if (parts) {
    parts.dataset.digest = fresh.getElementById("parts").dataset.digest;
    aim();
  }
  const verdict = document.querySelector(".verdict").textContent;
  news.textContent = `Shown anew at ${new Date().toLocaleTimeString("en-GB")}. ${verdict}.`;
}

function listen() {
  const changes = new EventSource(`changes?since=${document.body.dataset.version}`);
  changes.addEventListener("change", follow);
  changes.addEventListener("open", () => {
    if (!document.body.classList.contains("stale")) return;
    document.body.classList.remove("stale");
    news.textContent = "";
    follow();
  });
  changes.addEventListener("error", () => {
    document.body.classList.add("stale");
    news.textContent = "The preview has stopped. Start it again and open its new address.";
  });
}

// A frame of another origin never matches :focus, and whoever goes by keys must see where they are.
function showFocus() {
  frame.classList.toggle("focused", document.activeElement === frame);
}

if (looks) openLooks();
if (frame) {
  window.addEventListener("blur", showFocus);
  window.addEventListener("focus", showFocus);
  document.addEventListener("focusin", showFocus);
}
document.addEventListener("click", pointAt);
listen();
