// The records that are under way, and those that failed and wait.

import { RecordActions } from "./actions.js";
import { consumerPath } from "./api.js";
import { causeLabel, count, due, duration, recordId, since } from "./format.js";
import { h, useState } from "./lib.js";
import { now, useLive } from "./live.js";
import { StackDialog } from "./partition.js";
import { Empty, Loaded, Table, useResource } from "./widgets.js";

export function InFlight({ consumer }) {
    useLive();
    const resource = useResource(consumerPath(consumer, "calls"), 1_000);
    const [asked, setAsked] = useState(null);
    const columns = [
        { title: "Record", cell: call => h("code", null, recordId(call)) },
        { title: "Under way for", class: "num", cell: call => duration(since(call.since, now())) },
        { title: "Attempt", class: "num", cell: call => count(call.attempt) },
        { title: "Thread", cell: call => call.thread },
        { title: "", cell: call => h("button", { type: "button", onClick: () => setAsked(call) }, "Stack") },
    ];
    return h("div", { class: "page" },
        h(Loaded, { resource }, ({ calls }) => calls.length === 0
            ? h(Empty, { title: "No call is under way" }, "Calls that last less than a quarter of a second are not listed.")
            : h(Table, { label: "Records in flight", columns, keyOf: recordId, rows: [...calls].sort((one, other) => one.since.localeCompare(other.since)) })),
        asked ? h(StackDialog, { consumer, call: asked, onClose: () => setAsked(null) }) : null);
}

/** Those that wait for a person come first, then those that are due next. */
function byNeed(one, other) {
    return (one.until ?? "").localeCompare(other.until ?? "");
}

export function Waiting({ consumer, canOperate }) {
    useLive();
    const resource = useResource(consumerPath(consumer, "waiting"), 1_000);
    const columns = [
        { title: "Record", cell: record => h("code", null, recordId(record)) },
        { title: "Key", cell: record => record.key ?? "–" },
        { title: "Waits for", cell: record => causeLabel(record.cause) },
        { title: "Next attempt", cell: record => due(record.until, now()) ?? "when you decide" },
        { title: "Failed", class: "num", cell: record => `${count(record.attempts)} ×` },
        { title: "Last failure", class: "c-text", cell: record => record.why },
        { title: "", cell: record => canOperate && record.cause === "HALTED" ? h(RecordActions, { consumer, record }) : null },
    ];
    return h("div", { class: "page" },
        h(Loaded, { resource }, ({ records }) => records.length === 0
            ? h(Empty, { title: "No record waits" }, "Records that failed are here until their next attempt, or until you decide.")
            : h(Table, { label: "Waiting records", columns, keyOf: recordId, rows: [...records].sort(byNeed) })));
}
