// The viewer of a study's page: what is pressed, turned and pointed at in it.
import {takeCarried} from "./answer.js";
import {attach, go, move, seen} from "./images.js";
import {keys, keysWithoutImage} from "./keys.js";
import {pointing} from "./place.js";
import {see, viewer} from "./viewer.js";
import {notch} from "./wheel.js";

function follow(event) {
  const link = event.target.closest("a[data-rank]");
  if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
    event.preventDefault();
    go(link.dataset.rank);
  }
}

function slide(event) {
  if (event.target.id === "slice") {
    go(event.target.dataset.ranks.split(",")[event.target.value - 1]);
  }
}

function turn(event) {
  const pane = event.target.closest(".pane:not(.absent)");
  if (!pane || !event.ctrlKey && !document.getElementById("slice")) {
    return;
  }
  event.preventDefault();
  const step = notch(event);
  if (step && event.ctrlKey) {
    seen.zoom(-step, {pane, x: event.clientX, y: event.clientY});
  } else if (step) {
    move(step);
  }
}

if (viewer()) {
  attach();
  takeCarried();
  see();
  keys();
  document.addEventListener("click", follow);
  document.addEventListener("input", slide);
  document.addEventListener("wheel", turn, {passive: false});
  pointing();
  window.addEventListener("pagehide", () => seen.keep());
  window.addEventListener("load", () => seen.settle());
} else {
  keysWithoutImage();
}
document.documentElement.dataset.scripts = "run";
