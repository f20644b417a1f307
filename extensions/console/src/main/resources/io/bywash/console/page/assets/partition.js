// Everything about one partition.

import { PauseAction, RecordActions } from "./actions.js";
import { consumerPath, query } from "./api.js";
import { behind, count, duration, idOf, offset, sentence, since, time } from "./format.js";
import { h, useState } from "./lib.js";
import { now } from "./live.js";
import { Dialog, Loaded, State, useResource } from "./widgets.js";

function Fact({ label, children }) {
    return h("div", null, h("dt", null, label), h("dd", null, children));
}

/** Where the thread of a call is at this moment; asked for by hand, since it stops that thread for an instant. */
export function StackDialog({ consumer, call, onClose }) {
    const { topic, partition } = call;
    const resource = useResource(consumerPath(consumer, `stack${query({ topic, partition, offset: call.offset })}`), 0);
    return h(Dialog, { title: `Call of ${topic}-${partition}@${call.offset}`, onClose, wide: true },
        h(Loaded, { resource }, stack => [
            h("p", { class: "muted" }, `Thread ${stack.thread}`),
            h("pre", { class: "code", tabindex: 0 }, stack.stack.length === 0 ? "On no thread: the handler returned a stage." : stack.stack.join("\n")),
        ]),
        h("div", { class: "buttons" }, h("button", { type: "button", onClick: resource.reload }, "Look again")));
}

function Calls({ consumer, partition }) {
    const resource = useResource(consumerPath(consumer, "calls"), 2_000);
    const [asked, setAsked] = useState(null);
    return h(Loaded, { resource }, ({ calls }) => [
        h("ul", { class: "plain" }, calls
            .filter(call => idOf(call) === idOf(partition))
            .map(call => h("li", { key: call.offset },
                h("code", null, `@${call.offset}`), ` attempt ${call.attempt}, for ${duration(since(call.since, now()))}, on ${call.thread} `,
                h("button", { type: "button", class: "quiet", onClick: () => setAsked(call) }, "Stack")))),
        asked ? h(StackDialog, { consumer, call: asked, onClose: () => setAsked(null) }) : null,
    ]);
}

export function PartitionDialog({ consumer, partition, canOperate, onClose }) {
    const isPaused = partition.pauseReasons.includes("OPERATOR");
    const record = { topic: partition.topic, partition: partition.partition, offset: partition.heldOffset };
    return h(Dialog, { title: idOf(partition), onClose, wide: true },
        h("p", { class: "lead" }, h(State, { partition }), " ", sentence(partition, now())),
        partition.why ? h("p", { class: "held-detail" }, partition.why) : null,
        canOperate ? h("div", { class: "row" },
            partition.cause === "HALTED" ? h(RecordActions, { consumer, record }) : null,
            h(PauseAction, { key: String(isPaused), consumer, partitions: [idOf(partition)], isPaused })) : null,
        h("dl", { class: "facts" },
            h(Fact, { label: "Lag" }, `${count(partition.lag)} records, ${duration(behind(partition, now()))} behind`),
            h(Fact, { label: "More processes could help with" }, `${count(partition.backlog)} records`),
            h(Fact, { label: "Committed" }, offset(partition.committed)),
            h(Fact, { label: "Complete up to" }, offset(partition.frontier)),
            h(Fact, { label: "Reads on at" }, offset(partition.position)),
            h(Fact, { label: "End of the log" }, offset(partition.logEnd)),
            h(Fact, { label: "Buffered" }, `${count(partition.buffered)} records`),
            h(Fact, { label: "Failed and waiting" }, `${count(partition.waitingCount)} records`),
            h(Fact, { label: "Not fetched because" }, partition.pauseReasons.length === 0 ? "it is fetched" : partition.pauseReasons.join(", ")),
            h(Fact, { label: "Handler" }, partition.handler || "none: the application reads by itself"),
            partition.since ? h(Fact, { label: "Held since" }, time(partition.since)) : null),
        partition.calls > 0 ? [h("h3", null, "Calls under way"), h(Calls, { consumer, partition })] : null);
}
