// The viewer of a study's page. It is drawn anew, as a whole, for each image that is gone to, so that pictures, judgement and
// answer are always of one image.
const TURN = 40;
const CLICK = 4;

let viewer = document.getElementById("viewer");
const kept = `view of ${viewer?.dataset.page}`;
// What is to be kept of the view, by the viewer that is shown.
let keep = () => {};
// Once its pictures have a size, the place that was kept can be gone to.
let settle = () => {};

function attach() {
  const controls = viewer.querySelector("#controls");
  settle = () => {};
  mark(viewer.dataset.column, viewer.dataset.row);
  if (!controls) {
    return;
  }
  const upper = viewer.querySelector("#upper");
  const panes = [...viewer.querySelectorAll(".pane")];
  const pictures = [...viewer.querySelectorAll("img[data-picture]")];
  let windowed = false;

  // The address of a picture, as another kind of picture or in the window that is chosen.
  const address = (src, kind) => {
    const url = new URL(src);
    if (kind) {
      url.pathname = url.pathname.replace(/[^/]*$/, kind);
    }
    for (const name of ["center", "width"]) {
      if (windowed) {
        url.searchParams.set(name, controls[name].value);
      } else {
        url.searchParams.delete(name);
      }
    }
    return url.toString();
  };

  const blend = () => {
    upper?.style.setProperty("opacity", controls.share.value / 100);
  };
  // What part of its picture lies in the middle of a pane.
  const middle = () => {
    const pane = panes[0];
    return {
      x: (pane.scrollLeft + pane.clientWidth / 2) / pane.scrollWidth,
      y: (pane.scrollTop + pane.clientHeight / 2) / pane.scrollHeight,
    };
  };
  const scale = at => {
    viewer.style.setProperty("--zoom", controls.zoom.value);
    for (const pane of panes) {
      pane.scrollLeft = at.x * pane.scrollWidth - pane.clientWidth / 2;
      pane.scrollTop = at.y * pane.scrollHeight - pane.clientHeight / 2;
    }
  };
  const tell = () => {
    const number = new Intl.NumberFormat(document.documentElement.lang, {maximumFractionDigits: 2});
    for (const told of controls.querySelectorAll("[data-of]")) {
      const slider = controls[told.dataset.of];
      const unit = {share: " %", zoom: "×"}[slider.id] ?? "";
      told.textContent = number.format(slider.value) + unit;
      slider.setAttribute("aria-valuetext", told.textContent);
    }
  };
  const redraw = () => {
    for (const picture of pictures) {
      picture.src = address(picture.src);
    }
  };
  const lay = kind => {
    upper.src = address(upper.src, kind);
    upper.alt = controls.querySelector(`input[value="${kind}"]`).parentElement.textContent.trim();
  };

  controls.share.addEventListener("input", blend);
  controls.zoom.addEventListener("input", () => scale(middle()));
  controls.addEventListener("input", tell);
  for (const name of ["center", "width"]) {
    controls[name].addEventListener("change", () => {
      windowed = true;
      redraw();
    });
  }
  controls.addEventListener("change", event => {
    if (event.target.name === "upper") {
      lay(event.target.value);
    }
  });
  controls.addEventListener("reset", () => setTimeout(() => {
    windowed = false;
    blend();
    scale(middle());
    tell();
    redraw();
    const kind = controls.querySelector("input[name=upper]:checked")?.value;
    if (kind) {
      lay(kind);
    }
  }));
  controls.addEventListener("submit", event => event.preventDefault());

  for (const pane of panes) {
    pane.addEventListener("scroll", () => {
      for (const other of panes) {
        other.scrollTop = pane.scrollTop;
        other.scrollLeft = pane.scrollLeft;
      }
    });
    let from = null;
    pane.addEventListener("pointerdown", event => {
      // A finger scrolls by itself.
      if (event.pointerType !== "touch" && event.button === 0) {
        pane.setPointerCapture(event.pointerId);
        from = event;
      }
    });
    pane.addEventListener("pointermove", event => {
      if (from) {
        pane.scrollLeft -= event.clientX - from.clientX;
        pane.scrollTop -= event.clientY - from.clientY;
        from = event;
      }
    });
    for (const end of ["pointerup", "pointercancel"]) {
      pane.addEventListener(end, () => from = null);
    }
    pane.addEventListener("dragstart", event => event.preventDefault());
  }

  // The choices go along from image to image of the study, in this tab.
  keep = () => {
    const chosen = {at: middle(), windowed, upper: controls.querySelector("input[name=upper]:checked")?.value};
    for (const slider of controls.querySelectorAll("input[type=range]")) {
      chosen[slider.id] = slider.value;
    }
    sessionStorage.setItem(kept, JSON.stringify(chosen));
  };
  const before = JSON.parse(sessionStorage.getItem(kept));
  if (before) {
    windowed = before.windowed;
    for (const id of windowed ? ["share", "zoom", "center", "width"] : ["share", "zoom"]) {
      // Another image's values may end sooner: it is seen in the same window all the same.
      controls[id].min = Math.min(controls[id].min, before[id]);
      controls[id].max = Math.max(controls[id].max, before[id]);
      controls[id].value = before[id];
    }
    if (windowed) {
      redraw();
    }
    const radio = controls.querySelector(`input[name=upper][value="${before.upper}"]`);
    if (radio) {
      radio.checked = true;
      lay(radio.value);
    }
    scale(before.at);
    settle = () => scale(before.at);
  }
  blend();
  tell();
}

/** Shows the place of something that was missed, in pixels of the source. */
function mark(column, row) {
  viewer.querySelectorAll(".missed-place").forEach(old => old.remove());
  if (!column || !row) {
    return;
  }
  for (const pane of viewer.querySelectorAll(".pane")) {
    const picture = pane.querySelector("img");
    const lay = () => {
      const place = document.createElement("span");
      place.className = "missed-place";
      place.style.setProperty("--x", (Number(column) + 0.5) / picture.naturalWidth);
      place.style.setProperty("--y", (Number(row) + 0.5) / picture.naturalHeight);
      pane.querySelectorAll(".missed-place").forEach(old => old.remove());
      pane.append(place);
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
    column.value = x;
    document.getElementById("answer-row").value = y;
    mark(column.value, String(y));
  }
}

let wanted = viewer?.dataset.rank;
let going = false;

/** Goes to the image that was asked for last; those that were asked for meanwhile are passed over. */
async function go(rank) {
  wanted = String(rank);
  if (going) {
    return;
  }
  going = true;
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
    location.assign(page);
    return new Promise(() => {});
  }
  const template = document.createElement("template");
  template.innerHTML = await answer.text();
  const fresh = template.content.querySelector("#viewer");
  keep();
  const held = viewer.contains(document.activeElement) ? document.activeElement.id : null;
  const open = viewer.querySelector("#keys")?.open;
  const singly = document.getElementById("single-keys").checked;
  const at = viewer.getBoundingClientRect().top;
  viewer.replaceWith(fresh);
  viewer = fresh;
  attach();
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
  await Promise.all([...viewer.querySelectorAll("img")].map(picture => picture.decode().catch(() => null)));
  settle();
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

function key(event) {
  if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || event.repeat && !event.key.startsWith("Arrow")) {
    return;
  }
  const target = event.target;
  const types = target.closest("select, textarea, input:not([type=range], [type=radio], [type=checkbox])");
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
  if (!button || types || !document.getElementById("single-keys").checked) {
    return;
  }
  event.preventDefault();
  const column = document.getElementById("answer-column");
  if (button.id === "answer-missed" && column.value === "") {
    column.focus();
  } else if (!going || !button.closest("form")) {
    // What is seen is answered, never what is still on its way.
    button.click();
  }
}

if (viewer) {
  attach();
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
      mark(document.getElementById("answer-column").value, document.getElementById("answer-row").value);
    }
  });
  let turned = 0;
  document.addEventListener("wheel", event => {
    if (event.ctrlKey || !event.target.closest(".pane") || !document.getElementById("slice")) {
      return;
    }
    event.preventDefault();
    turned += event.deltaMode === 0 ? event.deltaY : event.deltaY * TURN;
    const steps = Math.trunc(turned / TURN);
    if (steps) {
      turned -= steps * TURN;
      move(Math.sign(steps) * Math.min(3, Math.abs(steps)));
    }
  }, {passive: false});
  const singly = document.getElementById("single-keys");
  singly.checked = localStorage.getItem("single keys") !== "off";
  document.addEventListener("change", event => {
    if (event.target.id === "single-keys") {
      localStorage.setItem("single keys", event.target.checked ? "on" : "off");
    }
  });
  // A key that is pressed twice answers once.
  let sent = false;
  document.addEventListener("submit", event => {
    if (event.target.closest("#answers")) {
      if (sent) {
        event.preventDefault();
      }
      sent = true;
    }
  });
  window.addEventListener("pageshow", () => { sent = false; });
  window.addEventListener("pagehide", () => keep());
  window.addEventListener("load", () => settle());
  let pressed = null;
  document.addEventListener("pointerdown", event => { pressed = event; });
  document.addEventListener("click", event => {
    // A drag ends in a click too.
    if (event.detail > 0 && Math.hypot(event.clientX - pressed.clientX, event.clientY - pressed.clientY) < CLICK) {
      point(event);
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
