// What an operator may do. Each action says what came of it; what cannot be undone wants to be typed.

import { consumerPath, post } from "./api.js";
import { recordId } from "./format.js";
import { h, useState } from "./lib.js";
import { Dialog, Problem } from "./widgets.js";

/** Runs one request at a time; `outcome` is a text for a person, `error` what the server said no with. */
export function useAction() {
    const [state, setState] = useState({ isRunning: false, outcome: "", error: null });
    const run = async request => {
        setState({ isRunning: true, outcome: "", error: null });
        try {
            setState({ isRunning: false, outcome: await request(), error: null });
        } catch (error) {
            setState({ isRunning: false, outcome: "", error });
        }
    };
    return { ...state, run };
}

function Outcome({ action }) {
    if (action.error) {
        return h(Problem, { error: action.error });
    }
    return h("span", { class: "outcome", role: "status" }, action.outcome);
}

/** Pauses or resumes partitions; an empty list means all of the consumer. */
export function PauseAction({ consumer, partitions, isPaused }) {
    const action = useAction();
    const verb = isPaused ? "resume" : "pause";
    const label = partitions.length === 0 ? `${isPaused ? "Resume" : "Pause"} all` : isPaused ? "Resume" : "Pause";
    const order = () =>
        action.run(async () => {
            await post(consumerPath(consumer, verb), { partitions });
            return isPaused ? "Resumed." : "Paused.";
        });
    return h("span", { class: "actions" },
        h("button", { type: "button", disabled: action.isRunning, onClick: order }, label),
        h(Outcome, { action }));
}

/** Retry and skip, for a record at which its partition or key is halted. */
export function RecordActions({ consumer, record }) {
    const action = useAction();
    const [isSkipping, setSkipping] = useState(false);
    const retry = () =>
        action.run(async () => {
            const answer = await post(consumerPath(consumer, "retry"), { record: recordId(record) });
            return answer.done ? "Tried again." : "Nothing done: it is no longer halted.";
        });
    const skip = () =>
        action.run(async () => {
            const answer = await post(consumerPath(consumer, "skip"), { record: recordId(record), confirm: recordId(record) });
            return answer.done ? "Skipped." : "Nothing done: it is no longer halted.";
        });
    return h("span", { class: "actions" },
        h("button", { type: "button", disabled: action.isRunning, onClick: retry }, "Retry now"),
        h("button", { type: "button", class: "danger", disabled: action.isRunning, onClick: () => setSkipping(true) }, "Skip…"),
        h(Outcome, { action }),
        isSkipping ? h(SkipDialog, { record, onClose: () => setSkipping(false), onSkip: skip }) : null);
}

function SkipDialog({ record, onClose, onSkip }) {
    const [typed, setTyped] = useState("");
    const expected = recordId(record);
    const submit = event => {
        event.preventDefault();
        onClose();
        onSkip();
    };
    return h(Dialog, { title: "Skip a record", onClose },
        h("p", null, "The record is left out for good: this group never handles it, and it becomes no dead letter. ",
            "Whatever it should have done remains undone."),
        h("form", { onSubmit: submit },
            h("label", { for: "skip-confirm" }, "Type ", h("code", null, expected), " to confirm"),
            h("input", {
                id: "skip-confirm", value: typed, autocomplete: "off", spellcheck: false, autofocus: true,
                onInput: event => setTyped(event.target.value),
            }),
            h("div", { class: "buttons" },
                h("button", { type: "button", class: "quiet", onClick: onClose }, "Cancel"),
                h("button", { type: "submit", class: "danger", disabled: typed !== expected }, "Skip this record"))));
}
