// A picture becomes a live chart when it is asked for: Vega is large, and few need it.
(function () {
  "use strict";
  const library = document.currentScript.dataset.vega;
  let loading = null;

  function script(source) {
    return new Promise(function (resolve, reject) {
      const element = document.createElement("script");
      element.src = source;
      element.addEventListener("load", resolve);
      element.addEventListener("error", reject);
      document.head.append(element);
    });
  }

  window.eastflankChart = function (chart) {
    const place = document.getElementById("picture-" + chart.name);
    const holder = document.createElement("div");
    place.replaceChildren(holder);
    // The content policy forbids to evaluate text: expressions are read as trees.
    return window.vegaEmbed(holder, chart.spec, {
      mode: "vega", ast: true, renderer: "svg", actions: false, defaultStyle: false,
      tooltip: { disableDefaultStyle: true },
    });
  };

  for (const button of document.querySelectorAll("button.live")) {
    button.hidden = false;
    button.addEventListener("click", async function () {
      button.hidden = true;
      loading = loading || script(library);
      await loading;
      await script(button.dataset.chart + ".js");
    });
  }
})();
