// Ten seconds at night: does everything move, and if not, which partition does not, and why.

import { PauseAction, RecordActions } from "./actions.js";
import { Chart } from "./chart.js";
import { behind, brief, byUrgency, count, duration, idOf, plural, rate, sentence } from "./format.js";
import { h } from "./lib.js";
import { isAway, now, useLive } from "./live.js";
import { Empty, State } from "./widgets.js";

const HELD_SHOWN = 6;

function heldOf(live) {
    return [...live.partitions]
        .flatMap(([consumer, partitions]) => [...partitions.values()].map(partition => ({ consumer, partition })))
        .filter(({ partition }) => partition.condition === "HELD")
        .sort((one, other) => byUrgency(one.partition, other.partition) || one.consumer.localeCompare(other.consumer));
}

function Verdict({ live, held }) {
    const { consumers, ready, state } = live.overview;
    const failed = consumers.filter(consumer => consumer.failure);
    const partitions = consumers.reduce((sum, consumer) => sum + consumer.partitions, 0);
    const whole = held.filter(({ partition }) => partition.whole).length;
    if (isAway()) {
        return h(Sign, { tone: "warn", title: "No word from the process" },
            h("p", null, "It ended, or cannot be reached from here. What follows is old."));
    }
    if (failed.length > 0) {
        return h(Sign, { tone: "bad", title: `${plural(failed.length, "consumer", "consumers")} stopped` },
            failed.map(consumer => h("p", { key: consumer.name }, h("b", null, consumer.name), `: ${consumer.failure}`)));
    }
    if (held.length > 0) {
        const rest = partitions - held.length;
        return h(Sign, { tone: whole > 0 ? "bad" : "warn", title: `${plural(held.length, "partition is", "partitions are")} held up` },
            h("p", null, rest > 0 ? `The other ${plural(rest, "partition moves", "partitions move")} on or ${rest === 1 ? "has" : "have"} nothing to read.`
                : "No other partition is here."));
    }
    if (!ready) {
        return h(Sign, { tone: "warn", title: "Not ready yet" }, h("p", null, `The application is ${state.toLowerCase()}: it has not joined its groups.`));
    }
    return h(Sign, { tone: "good", title: "Everything moves" },
        h("p", null, partitions === 0 ? "No partition is assigned to this process."
            : `${plural(partitions, "partition", "partitions")}, none held up.`));
}

function Sign({ tone, title, children }) {
    return h("section", { class: `verdict verdict-${tone}`, role: "status" }, h("h1", null, title), children);
}

function Held({ consumer, partition, canOperate }) {
    const record = { topic: partition.topic, partition: partition.partition, offset: partition.heldOffset };
    return h("li", { class: partition.whole ? "held whole" : "held" },
        h("div", { class: "held-head" },
            h(State, { partition }),
            h("a", { href: `#/c/${encodeURIComponent(consumer)}/partitions/${encodeURIComponent(idOf(partition))}` }, idOf(partition)),
            h("span", { class: "muted" }, consumer),
            h("span", { class: "held-numbers" }, `lag ${count(partition.lag)} · ${duration(behind(partition, now()))} behind`)),
        h("p", { class: "held-why" }, sentence(partition, now())),
        partition.why ? h("p", { class: "held-detail" }, partition.why) : null,
        canOperate && partition.cause === "HALTED" ? h(RecordActions, { consumer, record }) : null,
        canOperate && partition.cause === "OPERATOR" ? h(PauseAction, { consumer, partitions: [idOf(partition)], isPaused: true }) : null);
}

function Tile({ label, value, tone }) {
    return h("div", { class: tone ? `tile ${tone}` : "tile" }, h("dt", null, label), h("dd", null, value));
}

const THROUGHPUT = [{ label: "handled", field: "handledRate", tone: "--accent" }];
const LAG = [{ label: "lag", field: "lag", tone: "--blue" }];
const IN_FLIGHT = [{ label: "in flight", field: "inFlight", tone: "--violet" }];
const FAILURES = [{ label: "failed", field: "failedRate", tone: "--bad" }];

function Consumer({ consumer, points }) {
    const last = points[points.length - 1] ?? {};
    const path = `#/c/${encodeURIComponent(consumer.name)}`;
    return h("section", { class: "card" },
        h("header", { class: "card-head" },
            h("h2", null, h("a", { href: `${path}/partitions` }, consumer.name)),
            h("span", { class: `pill state-${consumer.state === "RUNNING" ? "advancing" : "partly"}` }, consumer.state.toLowerCase()),
            h("span", { class: "muted" }, `group ${consumer.group} · ${consumer.topics.join(", ")} · order: ${consumer.ordering}`)),
        h("dl", { class: "tiles" },
            h(Tile, { label: "partitions", value: count(consumer.partitions) }),
            h(Tile, { label: "held", value: count(consumer.held), tone: consumer.held > 0 ? "bad" : "" }),
            h(Tile, { label: "behind", value: duration(consumer.behindMillis) }),
            h(Tile, { label: "lag", value: brief(consumer.lag) }),
            h(Tile, { label: "buffered", value: brief(consumer.buffered) }),
            h(Tile, { label: "retried", value: brief(consumer.totals.retried) }),
            h(Tile, { label: "dead letters", value: brief(consumer.totals.deadLettered), tone: consumer.totals.deadLettered > 0 ? "warn" : "" }),
            h(Tile, { label: "skipped", value: brief(consumer.totals.skipped) })),
        h("div", { class: "charts" },
            h(Chart, { title: "Handled per second", value: rate(last.handledRate), points, series: THROUGHPUT, format: rate }),
            h(Chart, { title: "Lag", value: brief(consumer.lag), points, series: LAG, format: brief }),
            h(Chart, { title: "In flight", value: brief(consumer.inFlight), points, series: IN_FLIGHT, format: brief }),
            h(Chart, { title: "Failed per second", value: rate(last.failedRate), points, series: FAILURES, format: rate })));
}

export function Overview({ canOperate }) {
    const live = useLive();
    const held = heldOf(live);
    const { consumers } = live.overview;
    return h("div", { class: "page" },
        h(Verdict, { live, held }),
        held.length === 0 ? null
            : h("ul", { class: "held-list", "aria-label": "Held partitions" },
                held.slice(0, HELD_SHOWN).map(({ consumer, partition }) =>
                    h(Held, { key: `${consumer}/${idOf(partition)}`, consumer, partition, canOperate }))),
        held.length > HELD_SHOWN
            ? h("p", { class: "muted" }, `and ${count(held.length - HELD_SHOWN)} more: see Partitions.`) : null,
        consumers.length === 0
            ? h(Empty, { title: "No consumers" }, "This application has no consumer. Add one under bywash.consumers.")
            : consumers.map(consumer =>
                h(Consumer, { key: consumer.name, consumer, points: live.histories.get(consumer.name) ?? [] })));
}
