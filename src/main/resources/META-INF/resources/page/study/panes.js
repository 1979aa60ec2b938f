// The panes of one image's pictures: all at one zoom and one place, so that they lie over one another.
const ZOOMING = 1.25;

/** @param zoomed told once the zoom is another by wheel, key or double click */
export function scrolled(viewer, controls, zoomed) {
  const panes = [...viewer.querySelectorAll(".pane:not(.absent)")];
  let over = null;

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
    zoomed();
  };
  const whole = () => magnify(1, center(front()));
  const zoom = (steps, at) => {
    const step = Number(controls.zoom.step);
    const now = Number(controls.zoom.value);
    const next = Math.round(now * ZOOMING ** steps / step) * step;
    magnify(steps > 0 ? Math.max(next, now + step) : Math.min(next, now - step), at ?? over ?? center(front()));
  };

  for (const pane of panes) {
    pane.addEventListener("scroll", () => {
      if (pane.clientWidth && put.get(pane) !== place(pane)) {
        follow(pane);
      }
    });
    pane.addEventListener("pointermove", event => {
      over = {pane, x: event.clientX, y: event.clientY};
    });
    pane.addEventListener("pointerleave", () => over = null);
    pane.addEventListener("dblclick", whole);
  }
  return {panes, middle, follow, scale, whole, zoom};
}
