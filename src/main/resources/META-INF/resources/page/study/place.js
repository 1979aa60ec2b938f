// The place of something that was missed, in pixels of the source: pointed at, typed, and shown on every picture. Where it is
// pointed at is asked of where a picture lies at that moment.
import {CLICK} from "./drag.js";
import {viewer} from "./viewer.js";

export function mark(column, row) {
  viewer().querySelectorAll(".missed-place").forEach(old => old.remove());
  if (!column || !row) {
    return;
  }
  for (const film of viewer().querySelectorAll(".film")) {
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

function field(name) {
  return document.getElementById(`answer-${name}`);
}

function point(event) {
  const picture = event.target.closest(".pane")?.querySelector("img");
  if (!picture?.naturalWidth || !field("column")) {
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
  field("column").value = column;
  field("row").value = row;
  mark(column, row);
}

/** Shows the place that is typed, once it is one. */
export function markTyped() {
  const [column, row] = ["column", "row"].map(field);
  if (column) {
    mark(column.validity.valid && column.value, row.validity.valid && row.value);
  }
}

/** A click points at a place. */
export function pointing() {
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
      before = {viewer: viewer(), column: field("column")?.value, row: field("row")?.value};
      point(event);
    }
  });
  // It shows the whole picture, and points at nothing.
  document.addEventListener("dblclick", event => {
    if (event.target.closest(".pane") && before?.viewer === viewer() && before.column !== undefined) {
      place(before.column, before.row);
    }
  });
  document.addEventListener("input", event => {
    if (event.target === field("column") || event.target === field("row")) {
      markTyped();
    }
  });
}
