// The viewer of a study's page. It is drawn anew, as a whole, for each image that is gone to, so that pictures, judgement and
// answer are always of one image.
let viewer = document.getElementById("viewer");
// Of the viewer that is shown. Once its pictures have a size, the place that was kept can be gone to: it settles.
let seen = UNSEEN;

function attach() {
  mark(viewer.dataset.column, viewer.dataset.row);
  seen = view(viewer, `view of ${viewer.dataset.page}`);
}

/** Shows the place of something that was missed, in pixels of the source. */
function mark(column, row) {
  viewer.querySelectorAll(".missed-place").forEach(old => old.remove());
  if (!column || !row) {
    return;
  }
  for (const film of viewer.querySelectorAll(".film")) {
    const picture = film.querySelector("img");
    const lay = () => {
      const place = document.createElement("span");
      place.className = "missed-place";
      place.style.setProperty("--x", (Number(column) + 0.5) / picture.naturalWidth);
      place.style.setProperty("--y", (Number(row) + 0.5) / picture.naturalHeight);
      film.querySelectorAll(".missed-place").forEach(old => old.remove());
      film.append(place);
    };
    if (picture?.naturalWidth) {
      lay();
    } else {
      picture?.addEventListener("load", lay, {once: true});
    }
  }
}

function point(event) {
  const picture = event.target.closest(".pane")?.querySelector("img");
  const column = document.getElementById("answer-column");
  if (!picture?.naturalWidth || !column) {
    return;
  }
  const box = picture.getBoundingClientRect();
  const x = Math.floor((event.clientX - box.left) / box.width * picture.naturalWidth);
  const y = Math.floor((event.clientY - box.top) / box.height * picture.naturalHeight);
  if (x >= 0 && x < picture.naturalWidth && y >= 0 && y < picture.naturalHeight) {
    place(String(x), String(y));
  }
}

function place(column, row) {
  document.getElementById("answer-column").value = column;
  document.getElementById("answer-row").value = row;
  mark(column, row);
}

/** Shows the place that is typed, once it is one. */
function markTyped() {
  const [column, row] = ["column", "row"].map(name => document.getElementById(`answer-${name}`));
  if (column) {
    mark(column.validity.valid && column.value, row.validity.valid && row.value);
  }
}

function answered(field) {
  return document.getElementById(`answer-${field}`)?.value;
}

let wanted = viewer?.dataset.rank;
let going = false;
let pictured = false;

/** Why no answer would be of an image that is seen: pictures are on their way, or cannot be had. Null where all are seen. */
function unseen() {
  if (!pictured || going) {
    return "early";
  }
  return [...viewer.querySelectorAll("img[data-picture]")].every(picture => picture.naturalWidth > 0) ? null : "broken";
}

async function see() {
  const seeing = viewer;
  const pictures = [...seeing.querySelectorAll("img")];
  pictured = false;
  do {
    await Promise.all(pictures.map(picture => picture.decode().catch(() => null)));
  } while (seeing === viewer && pictures.some(picture => !picture.complete));
  pictured = seeing === viewer;
}

/** Goes to the image that was asked for last; those that were asked for meanwhile are passed over. */
async function go(rank) {
  wanted = String(rank);
  if (going) {
    return;
  }
  going = true;
  unsay();
  try {
    while (wanted !== viewer.dataset.rank) {
      await show(wanted);
    }
  } finally {
    going = false;
  }
}

async function show(rank) {
  const chosen = viewer.dataset.earlier ? `&earlier=${encodeURIComponent(viewer.dataset.earlier)}` : "";
  const page = `${viewer.dataset.page}?image=${rank}${chosen}`;
  const answer = await fetch(`${viewer.dataset.page}/viewer?image=${rank}${chosen}`, {headers: {Accept: "*/*"}}).catch(() => null);
  if (!answer?.ok) {
    // The page itself says what is wrong.
    carryTyped();
    location.assign(page);
    return new Promise(() => {});
  }
  const template = document.createElement("template");
  template.innerHTML = await answer.text();
  const fresh = template.content.querySelector("#viewer");
  seen.keep();
  keepTyped();
  const held = viewer.contains(document.activeElement) ? document.activeElement.id : null;
  const open = viewer.querySelector("#keys")?.open;
  const singly = document.getElementById("single-keys").checked;
  const at = viewer.getBoundingClientRect().top;
  const said = [...document.getElementById("said")?.childNodes ?? []];
  viewer.replaceWith(fresh);
  viewer = fresh;
  attach();
  document.getElementById("said")?.append(...said);
  putTyped();
  document.getElementById("keys").open = open;
  document.getElementById("single-keys").checked = singly;
  scrollBy(0, viewer.getBoundingClientRect().top - at);
  if (held !== null) {
    (document.getElementById(held) ?? viewer).focus({preventScroll: true});
  }
  for (const link of document.querySelectorAll(".images a")) {
    if (link.dataset.rank === viewer.dataset.rank) {
      link.setAttribute("aria-current", "true");
    } else {
      link.removeAttribute("aria-current");
    }
  }
  history.replaceState(null, "", page);
  await see();
  seen.settle();
}

/** Of the slices in the order of the series, so many on from the one that is asked for. */
function move(steps) {
  const ranks = document.getElementById("slice")?.dataset.ranks.split(",");
  if (!ranks) {
    return;
  }
  const to = Math.min(ranks.length - 1, Math.max(0, ranks.indexOf(wanted) + steps));
  go(ranks[to]);
}

const KEYS = {
  a: "answer-agree", d: "answer-disagree", u: "answer-unsure", m: "answer-missed", n: "next-finding", s: "next-study",
};

const ZOOMS = {"+": 1, "=": 1, "-": -1, "0": 0};
const WINDOWS = {ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1]};

function key(event) {
  const repeatable = event.key.startsWith("Arrow") || event.key in ZOOMS;
  if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || event.repeat && !repeatable) {
    return;
  }
  const target = event.target;
  const types = target.closest("select, textarea, input:not([type=range], [type=radio], [type=checkbox])");
  const singly = document.getElementById("single-keys").checked;
  if (event.shiftKey && event.key in WINDOWS) {
    if (target.tagName !== "INPUT" && !types) {
      event.preventDefault();
      seen.narrow(...WINDOWS[event.key]);
    }
    return;
  }
  if (event.key in ZOOMS) {
    if (!types && (singly || target.closest(".pane"))) {
      event.preventDefault();
      if (ZOOMS[event.key]) {
        seen.zoom(ZOOMS[event.key]);
      } else {
        seen.whole();
      }
    }
    return;
  }
  const step = {ArrowDown: 1, ArrowUp: -1}[event.key];
  if (step) {
    const pane = target.closest(".pane");
    const moves = pane ? pane.scrollHeight <= pane.clientHeight + 1 : !target.closest(".scroll, ol");
    if (target.id === "slice" || moves && !types && target.tagName !== "INPUT") {
      event.preventDefault();
      move(step);
    }
    return;
  }
  const button = document.getElementById(KEYS[event.key.toLowerCase()]);
  if (!button || types || !singly) {
    return;
  }
  event.preventDefault();
  const column = document.getElementById("answer-column");
  if (button.id === "answer-missed" && column.value === "") {
    column.focus();
  } else {
    button.click();
  }
}

if (viewer) {
  attach();
  takeCarried();
  see();
  document.addEventListener("keydown", key);
  document.addEventListener("click", event => {
    const link = event.target.closest("a[data-rank]");
    if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      go(link.dataset.rank);
    }
  });
  document.addEventListener("input", event => {
    if (event.target.id === "slice") {
      go(event.target.dataset.ranks.split(",")[event.target.value - 1]);
    } else if (event.target.id === "answer-column" || event.target.id === "answer-row") {
      markTyped();
    }
  });
  document.addEventListener("wheel", event => {
    const pane = event.target.closest(".pane:not(.absent)");
    if (!pane || !event.ctrlKey && !document.getElementById("slice")) {
      return;
    }
    event.preventDefault();
    const step = notch(event);
    if (step && zooming) {
      seen.zoom(-step, {pane, x: event.clientX, y: event.clientY});
    } else if (step) {
      move(step);
    }
  }, {passive: false});
  const singly = document.getElementById("single-keys");
  singly.checked = localStorage.getItem("single keys") !== "off";
  document.addEventListener("change", event => {
    if (event.target.id === "single-keys") {
      localStorage.setItem("single keys", event.target.checked ? "on" : "off");
    }
  });
  window.addEventListener("pagehide", () => seen.keep());
  window.addEventListener("load", () => seen.settle());
  // A drag ends in a click too, even one that comes back to where it began.
  let pressed = null;
  document.addEventListener("pointerdown", event => { pressed = event; });
  document.addEventListener("pointermove", event => {
    if (pressed && Math.hypot(event.clientX - pressed.clientX, event.clientY - pressed.clientY) >= CLICK) {
      pressed = null;
    }
  });
  let before = null;
  document.addEventListener("click", event => {
    if (pressed && event.detail === 1 && event.target.closest(".pane")) {
      before = {viewer, column: answered("column"), row: answered("row")};
      point(event);
    }
  });
  // It shows the whole picture, and points at nothing.
  document.addEventListener("dblclick", event => {
    if (event.target.closest(".pane") && before?.viewer === viewer && before.column !== undefined) {
      place(before.column, before.row);
    }
  });
} else {
  // Without an image there is still a next study.
  document.addEventListener("keydown", event => {
    if (event.key === "s" && event.target === document.body && localStorage.getItem("single keys") !== "off") {
      document.getElementById("next-study")?.click();
    }
  });
}
