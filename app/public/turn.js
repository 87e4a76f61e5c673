// Turns the pages of the meeting and the wall board by arrow keys; the links do the same without it.
addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, textarea, select, [tabindex='0']");
  if (typing || event.ctrlKey || event.altKey || event.metaKey) return;
  const rel = { ArrowRight: "next", PageDown: "next", ArrowLeft: "prev", PageUp: "prev" }[event.key];
  const link = rel && document.querySelector(`a[rel=${rel}]`);
  if (link) {
    event.preventDefault();
    link.click();
  }
});
