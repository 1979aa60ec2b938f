// Keeps the list fresh. Rows never move under a pointer that is about to press, and focus stays with its study.
const EVERY = 5000;
const SETTLED = 3000;
const INERT = 700;

const list = document.getElementById("list");
const fresh = document.getElementById("fresh");
let pointed = -Infinity;
let swapped = -Infinity;

function studies() {
  return [...list.querySelectorAll("[data-study]")].map(row => row.dataset.study).join();
}

async function refresh() {
  if (document.hidden || performance.now() - pointed < SETTLED) {
    return;
  }
  try {
    const answer = await fetch("/worklist/rows" + location.search, { headers: { Accept: "*/*" } });
    if (answer.status === 401 || answer.status === 403) {
      location.reload();
      return;
    }
    if (!answer.ok) {
      throw new Error(answer.status);
    }
    show(await answer.text());
    fresh.textContent = `${fresh.dataset.updated} ${new Date().toLocaleTimeString(document.documentElement.lang)}`;
    fresh.classList.remove("stale");
  } catch {
    fresh.textContent = fresh.dataset.stale;
    fresh.classList.add("stale");
  }
}

function show(rows) {
  const before = studies();
  const focused = list.contains(document.activeElement) ? document.activeElement.id : null;
  list.innerHTML = rows;
  if (studies() !== before) {
    swapped = performance.now();
  }
  if (focused) {
    const again = document.getElementById(focused) ?? list.querySelector("a, button") ?? document.getElementById("content");
    again.focus();
  }
}

list.addEventListener("pointermove", () => { pointed = performance.now(); });
list.addEventListener("click", event => {
  if (event.detail > 0 && performance.now() - swapped < INERT) {
    event.preventDefault();
  }
}, true);

list.addEventListener("keydown", event => {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const row = event.target.closest("[data-study]");
  if (step && row) {
    const rows = [...list.querySelectorAll("[data-study]")];
    rows[rows.indexOf(row) + step]?.querySelector("a").focus();
    event.preventDefault();
  }
});

setInterval(refresh, EVERY);
