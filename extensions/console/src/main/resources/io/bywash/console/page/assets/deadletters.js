// Dead letters by what they failed with, and one by one.

import { consumerPath, query } from "./api.js";
import { count, plural, recordId, time } from "./format.js";
import { h, useState } from "./lib.js";
import { Redrive, Redrives } from "./redrive.js";
import { Dialog, Empty, Loaded, Table, useResource } from "./widgets.js";

const LETTERS_SHOWN = 50;
const ASK_AGAIN_MILLIS = 60_000;

/** Where the original stands, or that the letter does not say. */
function sourceOf(letter) {
    return letter.sourceTopic === null ? "from an unknown place"
        : recordId({ topic: letter.sourceTopic, partition: letter.sourcePartition, offset: letter.sourceOffset });
}

function factsOf(letter) {
    return [
        letter.key === null ? "key hidden or none" : `key ${letter.key}`,
        letter.attempts === null ? "" : `failed ${count(letter.attempts)} ×`,
        time(letter.at),
        letter.redrives > 0 ? `redriven ${count(letter.redrives)} ×` : "",
    ].filter(fact => fact !== "").join(" · ");
}

function Headers({ headers }) {
    return h("dl", { class: "headers" }, headers.map(({ name, value }, index) =>
        h("div", { key: index }, h("dt", null, name), h("dd", null, h("code", null, value ?? "(null)")))));
}

function Letters({ consumer, group, onClose }) {
    const path = `dead-letters/records${query({ exception: group.exception, limit: LETTERS_SHOWN })}`;
    const resource = useResource(consumerPath(consumer, path), 0);
    return h(Dialog, { title: group.exception, onClose, wide: true },
        h(Loaded, { resource }, ({ letters }) => [
            h("p", { class: "muted" }, letters.length < LETTERS_SHOWN
                ? plural(letters.length, "dead letter.", "dead letters.") : `The newest ${LETTERS_SHOWN}.`),
            h("ul", { class: "letters" }, letters.map(letter => h("li", { key: recordId(letter) },
                h("p", null, h("code", null, sourceOf(letter)), ` · ${factsOf(letter)}`),
                h("p", { class: "held-detail" }, letter.message),
                letter.headers && letter.headers.length > 0 ? h(Headers, { headers: letter.headers }) : null,
                letter.value === null ? null : h("pre", { class: "code small" }, letter.value)))),
        ]));
}

export function DeadLetters({ consumer, canOperate }) {
    const resource = useResource(consumerPath(consumer, "dead-letters"), ASK_AGAIN_MILLIS);
    const [opened, setOpened] = useState(null);
    const close = () => {
        setOpened(null);
        resource.reload();
    };
    const open = (View, group) => h("button", {
        type: "button", class: View === Letters ? "link" : "", onClick: () => setOpened({ View, group }),
    }, View === Letters ? group.exception : "Redrive…");
    const columns = [
        { title: "Exception", class: "c-text", cell: group => group.several ? group.exception : open(Letters, group) },
        { title: "Handlers", cell: group => group.handlers.join(", ") },
        { title: "Letters", class: "num", cell: group => count(group.count) },
        { title: "Oldest", cell: group => time(group.oldest) },
        { title: "Newest", cell: group => time(group.newest) },
        { title: "", cell: group => canOperate && !group.several ? open(Redrive, group) : null },
    ];
    return h("div", { class: "page" },
        h(Redrives, { consumer, canOperate, onOver: resource.reload }),
        h(Loaded, { resource }, ({ groups, taken }) => [
            h("p", { class: "row muted" }, `As of ${time(taken)}. All are read for this, so an answer is good for a while. `,
                h("button", { type: "button", onClick: resource.reload }, "Look again")),
            groups.length === 0
                ? h(Empty, { title: "No dead letters" }, "Records that failed for good are listed here by what they failed with.")
                : h(Table, { label: "Dead letters", columns, keyOf: group => group.exception, rows: groups }),
        ]),
        opened ? h(opened.View, { consumer, group: opened.group, onClose: close }) : null);
}
