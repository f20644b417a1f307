// All partitions of a consumer, those that need somebody first. Thousands of rows, of which only those in view exist.

import { PauseAction } from "./actions.js";
import { behind, byUrgency, count, duration, idOf, inShort, offset, sentence, since } from "./format.js";
import { h, useEffect, useRef, useState } from "./lib.js";
import { now, useLive } from "./live.js";
import { PartitionDialog } from "./partition.js";
import { Empty, State } from "./widgets.js";

const ROWS_BEYOND_VIEW = 8;
const FILTERS = [
    ["all", "All", () => true],
    ["held", "Held", partition => partition.condition === "HELD"],
    ["advancing", "Moving", partition => partition.condition === "ADVANCING"],
    ["idle", "Idle", partition => partition.condition === "IDLE"],
];

function Row({ partition, path, index, style }) {
    const progress = partition.frontier - partition.committed;
    return h("a", {
        role: "row", "aria-rowindex": index + 2, class: "vrow", style, "data-index": index,
        href: `${path}/${encodeURIComponent(idOf(partition))}`,
    },
        h("span", { role: "cell", class: "c-state" }, h(State, { partition })),
        h("span", { role: "cell", class: "c-name", title: idOf(partition) },
            h("span", { class: "topic" }, partition.topic), `-${partition.partition}`),
        h("span", { role: "cell", class: "c-why", title: sentence(partition, now()) }, inShort(partition, now())),
        h("span", { role: "cell", class: "c-lag num", "data-title": "lag" }, count(partition.lag)),
        h("span", { role: "cell", class: "c-behind num", "data-title": "behind" }, duration(behind(partition, now()))),
        h("span", { role: "cell", class: "c-offsets num" }, offset(partition.committed),
            h("small", null, progress > 0 ? ` +${count(progress)}` : "")),
        h("span", { role: "cell", class: "c-buffer num" }, count(partition.buffered)),
        h("span", { role: "cell", class: "c-call num" }, duration(since(partition.oldestCallSince, now()))),
        h("span", { role: "cell", class: "c-worker" }, partition.handler));
}

function Head() {
    const columns = [
        ["c-state", "State"], ["c-name", "Partition"], ["c-why", "Why"], ["c-lag num", "Lag"], ["c-behind num", "Behind"],
        ["c-offsets num", "Committed + done"], ["c-buffer num", "Buffer"], ["c-call num", "Oldest call"], ["c-worker", "Handler"],
    ];
    return h("div", { role: "row", class: "vrow vhead", "aria-rowindex": 1 },
        columns.map(([style, title]) => h("span", { role: "columnheader", class: style, key: style }, title)));
}

/** The rows in view, each at its place in a space as high as all of them. */
function VirtualRows({ rows, path }) {
    const host = useRef(null);
    const [view, setView] = useState({ top: 0, height: 600, row: 40 });
    useEffect(() => {
        const measure = () => {
            const row = parseFloat(getComputedStyle(host.current).getPropertyValue("--row-height"));
            setView({ top: host.current.scrollTop, height: host.current.clientHeight, row });
        };
        const resized = new ResizeObserver(measure);
        resized.observe(host.current);
        host.current.addEventListener("scroll", measure, { passive: true });
        return () => resized.disconnect();
    }, []);
    const first = Math.max(0, Math.floor(view.top / view.row) - ROWS_BEYOND_VIEW);
    const last = Math.min(rows.length, Math.ceil((view.top + view.height) / view.row) + ROWS_BEYOND_VIEW);
    const step = event => {
        const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
        const focused = event.target.closest("[data-index]");
        if (by && focused) {
            event.preventDefault();
            host.current.querySelector(`[data-index="${Number(focused.dataset.index) + by}"]`)?.focus();
        }
    };
    return h("div", { ref: host, class: "vscroll", role: "rowgroup", onKeyDown: step },
        h("div", { class: "vspace", style: { height: `${rows.length * view.row}px` } },
            rows.slice(first, last).map((partition, place) => h(Row, {
                key: idOf(partition), partition, path, index: first + place,
                style: { transform: `translateY(${(first + place) * view.row}px)` },
            }))));
}

export function Partitions({ consumer, selected, canOperate }) {
    const live = useLive();
    const [filter, setFilter] = useState("all");
    const [text, setText] = useState("");
    const all = live.partitions.get(consumer);
    const path = `#/c/${encodeURIComponent(consumer)}/partitions`;
    if (!all) {
        return h("p", { class: "loading", role: "status" }, "Loading…");
    }
    const partitions = [...all.values()];
    const chosen = FILTERS.find(([name]) => name === filter)[2];
    const rows = partitions.filter(partition => chosen(partition) && idOf(partition).includes(text.trim())).sort(byUrgency);
    const isAllPaused = partitions.length > 0 && partitions.every(partition => partition.pauseReasons.includes("OPERATOR"));
    return h("div", { class: "page filled" },
        h("div", { class: "toolbar" },
            h("div", { class: "chips", role: "group", "aria-label": "Show" },
                FILTERS.map(([name, label, test]) => h("button", {
                    key: name, type: "button", class: "chip", "aria-pressed": String(name === filter), onClick: () => setFilter(name),
                }, label, h("small", null, count(partitions.filter(test).length))))),
            h("input", {
                type: "search", placeholder: "Find a partition", "aria-label": "Find a partition", value: text,
                onInput: event => setText(event.target.value),
            }),
            canOperate ? h(PauseAction, { key: String(isAllPaused), consumer, partitions: [], isPaused: isAllPaused }) : null),
        rows.length === 0
            ? h(Empty, { title: "No partition to show" }, partitions.length === 0
                ? "No partition is assigned to this process." : "None matches; choose All, or clear the search.")
            : h("div", { role: "table", class: "vtable", "aria-label": "Partitions", "aria-rowcount": rows.length + 1 },
                h(Head), h(VirtualRows, { rows, path })),
        selected && all.has(selected)
            ? h(PartitionDialog, { consumer, partition: all.get(selected), canOperate, onClose: () => { location.hash = path; } }) : null);
}
