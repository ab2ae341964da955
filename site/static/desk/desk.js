/* The desk's own script. Widgets say in data attributes what starts them, because the content policy of the desk
   allows no inline scripts: <template data-desk-start="Chooser" data-desk-id="id_area" data-desk-options="{…}">. */
(function () {
  "use strict";

  function start(note) {
    if (note.dataset.deskStarted) return;
    var starter = window[note.dataset.deskStart];
    if (typeof starter !== "function") return;
    note.dataset.deskStarted = "1";
    var args = [JSON.parse(note.dataset.deskOptions || "{}")];
    if (note.dataset.deskId) args.unshift(note.dataset.deskId);
    if (/^[A-Z]/.test(note.dataset.deskStart)) {
      Reflect.construct(starter, args);
    } else {
      starter.apply(window, args);
    }
  }

  function startAll(root) {
    if (root.matches && root.matches("template[data-desk-start]")) start(root);
    if (root.querySelectorAll) root.querySelectorAll("template[data-desk-start]").forEach(start);
  }

  document.addEventListener("DOMContentLoaded", function () {
    // The date picker replaces what it cannot read (2021年3月31日) by a day of its own: the server reads it, or says why not.
    if (window.jQuery && window.jQuery.fn.datetimepicker) {
      window.jQuery.fn.datetimepicker.defaults.validateOnBlur = false;
    }
    startAll(document);
    // Rows that a form adds later bring their widgets with them.
    new MutationObserver(function (records) {
      records.forEach(function (record) {
        record.addedNodes.forEach(startAll);
      });
    }).observe(document.body, { childList: true, subtree: true });

    // A choice that needs no button: the form goes by itself where scripts run, by its button elsewhere.
    document.querySelectorAll("form[data-desk-autosubmit] select").forEach(function (select) {
      select.addEventListener("change", function () {
        select.form.submit();
      });
    });
  });
})();
