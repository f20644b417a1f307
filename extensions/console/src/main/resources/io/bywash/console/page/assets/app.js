// The frame of the page: where one is, what is shown there, and who one is.

import { session } from "./api.js";
import { DeadLetters } from "./deadletters.js";
import { time } from "./format.js";
import { Audit, Configuration, Members, Timeline } from "./group.js";
import { h, render, useEffect, useState } from "./lib.js";
import { isAway, start, useLive } from "./live.js";
import { Overview } from "./overview.js";
import { Partitions } from "./partitions.js";
import { InFlight, Waiting } from "./records.js";
import { Problem } from "./widgets.js";

const CONSUMER_VIEWS = [
    ["partitions", "Partitions", Partitions],
    ["in-flight", "In flight", InFlight],
    ["waiting", "Waiting", Waiting],
    ["dead-letters", "Dead letters", DeadLetters],
    ["timeline", "Timeline", Timeline],
    ["members", "Members", Members],
];
const GLOBAL_VIEWS = [
    ["configuration", "Configuration", Configuration],
    ["audit", "Audit", Audit],
];
const LINKS = { connecting: "connecting…", live: "live", away: "reconnecting…" };

/** `#/`, `#/audit` or `#/c/<consumer>/<view>/<what is chosen there>`. */
function readRoute() {
    const parts = location.hash.replace(/^#\/?/, "").split("/").map(part => {
        try {
            return decodeURIComponent(part);
        } catch (malformed) {
            return part;
        }
    });
    return parts[0] === "c" ? { consumer: parts[1], view: parts[2], selected: parts[3] } : { consumer: null, view: parts[0] || "overview" };
}

function useRoute() {
    const [route, setRoute] = useState(readRoute());
    useEffect(() => {
        const moved = () => setRoute(readRoute());
        addEventListener("hashchange", moved);
        return () => removeEventListener("hashchange", moved);
    }, []);
    return route;
}

function ThemeButton() {
    const theme = () => document.documentElement.dataset.theme;
    const [isDark, setDark] = useState(theme() === "dark");
    const toggle = () => {
        dispatchEvent(new CustomEvent("bywash-theme", { detail: isDark ? "light" : "dark" }));
        setDark(theme() === "dark");
    };
    return h("button", { type: "button", class: "quiet", "aria-label": isDark ? "Light colours" : "Dark colours", onClick: toggle }, isDark ? "☀" : "☾");
}

function Tabs({ route, consumer }) {
    const tab = (href, label, isHere) => h("a", { key: href, href, "aria-current": isHere ? "page" : null }, label);
    const path = `#/c/${encodeURIComponent(consumer ?? "")}`;
    return h("nav", { class: "tabs", "aria-label": "Pages" },
        tab("#/", "Overview", route.view === "overview"),
        consumer ? CONSUMER_VIEWS.map(([view, label]) => tab(`${path}/${view}`, label, route.view === view)) : null,
        GLOBAL_VIEWS.map(([view, label]) => tab(`#/${view}`, label, route.view === view)));
}

function ConsumerChoice({ consumers, consumer, view }) {
    if (consumers.length < 2) {
        return null;
    }
    const isView = CONSUMER_VIEWS.some(([name]) => name === view);
    const choose = event => {
        location.hash = `#/c/${encodeURIComponent(event.target.value)}/${isView ? view : "partitions"}`;
    };
    return h("select", { class: "consumer", "aria-label": "Consumer", value: consumer, onChange: choose },
        consumers.map(({ name }) => h("option", { key: name, value: name }, name)));
}

function View({ route, consumer, canOperate }) {
    if (route.view === "overview") {
        return h(Overview, { canOperate });
    }
    const [, , Global] = GLOBAL_VIEWS.find(([name]) => name === route.view) ?? [];
    if (Global && route.consumer === null) {
        return h(Global);
    }
    const [, , OfConsumer] = CONSUMER_VIEWS.find(([name]) => name === route.view) ?? [];
    if (OfConsumer && consumer === route.consumer) {
        return h(OfConsumer, { key: consumer, consumer, selected: route.selected, canOperate });
    }
    return h("div", { class: "page" }, h(Problem, { error: { message: "There is no such page", detail: "Choose one above." } }));
}

function App({ user }) {
    const live = useLive();
    const route = useRoute();
    const { consumers } = live.overview;
    const [lastConsumer, setLastConsumer] = useState(null);
    const known = name => consumers.some(consumer => consumer.name === name);
    const consumer = [route.consumer, lastConsumer].find(known) ?? consumers[0]?.name ?? null;
    useEffect(() => setLastConsumer(consumer), [consumer]);
    useEffect(() => {
        const held = consumers.reduce((sum, one) => sum + one.held, 0);
        document.title = held > 0 ? `(${held} held) Bywash` : "Bywash";
    });
    return h("div", { class: "shell" },
        h("header", { class: "top" },
            h("a", { class: "brand", href: "#/" }, h("img", { src: "/assets/icon.svg", alt: "", width: 24, height: 24 }), "Bywash"),
            h(ConsumerChoice, { consumers, consumer, view: route.view }),
            h("span", { class: "spacer" }),
            h("span", { class: `link-state ${live.link}`, role: "status" }, LINKS[live.link]),
            h("span", { class: "muted who" }, `${user.user}, ${user.role === "OPERATE" ? "may operate" : "read only"}`),
            h(ThemeButton)),
        h(Tabs, { route, consumer }),
        isAway() ? h("p", { class: "banner", role: "alert" }, `The console does not answer. All of this is as it was at ${time(new Date(live.heardAt).toISOString())}.`) : null,
        h("main", null, h(View, { route, consumer, canOperate: user.role === "OPERATE" })),
        h("footer", { class: "muted" }, `Bywash ${user.version}`));
}

async function main() {
    const app = document.getElementById("app");
    try {
        const user = await session();
        await start();
        render(null, app);
        app.replaceChildren();
        render(h(App, { user }), app);
    } catch (error) {
        render(null, app); // what a start before left there
        app.replaceChildren();
        render(h("div", { class: "shell" }, h(Problem, { error })), app);
        setTimeout(main, 5_000);
    }
}

main();
