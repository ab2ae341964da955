// What Wagtail starts with inline scripts, started from data attributes instead: the desk's content policy allows no
// inline script. Templates: site/templates/wagtailadmin/widgets and panels.
(() => {
  const { Controller } = window.StimulusModule;

  class PickerController extends Controller {
    static values = { kind: String, input: String, options: Object };

    connect() {
      const start = window[`init${this.kindValue}Chooser`];
      if (start && document.getElementById(this.inputValue)) start(this.inputValue, this.optionsValue);
    }
  }

  class RowsController extends Controller {
    static values = { kind: String, options: Object };

    connect() {
      // Once: a panel that is moved in the page connects again.
      if (this.element.dataset.started) return;
      this.element.dataset.started = "true";
      new window[this.kindValue](this.optionsValue);
    }
  }

  class ChooserController extends Controller {
    static values = { kind: String, input: String, options: Object };

    connect() {
      if (this.element.dataset.started) return;
      this.element.dataset.started = "true";
      const Kind = this.kindValue.split(".").reduce((found, part) => found[part], window);
      new Kind(this.inputValue, this.optionsValue);
    }
  }

  window.wagtail.app.register("desk-chooser", ChooserController);
  window.wagtail.app.register("desk-picker", PickerController);
  window.wagtail.app.register("desk-rows", RowsController);
})();
