// Keeps the list fresh. Rows never move under a pointer that is about to press, and focus stays with its study.
const EVERY = 5000;
const SETTLED = 3000;
const INERT = 700;

const list = document.getElementById("list");
const fresh = document.getElementById("fresh");
let pointed = -Infinity;
let swapped = -Infinity;

function rows() {
  return [...list.querySelectorAll("[data-study]")];
}

function studies() {
  return rows().map(row => row.dataset.study);
}

/** Studies in the order in which focus goes to them where one leaves the list: itself, those after it, those before it. */
function from(row) {
  const all = studies();
  const at = rows().indexOf(row);
  return at < 0 ? [] : [...all.slice(at), ...all.slice(0, at).reverse()];
}

function focusOnFirstOf(wanted) {
  const now = rows();
  const row = wanted.map(study => now.find(other => other.dataset.study === study)).find(Boolean) ?? now[0];
  (row?.querySelector("a") ?? document.getElementById("content")).focus();
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

function show(html) {
  const before = studies().join();
  const held = list.contains(document.activeElement) ? document.activeElement : null;
  const wanted = held && from(held.closest("[data-study]"));
  list.innerHTML = html;
  if (studies().join() !== before) {
    swapped = performance.now();
  }
  if (held) {
    const again = held.id && document.getElementById(held.id);
    if (again) {
      again.focus();
    } else {
      focusOnFirstOf(wanted);
    }
  }
}

list.addEventListener("pointermove", () => { pointed = performance.now(); });
list.addEventListener("click", event => {
  if (event.detail > 0 && performance.now() - swapped < INERT) {
    event.preventDefault();
  }
}, true);

document.addEventListener("keydown", event => {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const row = event.target.closest("#list [data-study]");
  const nowhere = event.target === document.body || event.target.id === "content";
  if (step && (row || (nowhere && step > 0))) {
    const all = rows();
    const next = row ? all[all.indexOf(row) + step] : all[0];
    next?.querySelector("a").focus();
    event.preventDefault();
  }
});

// An act loads the page anew.
list.addEventListener("submit", event => {
  sessionStorage.setItem("acted", JSON.stringify(from(event.target.closest("[data-study]"))));
});
const told = new URLSearchParams(location.search).get("told");
if (told) {
  const wanted = JSON.parse(sessionStorage.getItem("acted") ?? "[]");
  sessionStorage.removeItem("acted");
  focusOnFirstOf(wanted[0] === told ? wanted : [told]);
}

setInterval(refresh, EVERY);
