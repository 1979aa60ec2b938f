// The window, center and width, that the pictures of one image are drawn in: all of them in the same one.
// Pixels of a drag from the narrowest to the widest window.
const WHOLE_DRAG = 500;

/** @param drawn told once pictures are in another window */
export function windowing(viewer, controls, number, drawn) {
  const pictures = [...viewer.querySelectorAll("img[data-picture]")];
  let chosen = false;
  // The window that the pictures are in, which those that are on their way are not yet.
  let inWindow = null;

  const values = () => ({center: Number(controls.center.value), width: Number(controls.width.value)});
  const text = () => chosen || "given" in controls.dataset
    ? `C ${number.format(controls.center.value)} W ${number.format(controls.width.value)}`
    : null;

  // The address of a picture, as another kind of picture or in the window that is chosen; an overlay has the window that it
  // was delivered with.
  const address = (src, kind) => {
    const url = new URL(src);
    if (kind) {
      url.pathname = url.pathname.replace(/[^/]*$/, kind);
    }
    for (const name of ["center", "width"]) {
      if (chosen && !url.pathname.endsWith("/overlay")) {
        url.searchParams.set(name, controls[name].value);
      } else {
        url.searchParams.delete(name);
      }
    }
    return url.toString();
  };

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
      const asked = text();
      for (const picture of pictures) {
        const to = address(picture.src);
        if (to !== picture.src) {
          picture.src = to;
        }
      }
      await Promise.all(pictures.map(picture => picture.decode().catch(() => null)));
      inWindow = asked;
      drawn();
    }
    drawing = false;
  };

  return {
    values,
    address,
    redraw,
    text: () => inWindow,
    isChosen: () => chosen,
    choose: whether => {
      chosen = whether;
    },
    /** The pictures came in the window that is chosen. */
    came: () => {
      inWindow = text();
    },
    /** Of the window that a drag began with. */
    narrow: (from, right, down) => {
      const unit = (controls.width.max - controls.width.min) / WHOLE_DRAG;
      controls.width.value = from.width + right * unit;
      controls.center.value = from.center + down * unit;
      chosen = true;
    },
  };
}
