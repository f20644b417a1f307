// Dead letters by what they failed with, one by one, and back again.

import { useAction } from "./actions.js";
import { consumerPath, post, query } from "./api.js";
import { count, plural, recordId, time } from "./format.js";
import { h, useEffect, useState } from "./lib.js";
import { Dialog, Empty, Loaded, Problem, Table, useResource } from "./widgets.js";

const LETTERS_SHOWN = 50;
const ASK_AGAIN_MILLIS = 1_000;

function sourceOf(letter) {
    return recordId({ topic: letter.sourceTopic, partition: letter.sourcePartition, offset: letter.sourceOffset });
}

function Letters({ consumer, group, onClose }) {
    const path = `dead-letters/records${query({ exception: group.exception, handler: group.handler, limit: LETTERS_SHOWN })}`;
    const resource = useResource(consumerPath(consumer, path), 0);
    return h(Dialog, { title: group.exception, onClose, wide: true },
        h(Loaded, { resource }, ({ letters }) => [
            h("p", { class: "muted" }, letters.length < LETTERS_SHOWN
                ? plural(letters.length, "dead letter.", "dead letters.") : `The first ${LETTERS_SHOWN}.`),
            h("ul", { class: "letters" }, letters.map(letter => h("li", { key: recordId(letter) },
                h("p", null, h("code", null, sourceOf(letter)), ` · key ${letter.key ?? "hidden or none"} · failed ${letter.attempts} ×, ${time(letter.at)}`,
                    letter.redrives > 0 ? ` · redriven ${letter.redrives} ×` : ""),
                h("p", { class: "held-detail" }, letter.message ?? ""),
                letter.value === null || letter.value === undefined ? null : h("pre", { class: "code small" }, letter.value)))),
        ]));
}

function RedriveProgress({ id, went }) {
    const [asking, setAsking] = useState(true);
    const resource = useResource(`/redrives/${encodeURIComponent(id)}`, asking ? ASK_AGAIN_MILLIS : 0);
    const isOver = resource.data && !["PENDING", "RUNNING"].includes(resource.data.state);
    useEffect(() => {
        if (isOver) {
            setAsking(false);
        }
    }, [isOver]);
    return h(Loaded, { resource }, redrive => h("div", { class: "progress", role: "status" },
        h("strong", null, redrive.state.toLowerCase()),
        h("p", null, `${count(redrive.matched)} matched, ${count(redrive.redriven)} ${went}, ${count(redrive.leftOut)} left out.`),
        redrive.error ? h(Problem, { error: { message: "The redrive stopped", detail: redrive.error } }) : null));
}

function Field({ name, label, value, onChange, ...rest }) {
    return h("div", { class: "field" },
        h("label", { for: `redrive-${name}` }, label),
        h("input", { id: `redrive-${name}`, value, autocomplete: "off", onInput: event => onChange(name, event.target.value), ...rest }));
}

/** Times are typed as local ones, and sent in UTC. */
function instant(local) {
    return local === "" ? null : new Date(local).toISOString();
}

function Redrive({ consumer, group, onClose }) {
    const [form, setForm] = useState({ exception: group.exception, handler: group.handler ?? "", key: "", from: "", to: "", perSecond: "100" });
    const [jobs, setJobs] = useState({ dry: null, real: null });
    const action = useAction();
    const change = (name, value) => {
        setForm({ ...form, [name]: value });
        setJobs({ dry: null, real: null });
    };
    const begin = dryRun =>
        action.run(async () => {
            const chosen = Object.fromEntries(["exception", "handler", "key"].filter(name => form[name] !== "").map(name => [name, form[name]]));
            const times = { from: instant(form.from), to: instant(form.to) };
            const body = { ...chosen, ...Object.fromEntries(Object.entries(times).filter(([, at]) => at)), dryRun, perSecond: Number(form.perSecond) };
            const { id } = await post(consumerPath(consumer, "redrive"), body);
            setJobs(dryRun ? { dry: id, real: null } : { ...jobs, real: id });
            return "";
        });
    const field = (name, label, rest) => h(Field, { key: name, name, label, value: form[name], onChange: change, ...rest });
    return h(Dialog, { title: "Redrive dead letters", onClose, wide: true },
        h("p", null, "They go back to this group alone, with their key, timestamp and headers. Count first; then the same selection can be redriven."),
        h("form", { onSubmit: event => { event.preventDefault(); begin(true); } },
            h("div", { class: "fields" },
                field("exception", "Exception"), field("handler", "Handler"), field("key", "Key"),
                field("from", "From", { type: "datetime-local", step: 1 }), field("to", "To", { type: "datetime-local", step: 1 }),
                field("perSecond", "At most per second", { type: "number", min: 1, required: true })),
            jobs.real ?? jobs.dry ? h(RedriveProgress, { key: jobs.real ?? jobs.dry, id: jobs.real ?? jobs.dry, went: jobs.real ? "redriven" : "would be redriven" }) : null,
            action.error ? h(Problem, { error: action.error }) : null,
            h("div", { class: "buttons" },
                h("button", { type: "submit", disabled: action.isRunning }, "Count (dry run)"),
                h("button", { type: "button", class: "primary", disabled: action.isRunning || !jobs.dry || jobs.real, onClick: () => begin(false) }, "Redrive"))));
}

export function DeadLetters({ consumer, canOperate }) {
    const resource = useResource(consumerPath(consumer, "dead-letters?by=exception"), 10_000);
    const [opened, setOpened] = useState(null);
    const close = () => setOpened(null);
    const columns = [
        { title: "Exception", class: "c-text", cell: group => h("button", { type: "button", class: "link", onClick: () => setOpened({ View: Letters, group }) }, group.exception) },
        { title: "Handler", cell: group => group.handler },
        { title: "Letters", class: "num", cell: group => count(group.count) },
        { title: "Oldest", cell: group => time(group.oldest) },
        { title: "Newest", cell: group => time(group.newest) },
        { title: "", cell: group => canOperate ? h("button", { type: "button", onClick: () => setOpened({ View: Redrive, group }) }, "Redrive…") : null },
    ];
    return h("div", { class: "page" },
        h(Loaded, { resource }, ({ groups, complete }) => [
            complete ? null : h("p", { class: "muted" }, "The topic is long: only a part of it was counted."),
            groups.length === 0
                ? h(Empty, { title: "No dead letters" }, "Records that failed for good are listed here by what they failed with.")
                : h(Table, { label: "Dead letters", columns, keyOf: group => `${group.exception}/${group.handler}`, rows: groups }),
        ]),
        opened ? h(opened.View, { consumer, group: opened.group, onClose: close }) : null);
}
