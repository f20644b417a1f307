// Dead letters on their way back: chosen, counted, sent, and stopped.

import { useAction } from "./actions.js";
import { consumerPath, post } from "./api.js";
import { count } from "./format.js";
import { h, useEffect, useState } from "./lib.js";
import { Dialog, Problem, useResource } from "./widgets.js";

const ASK_AGAIN_MILLIS = 1_000;
const LOOK_MILLIS = 3_000;

function Stop({ id }) {
    const action = useAction();
    const stop = () => action.run(async () => {
        await post(`/redrives/${encodeURIComponent(id)}/stop`, {});
        return "Ends after the batch it is at.";
    });
    return h("span", { class: "actions" },
        h("button", { type: "button", disabled: action.isRunning, onClick: stop }, "Stop"),
        action.error ? h(Problem, { error: action.error }) : h("span", { class: "outcome", role: "status" }, action.outcome));
}

function Progress({ redrive, canOperate }) {
    const went = redrive.dryRun ? "would be redriven" : "redriven";
    return h("div", { class: "progress", role: "status" },
        h("strong", null, redrive.state.toLowerCase()),
        h("p", null, `${count(redrive.matched)} matched, ${count(redrive.redriven)} ${went}, ${count(redrive.leftOut)} left out.`),
        redrive.error ? h(Problem, { error: { message: "The redrive stopped", detail: redrive.error } }) : null,
        canOperate && redrive.state === "RUNNING" ? h(Stop, { id: redrive.id }) : null);
}

/** Those of a consumer that are under way, whoever began them. */
export function Redrives({ consumer, canOperate, onOver }) {
    const resource = useResource("/redrives", LOOK_MILLIS);
    const running = (resource.data?.redrives ?? []).filter(one => one.consumer === consumer && !one.dryRun && one.state === "RUNNING");
    const [seen, setSeen] = useState(0);
    useEffect(() => {
        setSeen(running.length);
        if (running.length < seen) {
            onOver();
        }
    }, [running.length]);
    return running.map(redrive => h("section", { key: redrive.id, class: "card", "aria-label": "Redrive under way" },
        h(Progress, { redrive, canOperate })));
}

function Job({ id }) {
    const [asking, setAsking] = useState(true);
    const resource = useResource(`/redrives/${encodeURIComponent(id)}`, asking ? ASK_AGAIN_MILLIS : 0);
    const isOver = resource.data && resource.data.state !== "RUNNING";
    useEffect(() => {
        if (isOver) {
            setAsking(false);
        }
    }, [isOver]);
    return [
        resource.error ? h(Problem, { error: resource.error }) : null,
        resource.data ? h(Progress, { redrive: resource.data, canOperate: true }) : null,
    ];
}

function Field({ name, label, value, onChange, ...rest }) {
    return h("div", { class: "field" },
        h("label", { for: `redrive-${name}` }, label),
        h("input", { id: `redrive-${name}`, value, autocomplete: "off", onInput: event => onChange(name, event.target.value), ...rest }));
}

/** Where to, chosen apart from all else: what goes to the source is handled by every group that reads it. */
function Target({ value, onChange }) {
    const choice = (target, label) => h("label", { key: target },
        h("input", { type: "radio", name: "redrive-target", value: target, checked: value === target, onChange: () => onChange("target", target) }),
        " ", label);
    return h("fieldset", { class: "field" }, h("legend", null, "They go"),
        choice("GROUP", "back to this group alone"),
        choice("SOURCE", "to the source topic, where every group that reads it handles them again"));
}

/** What has gone back goes again only if somebody says so, which is needed where nobody knows what has. */
function Again({ value, onChange }) {
    return h("label", { class: "field" },
        h("input", { type: "checkbox", checked: value, onChange: event => onChange("again", event.target.checked) }),
        " those that have gone back before as well");
}

/** Times are typed as local ones, and sent in UTC. */
function instant(local) {
    return local === "" ? "" : new Date(local).toISOString();
}

/** One header, NAME=VALUE; a value may have more of these signs. */
function headers(typed) {
    const end = typed.indexOf("=");
    return end < 1 ? "" : { [typed.slice(0, end)]: typed.slice(end + 1) };
}

function bodyOf(form, dryRun) {
    const { exception, handler, key, target, again } = form;
    const chosen = { exception, handler, key, headers: headers(form.header), from: instant(form.from), to: instant(form.to) };
    const given = Object.entries(chosen).filter(([, value]) => value !== "");
    return { ...Object.fromEntries(given), target, again, dryRun, perSecond: Number(form.perSecond), cap: Number(form.cap) };
}

export function Redrive({ consumer, group, onClose }) {
    const [form, setForm] = useState({
        exception: group.exception, handler: "", key: "", header: "", from: "", to: "", perSecond: "100", cap: "3", target: "GROUP", again: false,
    });
    const [jobs, setJobs] = useState({ dry: null, real: null });
    const action = useAction();
    const change = (name, value) => {
        setForm({ ...form, [name]: value });
        setJobs({ dry: null, real: null });
    };
    const begin = dryRun =>
        action.run(async () => {
            const { id } = await post(consumerPath(consumer, "redrive"), bodyOf(form, dryRun));
            setJobs(dryRun ? { dry: id, real: null } : { ...jobs, real: id });
            return "";
        });
    const field = (name, label, rest) => h(Field, { key: name, name, label, value: form[name], onChange: change, ...rest });
    const shown = jobs.real ?? jobs.dry;
    return h(Dialog, { title: "Redrive dead letters", onClose, wide: true },
        h("p", null, "They keep their key, timestamp and headers. Count first; then the same selection can be redriven."),
        h("form", { onSubmit: event => { event.preventDefault(); begin(true); } },
            h("div", { class: "fields" },
                field("exception", "Exception"), field("handler", "Handler"), field("key", "Key"),
                field("header", "Header", { placeholder: "name=value", pattern: "[^=]+=.*" }),
                field("from", "From", { type: "datetime-local", step: 1 }), field("to", "To", { type: "datetime-local", step: 1 }),
                field("perSecond", "At most per second", { type: "number", min: 1, required: true }),
                field("cap", "A record comes back at most", { type: "number", min: 1, required: true })),
            h(Target, { value: form.target, onChange: change }),
            h(Again, { value: form.again, onChange: change }),
            shown ? h(Job, { key: shown, id: shown }) : null,
            action.error ? h(Problem, { error: action.error }) : null,
            h("div", { class: "buttons" },
                h("button", { type: "submit", disabled: action.isRunning }, "Count (dry run)"),
                h("button", { type: "button", class: "primary", disabled: action.isRunning || !jobs.dry || jobs.real, onClick: () => begin(false) }, "Redrive"))));
}
