// Copy what a button names, by one click.
(function () {
  "use strict";
  function byHand(text) {
    const area = document.createElement("textarea");
    area.value = text;
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
  }
  window.eastflankCopy = function (text, button) {
    const said = button.textContent;
    const done = function () {
      button.textContent = "Copied";
      setTimeout(function () { button.textContent = said; }, 1500);
    };
    if (navigator.clipboard && window.isSecureContext) {
      navigator.clipboard.writeText(text).then(done, function () { byHand(text); done(); });
    } else {
      byHand(text);
      done();
    }
  };
  for (const button of document.querySelectorAll("button[data-copy]")) {
    button.hidden = false;
    button.addEventListener("click", function () {
      window.eastflankCopy(document.getElementById(button.dataset.copy).textContent, button);
    });
  }
})();
