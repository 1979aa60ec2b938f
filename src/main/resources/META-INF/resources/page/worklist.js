// Keeps the list fresh. What a pointer presses is what it moved to, focus stays with its study.
const EVERY = 5000;
const SETTLED = 3000;
const INERT = 700;
/** Pixels: less is a hand that trembles, more is a hand that goes there. */
const MOVED = 10;

const list = document.getElementById("list");
const fresh = document.getElementById("fresh");
/** The rows as the server gave them last: what is read, or chosen to be copied, stays where nothing has changed. */
let shown = null;
let pointed = -Infinity;
let swapped = -Infinity;
/** Where a pointer rests that can rest: null of a touch. */
let resting = null;
/** What came under a pointer that did not move to it, and where that was; null where nothing did. */
let unawares = null;
let surprised = null;

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

/** What a press on an element does, and to which study; null outside of the list. */
function aim(element) {
  const row = element?.closest("#list [data-study]");
  return row ? `${row.dataset.study} ${element.closest("button, a")?.id ?? ""}` : null;
}

function aimed() {
  return resting && aim(document.elementFromPoint(resting.x, resting.y));
}

function busy() {
  return performance.now() - pointed < SETTLED;
}

async function refresh() {
  if (document.hidden || busy()) {
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
    const html = await answer.text();
    if (busy()) {
      return;
    }
    if (html !== shown) {
      shown = html;
      show(html);
    }
    fresh.classList.remove("moved");
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
  const aimedAt = aimed();
  list.innerHTML = html;
  const now = aimed();
  if (now !== aimedAt) {
    surprised = resting;
    unawares = now;
  } else if (now !== unawares) {
    unawares = null;
  }
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

document.addEventListener("pointermove", event => {
  resting = event.pointerType === "touch" ? null : { x: event.clientX, y: event.clientY };
  const far = surprised && Math.hypot(event.clientX - surprised.x, event.clientY - surprised.y) > MOVED;
  if (far || aim(event.target) !== unawares) {
    unawares = null;
  }
});
list.addEventListener("pointermove", () => { pointed = performance.now(); });
list.addEventListener("click", event => {
  const moved = unawares !== null && aim(event.target) === unawares;
  if (event.detail > 0 && (moved || performance.now() - swapped < INERT)) {
    event.preventDefault();
    pointed = performance.now();
    fresh.textContent = fresh.dataset.moved;
    fresh.classList.add("moved");
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
