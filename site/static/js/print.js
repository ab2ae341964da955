/* A print button where scripts run; without them the browser's own menu prints the same page. */
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
