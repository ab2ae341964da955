/* Tells what was answered, and whether a result was opened: a text and a number, nothing about who asked (search/asked.py). */
const results = document.querySelector("[data-receipt]");

if (results) {
  const tell = (opened) => {
    const said = new FormData();
    said.set("receipt", results.dataset.receipt);
    if (opened) said.set("opened", "1");
    navigator.sendBeacon(results.dataset.counter, said);
  };
  tell(false);
  const opened = (event) => {
    if (event.type === "auxclick" && event.button !== 1) return;
    if (!event.target.closest(".matter a")) return;
    results.removeEventListener("click", opened);
    results.removeEventListener("auxclick", opened);
    tell(true);
  };
  results.addEventListener("click", opened);
  results.addEventListener("auxclick", opened);
}
