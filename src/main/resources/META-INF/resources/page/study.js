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
  const scale = () => {
    document.getElementById("viewer").style.setProperty("--zoom", controls.zoom.value);
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
  controls.zoom.addEventListener("input", scale);
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
    scale();
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
  }
  blend();
}
