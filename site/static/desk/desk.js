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

  // Whatever is typed into the form of a row is handed in every few seconds, so that a closed browser loses nothing.
  function keepUnfinished(status) {
    var form = document.getElementById("w-editor-form");
    var seconds = 5, last = null, sending = null, isOver = false;
    if (!form) return;

    function written() {
      var data = new URLSearchParams();
      new FormData(form).forEach(function (value, name) {
        if (typeof value === "string" && name !== "csrfmiddlewaretoken") data.append(name, value);
      });
      return data.toString();
    }

    function keep() {
      var now = written();
      if (isOver || sending || now === last) return;
      sending = new AbortController();
      fetch(status.dataset.deskKeep, {
        method: "POST",
        body: now,
        headers: {
          "Content-Type": "application/x-www-form-urlencoded",
          "X-CSRFToken": form.querySelector("[name=csrfmiddlewaretoken]").value,
        },
        keepalive: now.length < 60000,
        signal: sending.signal,
      })
        .then(function (response) {
          return response.json();
        })
        .then(function (answer) {
          last = now;
          status.textContent = answer.said;
        })
        .catch(function () {
          if (!isOver) status.textContent = "现在连不上服务器，没有自动保留。请先不要关闭这一页。";
        })
        .finally(function () {
          sending = null;
        });
    }

    form.addEventListener("submit", function () {
      isOver = true;
      if (sending) sending.abort();
    });
    // The widgets write their own first values while they start; what they wrote is nobody's typing.
    window.setTimeout(function () {
      if (last === null) last = written();
    }, 1500);
    window.setInterval(function () {
      if (last !== null) keep();
    }, seconds * 1000);
    document.addEventListener("visibilitychange", function () {
      if (document.visibilityState === "hidden" && last !== null) keep();
    });
  }

  // The box that chooses every row of the page; without scripts each row has its own.
  function chooseAll(event) {
    var label = event.target.closest && event.target.closest("[data-desk-bulk-page]");
    if (!label) return;
    document.querySelectorAll("input[form=desk-bulk]").forEach(function (box) {
      box.checked = event.target.checked;
    });
  }

  document.addEventListener("DOMContentLoaded", function () {
    // The date picker replaces what it cannot read (2021年3月31日) by a day of its own: the server reads it, or says why not.
    if (window.jQuery && window.jQuery.fn.datetimepicker) {
      window.jQuery.fn.datetimepicker.defaults.validateOnBlur = false;
    }
    startAll(document);
    document.querySelectorAll("[data-desk-bulk-page]").forEach(function (label) {
      label.hidden = false;
    });
    document.addEventListener("change", chooseAll);
    document.querySelectorAll("[data-desk-keep]").forEach(keepUnfinished);
    // Rows that a form adds later bring their widgets with them.
    new MutationObserver(function (records) {
      records.forEach(function (record) {
        record.addedNodes.forEach(startAll);
        document.querySelectorAll("[data-desk-bulk-page][hidden]").forEach(function (label) {
          label.hidden = false;
        });
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
