// All of the viewer by keys alone.
import {move, seen} from "./images.js";

const KEYS = {
  a: "answer-agree", d: "answer-disagree", u: "answer-unsure", m: "answer-missed", n: "next-finding", s: "next-study",
};
const ZOOMS = {"+": 1, "=": 1, "-": -1, "0": 0};
const WINDOWS = {ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1]};
const SLICES = {ArrowDown: 1, ArrowUp: -1};

/** What a key does that goes to the target: it is not done where it types. Null where the key is none of the viewer's. */
function act(event, target, types, singly) {
  if (event.shiftKey && event.key in WINDOWS) {
    return target.tagName !== "INPUT" && !types ? () => seen.narrow(...WINDOWS[event.key]) : null;
  }
  if (event.key in ZOOMS) {
    const step = ZOOMS[event.key];
    return !types && (singly || target.closest(".pane")) ? () => step ? seen.zoom(step) : seen.whole() : null;
  }
  if (event.key in SLICES) {
    const pane = target.closest(".pane");
    const moves = pane ? pane.scrollHeight <= pane.clientHeight + 1 : !target.closest(".scroll, ol");
    const here = target.id === "slice" || moves && !types && target.tagName !== "INPUT";
    return here ? () => move(SLICES[event.key]) : null;
  }
  const button = document.getElementById(KEYS[event.key.toLowerCase()]);
  return button && !types && singly ? () => press(button) : null;
}

function press(button) {
  const column = document.getElementById("answer-column");
  if (button.id === "answer-missed" && column.value === "") {
    column.focus();
  } else {
    button.click();
  }
}

function key(event) {
  const repeatable = event.key.startsWith("Arrow") || event.key in ZOOMS;
  if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || event.repeat && !repeatable) {
    return;
  }
  const types = event.target.closest("select, textarea, input:not([type=range], [type=radio], [type=checkbox])");
  const done = act(event, event.target, types, document.getElementById("single-keys").checked);
  if (done) {
    event.preventDefault();
    done();
  }
}

const SINGLY = "single keys";

function single() {
  return localStorage.getItem(SINGLY) !== "off";
}

export function keys() {
  document.addEventListener("keydown", key);
  document.getElementById("single-keys").checked = single();
  document.addEventListener("change", event => {
    if (event.target.id === "single-keys") {
      localStorage.setItem(SINGLY, event.target.checked ? "on" : "off");
    }
  });
}

/** Without an image there is still a next study. */
export function keysWithoutImage() {
  document.addEventListener("keydown", event => {
    if (event.key === "s" && event.target === document.body && single()) {
      document.getElementById("next-study")?.click();
    }
  });
}
