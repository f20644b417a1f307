// What several pages are made of.

import { get } from "./api.js";
import { causeLabel } from "./format.js";
import { h, useEffect, useRef, useState } from "./lib.js";

/** Fetches a path, and again every so often while somebody looks; `reload` does so at once. */
export function useResource(path, everyMillis) {
    const [answer, setAnswer] = useState({ path: null, data: null, error: null });
    const [version, setVersion] = useState(0);
    useEffect(() => {
        let isCurrent = path !== null;
        let timer = 0;
        const load = async () => {
            if (!document.hidden) {
                try {
                    const data = await get(path);
                    isCurrent && setAnswer({ path, data, error: null });
                } catch (error) {
                    isCurrent && setAnswer(before => ({ path, data: before.path === path ? before.data : null, error }));
                }
            }
            if (isCurrent && everyMillis) {
                timer = setTimeout(load, everyMillis);
            }
        };
        if (isCurrent) {
            load();
        }
        return () => {
            isCurrent = false;
            clearTimeout(timer);
        };
    }, [path, everyMillis, version]);
    const shown = answer.path === path ? answer : { data: null, error: null };
    return { ...shown, loading: !shown.data && !shown.error, reload: () => setVersion(version + 1) };
}

export function Problem({ error }) {
    return h(
        "div",
        { class: "problem", role: "alert" },
        h("strong", null, error.message),
        error.detail ? h("p", null, error.detail) : null,
    );
}

export function Empty({ title, children }) {
    return h("div", { class: "empty" }, h("strong", null, title), h("p", null, children));
}

/** Loading, failed, or what `children(data)` makes of the answer. */
export function Loaded({ resource, children }) {
    if (resource.loading) {
        return h("p", { class: "loading", role: "status" }, "Loading…");
    }
    return h(
        "div",
        null,
        resource.error ? h(Problem, { error: resource.error }) : null,
        resource.data ? children(resource.data) : null,
    );
}

const STATES = {
    HELD: ["held", "■", "Held"],
    PARTLY: ["partly", "◧", "Partly held"],
    ADVANCING: ["advancing", "▸", "Moves on"],
    IDLE: ["idle", "○", "Idle"],
};

/** The condition of a partition by colour, sign and word, so that none of them is needed alone. */
export function State({ partition }) {
    const isHeld = partition.condition === "HELD";
    const [style, sign, word] = STATES[isHeld && !partition.whole ? "PARTLY" : partition.condition] ?? STATES.IDLE;
    return h(
        "span",
        { class: `state state-${style}` },
        h("span", { "aria-hidden": "true" }, sign),
        isHeld ? causeLabel(partition.cause) : word,
    );
}

/** A window above the page. Escape closes it, and the keyboard stays inside. */
export function Dialog({ title, onClose, wide, children }) {
    const element = useRef(null);
    useEffect(() => {
        element.current.showModal();
        return () => element.current?.close();
    }, []);
    return h(
        "dialog",
        {
            ref: element,
            class: wide ? "dialog wide" : "dialog",
            "aria-label": title,
            onCancel: event => {
                event.preventDefault();
                onClose();
            },
            onClick: event => event.target === element.current && onClose(),
        },
        h(
            "div",
            { class: "dialog-body" },
            h(
                "header",
                null,
                h("h2", null, title),
                h("button", { class: "quiet", type: "button", "aria-label": "Close", onClick: onClose }, "✕"),
            ),
            children,
        ),
    );
}

/** A plain table for lists that are bounded by the server; on a narrow screen each row becomes a card. */
export function Table({ label, columns, rows, keyOf }) {
    return h(
        "table",
        { class: "list", "aria-label": label },
        h("thead", null, h("tr", null, columns.map(column => h("th", { class: column.class, scope: "col" }, column.title)))),
        h(
            "tbody",
            null,
            rows.map(row =>
                h(
                    "tr",
                    { key: keyOf(row) },
                    columns.map(column => h("td", { class: column.class, "data-title": column.title }, column.cell(row))),
                ),
            ),
        ),
    );
}
