// How the pictures of one image are seen: all of them in one window, at one zoom and one place, so that they lie over one
// another. Nothing of it is recorded. What is pointed at is asked of where a picture lies at that moment (study.js).
const CLICK = 4;
const ZOOMING = 1.25;
// Pixels of a drag from the narrowest to the widest window, and those that a key is worth.
const WHOLE_DRAG = 500;
const KEY = 20;

const UNSEEN = {keep() {}, settle() {}, zoom() {}, whole() {}, narrow() {}};

/** @param kept name that the choices go along by, from image to image of the study in this tab */
function view(viewer, kept) {
  const controls = viewer.querySelector("#controls");
  if (!controls) {
    return UNSEEN;
  }
  const upper = viewer.querySelector("#upper");
  const panes = [...viewer.querySelectorAll(".pane:not(.absent)")];
  const pictures = [...viewer.querySelectorAll("img[data-picture]")];
  viewer.style.setProperty("--fit", viewer.querySelector(".panes").dataset.fit);
  const number = new Intl.NumberFormat(document.documentElement.lang, {maximumFractionDigits: 2});
  let windowed = false;
  let over = null;

  // The address of a picture, as another kind of picture or in the window that is chosen; an overlay has the window that it
  // was delivered with.
  const address = (src, kind) => {
    const url = new URL(src);
    if (kind) {
      url.pathname = url.pathname.replace(/[^/]*$/, kind);
    }
    for (const name of ["center", "width"]) {
      if (windowed && !url.pathname.endsWith("/overlay")) {
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
  const front = () => panes.find(pane => pane.clientWidth) ?? panes[0];
  // What part of its picture lies in the middle of a pane.
  const middle = () => {
    const pane = front();
    return {
      x: (pane.scrollLeft + pane.clientWidth / 2) / pane.scrollWidth,
      y: (pane.scrollTop + pane.clientHeight / 2) / pane.scrollHeight,
    };
  };
  const place = pane => `${pane.scrollLeft} ${pane.scrollTop}`;
  // Where panes were put: that they come there is told late, and leads nobody back.
  const put = new Map();
  const follow = pane => {
    for (const other of panes) {
      if (other !== pane) {
        other.scrollTop = pane.scrollTop;
        other.scrollLeft = pane.scrollLeft;
      }
      put.set(other, place(other));
    }
  };
  const scale = at => {
    viewer.style.setProperty("--zoom", controls.zoom.value);
    const pane = front();
    pane.scrollLeft = at.x * pane.scrollWidth - pane.clientWidth / 2;
    pane.scrollTop = at.y * pane.scrollHeight - pane.clientHeight / 2;
    follow(pane);
  };
  const center = pane => {
    const box = pane.getBoundingClientRect();
    return {pane, x: box.left + pane.clientWidth / 2, y: box.top + pane.clientHeight / 2};
  };
  // What lies below the point stays there.
  const magnify = (zoom, {pane, x, y}) => {
    const film = pane.querySelector(".film");
    const before = film.getBoundingClientRect();
    controls.zoom.value = zoom;
    viewer.style.setProperty("--zoom", controls.zoom.value);
    const after = film.getBoundingClientRect();
    pane.scrollLeft += after.left - x + (x - before.left) / before.width * after.width;
    pane.scrollTop += after.top - y + (y - before.top) / before.height * after.height;
    follow(pane);
    tell();
  };
  const tell = () => {
    for (const told of controls.querySelectorAll("[data-of]")) {
      const slider = controls[told.dataset.of];
      const unit = {share: " %", zoom: "×"}[slider.id] ?? "";
      told.textContent = number.format(slider.value) + unit;
      slider.setAttribute("aria-valuetext", told.textContent);
    }
    say();
  };
  // The window that the pictures are in, which those that are on their way are not yet.
  let drawn = null;
  const say = () => {
    for (const shown of viewer.querySelectorAll(".shown")) {
      shown.textContent = `${drawn ?? shown.dataset.first} · ${number.format(controls.zoom.value)}×`;
    }
  };
  const chosen = () => windowed || "given" in controls.dataset
    ? `C ${number.format(controls.center.value)} W ${number.format(controls.width.value)}`
    : null;

  let drawing = false;
  let again = false;
  const redraw = async () => {
    again = true;
    if (drawing) {
      return;
    }
    drawing = true;
    while (again && viewer.isConnected) {
      again = false;
      const asked = chosen();
      for (const picture of pictures) {
        const to = address(picture.src);
        if (to !== picture.src) {
          picture.src = to;
        }
      }
      await Promise.all(pictures.map(picture => picture.decode().catch(() => null)));
      drawn = asked;
      say();
    }
    drawing = false;
  };
  const lay = kind => {
    const to = address(upper.src, kind);
    if (to !== upper.src) {
      upper.src = to;
    }
    upper.alt = controls.querySelector(`input[value="${kind}"]`).parentElement.textContent.trim();
  };
  const arrange = () => {
    const at = middle();
    viewer.classList.toggle("alone", controls.alone.checked);
    viewer.classList.toggle("windowing", controls.windowing.checked);
    scale(at);
  };
  // Of the window that a drag began with.
  const narrow = (from, right, down) => {
    const unit = (controls.width.max - controls.width.min) / WHOLE_DRAG;
    controls.width.value = from.width + right * unit;
    controls.center.value = from.center + down * unit;
    windowed = true;
    tell();
    redraw();
  };
  const values = () => ({center: Number(controls.center.value), width: Number(controls.width.value)});

  controls.share.addEventListener("input", blend);
  controls.zoom.addEventListener("input", () => scale(middle()));
  controls.addEventListener("input", tell);
  for (const name of ["center", "width"]) {
    controls[name].addEventListener("input", () => {
      windowed = true;
      redraw();
    });
  }
  controls.addEventListener("change", event => {
    if (event.target.name === "upper") {
      lay(event.target.value);
    } else if (event.target.type === "checkbox") {
      arrange();
    }
  });
  controls.addEventListener("reset", () => setTimeout(() => {
    windowed = false;
    blend();
    arrange();
    tell();
    const kind = controls.querySelector("input[name=upper]:checked")?.value;
    if (kind) {
      lay(kind);
    }
    redraw();
  }));
  controls.addEventListener("submit", event => event.preventDefault());

  for (const pane of panes) {
    pane.addEventListener("scroll", () => {
      if (pane.clientWidth && put.get(pane) !== place(pane)) {
        follow(pane);
      }
    });
    let from = null;
    pane.addEventListener("pointerdown", event => {
      const box = pane.getBoundingClientRect();
      if (event.clientX - box.left >= pane.clientWidth || event.clientY - box.top >= pane.clientHeight) {
        return;
      }
      const windowing = event.button === 2 || event.button === 0 && (event.shiftKey || controls.windowing.checked);
      // A finger moves the picture by itself.
      if (windowing || event.button === 0 && event.pointerType !== "touch") {
        pane.setPointerCapture(event.pointerId);
        from = {
          windowing, x: event.clientX, y: event.clientY, left: pane.scrollLeft, top: pane.scrollTop, ...values(), far: false,
        };
      }
    });
    pane.addEventListener("pointermove", event => {
      over = {pane, x: event.clientX, y: event.clientY};
      if (!from) {
        return;
      }
      const right = event.clientX - from.x;
      const down = event.clientY - from.y;
      from.far ||= Math.hypot(right, down) >= CLICK;
      if (!from.windowing) {
        pane.scrollLeft = from.left - right;
        pane.scrollTop = from.top - down;
        follow(pane);
      } else if (from.far) {
        narrow(from, right, down);
      }
    });
    pane.addEventListener("pointerleave", () => over = null);
    for (const end of ["pointerup", "pointercancel", "lostpointercapture"]) {
      pane.addEventListener(end, () => from = null);
    }
    // A menu that is asked for by a key is none of a drag.
    pane.addEventListener("contextmenu", event => event.button === 2 && event.preventDefault());
    pane.addEventListener("dragstart", event => event.preventDefault());
    pane.addEventListener("dblclick", () => whole());
  }

  const whole = () => magnify(1, center(front()));
  const zoom = (steps, at) => {
    const step = Number(controls.zoom.step);
    const now = Number(controls.zoom.value);
    const next = Math.round(now * ZOOMING ** steps / step) * step;
    magnify(steps > 0 ? Math.max(next, now + step) : Math.min(next, now - step), at ?? over ?? center(front()));
  };

  const keep = () => {
    const choices = {at: middle(), windowed, upper: controls.querySelector("input[name=upper]:checked")?.value};
    for (const slider of controls.querySelectorAll("input[type=range]")) {
      choices[slider.id] = slider.value;
    }
    for (const box of controls.querySelectorAll("input[type=checkbox]")) {
      choices[box.id] = box.checked;
    }
    sessionStorage.setItem(kept, JSON.stringify(choices));
  };
  let settle = () => {};
  const before = JSON.parse(sessionStorage.getItem(kept));
  if (before) {
    windowed = before.windowed;
    for (const id of windowed ? ["share", "zoom", "center", "width"] : ["share", "zoom"]) {
      // Another image's values may end sooner: it is seen in the same window all the same.
      controls[id].min = Math.min(controls[id].min, before[id]);
      controls[id].max = Math.max(controls[id].max, before[id]);
      controls[id].value = before[id];
    }
    for (const box of controls.querySelectorAll("input[type=checkbox]")) {
      box.checked = before[box.id] === true;
    }
    const radio = controls.querySelector(`input[name=upper][value="${before.upper}"]`);
    if (radio) {
      radio.checked = true;
      lay(radio.value);
    }
    arrange();
    scale(before.at);
    settle = () => scale(before.at);
  }
  blend();
  if (windowed) {
    redraw();
  } else {
    drawn = chosen();
  }
  tell();
  return {
    keep,
    settle: () => settle(),
    zoom,
    whole,
    narrow: (right, down) => narrow(values(), right * KEY, down * KEY),
  };
}
