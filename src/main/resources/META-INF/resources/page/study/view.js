// How the pictures of one image are seen: all of them in one window, at one zoom and one place. Nothing of it is recorded.
import {draggable} from "./drag.js";
import {scrolled} from "./panes.js";
import {windowing} from "./windowing.js";

// Pixels of a drag that a key is worth.
const KEY = 20;

export const UNSEEN = {keep() {}, settle() {}, zoom() {}, whole() {}, narrow() {}};

/** @param kept name that the choices go along by, from image to image of the study in this tab */
export function view(viewer, kept) {
  const controls = viewer.querySelector("#controls");
  if (!controls) {
    return UNSEEN;
  }
  const upper = viewer.querySelector("#upper");
  viewer.style.setProperty("--fit", viewer.querySelector(".panes").dataset.fit);
  const number = new Intl.NumberFormat(document.documentElement.lang, {maximumFractionDigits: 2});

  const tell = () => {
    for (const told of controls.querySelectorAll("[data-of]")) {
      const slider = controls[told.dataset.of];
      const unit = {share: " %", zoom: "×"}[slider.id] ?? "";
      told.textContent = number.format(slider.value) + unit;
      slider.setAttribute("aria-valuetext", told.textContent);
    }
    say();
  };
  const say = () => {
    for (const shown of viewer.querySelectorAll(".shown")) {
      shown.textContent = `${inWindow.text() ?? shown.dataset.first} · ${number.format(controls.zoom.value)}×`;
    }
  };
  const inWindow = windowing(viewer, controls, number, say);
  const places = scrolled(viewer, controls, tell);

  const blend = () => {
    upper?.style.setProperty("opacity", controls.share.value / 100);
  };
  const lay = kind => {
    const to = inWindow.address(upper.src, kind);
    if (to !== upper.src) {
      upper.src = to;
    }
    upper.alt = controls.querySelector(`input[value="${kind}"]`).parentElement.textContent.trim();
  };
  const arrange = () => {
    const at = places.middle();
    viewer.classList.toggle("alone", controls.alone.checked);
    viewer.classList.toggle("windowing", controls.windowing.checked);
    places.scale(at);
  };
  const narrow = (from, right, down) => {
    inWindow.narrow(from, right, down);
    tell();
    inWindow.redraw();
  };
  const chosenUpper = () => controls.querySelector("input[name=upper]:checked")?.value;

  controls.share.addEventListener("input", blend);
  controls.zoom.addEventListener("input", () => places.scale(places.middle()));
  controls.addEventListener("input", tell);
  for (const name of ["center", "width"]) {
    controls[name].addEventListener("input", () => {
      inWindow.choose(true);
      inWindow.redraw();
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
    inWindow.choose(false);
    blend();
    arrange();
    tell();
    if (chosenUpper()) {
      lay(chosenUpper());
    }
    inWindow.redraw();
  }));
  controls.addEventListener("submit", event => event.preventDefault());
  places.panes.forEach(pane => draggable(pane, controls, places.follow, inWindow.values, narrow));

  const keep = () => {
    const choices = {at: places.middle(), windowed: inWindow.isChosen(), upper: chosenUpper()};
    for (const slider of controls.querySelectorAll("input[type=range]")) {
      choices[slider.id] = slider.value;
    }
    for (const box of controls.querySelectorAll("input[type=checkbox]")) {
      choices[box.id] = box.checked;
    }
    sessionStorage.setItem(kept, JSON.stringify(choices));
  };
  const restore = before => {
    inWindow.choose(before.windowed);
    for (const id of before.windowed ? ["share", "zoom", "center", "width"] : ["share", "zoom"]) {
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
    places.scale(before.at);
  };
  const before = JSON.parse(sessionStorage.getItem(kept));
  if (before) {
    restore(before);
  }
  blend();
  if (inWindow.isChosen()) {
    inWindow.redraw();
  } else {
    inWindow.came();
  }
  tell();
  return {
    keep,
    settle: () => {
      if (before) {
        places.scale(before.at);
      }
    },
    zoom: places.zoom,
    whole: places.whole,
    narrow: (right, down) => narrow(inWindow.values(), right * KEY, down * KEY),
  };
}
