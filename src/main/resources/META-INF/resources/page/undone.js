// Told once: an address that is loaded again, or sent to somebody, does not tell it anew.
const here = new URL(location.href);
here.searchParams.delete("undone");
history.replaceState(history.state, "", here);
