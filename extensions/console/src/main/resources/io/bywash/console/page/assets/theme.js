// Runs before the first paint, so that a dark page never flashes white. The system's colours hold until others are chosen.
(function () {
    "use strict";
    const system = matchMedia("(prefers-color-scheme: dark)");
    let chosen = null;
    try {
        chosen = localStorage.getItem("bywash-theme");
    } catch (denied) {
        // Storage is switched off: a choice holds until the page is loaded again.
    }
    const apply = () => {
        document.documentElement.dataset.theme = chosen ?? (system.matches ? "dark" : "light");
    };
    system.addEventListener("change", apply);
    addEventListener("bywash-theme", event => {
        chosen = event.detail;
        try {
            localStorage.setItem("bywash-theme", chosen);
        } catch (denied) {
            // As above.
        }
        apply();
    });
    apply();
})();
