"use strict";

// Rules ask for what stands before the pixels: the beginning of a file is enough, however long it is.
const BEGINNING = 512 * 1024;

document.getElementById("try")?.addEventListener("change", (event) => {
  const chosen = event.target;
  if (chosen.name !== "file" || !chosen.files[0] || chosen.files[0].size <= BEGINNING) {
    return;
  }
  const transfer = new DataTransfer();
  transfer.items.add(new File([chosen.files[0].slice(0, BEGINNING)], chosen.files[0].name));
  chosen.files = transfer.files;
});
