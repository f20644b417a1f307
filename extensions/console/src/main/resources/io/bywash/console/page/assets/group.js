// What happened to a consumer, and who else is in its group.

import { consumerPath } from "./api.js";
import { count, time } from "./format.js";
import { h } from "./lib.js";
import { Empty, Loaded, Table, useResource } from "./widgets.js";

function names(type) {
    return type.replace(/([a-z])([A-Z])/g, "$1 $2").toLowerCase();
}

function Moved({ label, partitions, all }) {
    if (all === 0) {
        return null;
    }
    const rest = all - partitions.length;
    return h("details", null, h("summary", null, `${label} ${count(all)}`),
        h("p", { class: "muted" }, partitions.join(", "), rest > 0 ? ` and ${count(rest)} more` : ""));
}

export function Timeline({ consumer }) {
    const resource = useResource(consumerPath(consumer, "events"), 2_000);
    return h("div", { class: "page" },
        h(Loaded, { resource }, ({ events }) => events.length === 0
            ? h(Empty, { title: "Nothing happened yet" }, "Rebalances, jumps of positions and failures are told here as they happen.")
            : h("ol", { class: "timeline", "aria-label": "Timeline" },
                events.map((event, index) => h("li", { key: `${event.at}${events.length - index}`, class: event.failure ? "failure" : "" },
                    h("time", { datetime: event.at }, time(event.at)),
                    h("div", null,
                        h("strong", null, names(event.type)),
                        h("p", null, event.text),
                        h(Moved, { label: "claimed", partitions: event.claimed, all: event.claimedCount }),
                        h(Moved, { label: "released", partitions: event.released, all: event.releasedCount })))))));
}

export function Members({ consumer }) {
    const resource = useResource(consumerPath(consumer, "members"), 5_000);
    const columns = [
        { title: "Client", cell: member => h("span", null, member.clientId, member.self ? h("span", { class: "pill" }, "this process") : null) },
        { title: "Host", cell: member => member.host },
        { title: "Partitions", class: "num", cell: member => count(member.partitions.length) },
        { title: "Which", class: "c-text", cell: member => member.partitions.join(", ") },
    ];
    return h("div", { class: "page" },
        h(Loaded, { resource }, ({ members, state, error }) => [
            error ? h("div", { class: "problem", role: "alert" }, h("strong", null, "Kafka does not tell the members"), h("p", null, error)) : null,
            state ? h("p", { class: "muted" }, `The group is ${state.toLowerCase().replaceAll("_", " ")}.`) : null,
            members.length === 0 && !error
                ? h(Empty, { title: "No members" }, "The group is empty: no process has joined it.")
                : h(Table, { label: "Members", columns, keyOf: member => member.memberId, rows: members }),
        ]));
}

export function Configuration() {
    const resource = useResource("/configuration", 0);
    return h("div", { class: "page" },
        h("p", { class: "muted" }, "In effect in this process. Secrets are never shown."),
        h(Loaded, { resource }, ({ lines }) => h("pre", { class: "code", tabindex: 0, "aria-label": "Configuration" }, lines.join("\n"))));
}

export function Audit() {
    const resource = useResource("/audit", 5_000);
    const columns = [
        { title: "At", cell: entry => time(entry.at) },
        { title: "Who", cell: entry => entry.user },
        { title: "From", cell: entry => entry.remote },
        { title: "Action", cell: entry => entry.action },
        { title: "On", cell: entry => h("code", null, entry.target) },
        { title: "Outcome", class: "c-text", cell: entry => entry.outcome },
    ];
    return h("div", { class: "page" },
        h(Loaded, { resource }, ({ entries }) => entries.length === 0
            ? h(Empty, { title: "Nobody did anything yet" }, "Every action is listed here, with who asked for it and what came of it.")
            : h(Table, { label: "Audit log", columns, keyOf: entry => `${entry.at}${entry.action}${entry.target}`, rows: entries })));
}
