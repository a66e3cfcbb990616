"use strict";
// The text box of the query page becomes an editor; whoever has no scripts keeps the box, and what is sent is the box's text.
(() => {
  const box = document.getElementById("query");
  const form = box.form;
  const terms = JSON.parse(form.dataset.terms);
  const place = document.createElement("div");
  place.className = "editor";
  box.after(place);
  box.hidden = true;

  ace.config.set("useStrictCSP", true); // its style sheets are linked, none are written
  ace.config.set("loadWorkerFromBlob", false);
  const editor = ace.edit(place, {
    mode: "ace/mode/sparql",
    value: box.value,
    minLines: 12,
    maxLines: 40,
    tabSize: 2,
    wrap: true,
    showPrintMargin: false,
    useWorker: false,
    fontSize: "0.9rem",
    enableLiveAutocompletion: true,
    enableBasicAutocompletion: true,
    textInputAriaLabel: box.labels[0].textContent.trim(),
  });
  editor.renderer.setTheme({ cssClass: "ace-kgbuild", isDark: false, cssText: "" });
  editor.moveCursorTo(0, 0);
  editor.clearSelection();
  // Tab leads on to the button, as in any other field.
  for (const key of ["Tab", "Shift-Tab"]) editor.commands.bindKey(key, null);
  editor.commands.addCommand({
    name: "ask",
    bindKey: { win: "Ctrl-Enter", mac: "Command-Enter" },
    exec: () => form.requestSubmit(),
  });
  form.addEventListener("submit", () => { box.value = editor.getValue(); });
  box.labels[0].addEventListener("click", () => editor.focus());

  editor.completers = [{
    identifierRegexps: [/[\w:]/],
    getCompletions(_editor, session, _position, _prefix, done) {
      const variables = new Set(session.getValue().match(/[?$]\w+/g));
      done(null, [
        ...terms.map(([name, meaning]) => ({ caption: name, value: name, meta: meaning, score: 2 })),
        ...[...variables].map((name) => ({ caption: name, value: name.slice(1), meta: "", score: 1 })),
      ]);
    },
  }];

  const line = Number(form.dataset.line) - 1;
  if (line >= 0) {
    const column = Number(form.dataset.column) - 1;
    editor.session.setAnnotations([{ row: line, column, text: form.dataset.wrong, type: "error" }]);
    editor.session.addMarker(new ace.Range(line, 0, line, Infinity), "mistake", "fullLine", true);
    editor.gotoLine(line + 1, column);
    editor.session.once("change", () => editor.session.clearAnnotations());
  }
})();
