const controls = document.getElementById("controls");

if (controls) {
  const upper = document.getElementById("upper");
  const panes = [...document.querySelectorAll(".pane")];
  const pictures = [...document.querySelectorAll("img[data-picture]")];
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
    document.getElementById("viewer").style.setProperty("--zoom", controls.zoom.value);
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
  const kept = `view of ${location.pathname}`;
  window.addEventListener("pagehide", () => {
    const chosen = {at: middle(), windowed, upper: controls.querySelector("input[name=upper]:checked")?.value};
    for (const slider of controls.querySelectorAll("input[type=range]")) {
      chosen[slider.id] = slider.value;
    }
    sessionStorage.setItem(kept, JSON.stringify(chosen));
  });
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
    window.addEventListener("load", () => scale(before.at));
  }
  blend();
  tell();
}
