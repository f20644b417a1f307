// A small live chart of one or two series.

import { h, uPlot, useEffect, useRef } from "./lib.js";

const HEIGHT = 96;

function colour(name) {
    return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

function options(width, series, format) {
    const axis = { stroke: () => colour("--muted"), font: "11px system-ui", ticks: { show: false } };
    return {
        width,
        height: HEIGHT,
        padding: [6, 8, 0, 0],
        cursor: { y: false, points: { size: 6 } },
        legend: { show: false },
        scales: { y: { range: (_, low, high) => [0, Math.max(1, high * 1.1)] } },
        axes: [
            { ...axis, size: 22, space: 70, grid: { show: false }, values: "{HH}:{mm}:{ss}" },
            {
                ...axis,
                size: 44,
                space: 28,
                grid: { stroke: () => colour("--line"), width: 1 },
                values: (_, ticks) => ticks.map(format),
            },
        ],
        series: [
            {},
            ...series.map(({ label, tone }) => ({
                label,
                width: 1.75,
                stroke: () => colour(tone),
                fill: () => colour(`${tone}-soft`),
                points: { show: false },
            })),
        ],
    };
}

function dataOf(points, series) {
    return [points.map(point => point.at / 1000), ...series.map(({ field }) => points.map(point => point[field]))];
}

/** `series` are {label, field, tone}; the value of the newest point stands beside the title as text. */
export function Chart({ title, value, points, series, format }) {
    const host = useRef(null);
    const plot = useRef(null);
    useEffect(() => {
        plot.current = new uPlot(options(host.current.clientWidth, series, format), dataOf(points, series), host.current);
        const resized = new ResizeObserver(([entry]) => {
            plot.current.setSize({ width: Math.floor(entry.contentRect.width), height: HEIGHT });
        });
        resized.observe(host.current);
        const themed = new MutationObserver(() => plot.current.redraw());
        themed.observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme"] });
        return () => {
            resized.disconnect();
            themed.disconnect();
            plot.current.destroy();
        };
    }, []);
    useEffect(() => plot.current.setData(dataOf(points, series)), [points[points.length - 1]?.at]);
    return h(
        "figure",
        { class: "chart", "aria-label": `${title}: ${value}` },
        h("figcaption", null, h("span", null, title), h("strong", null, value)),
        h("div", { ref: host, class: "plot", "aria-hidden": "true" }),
    );
}
