// What changes every second: the overview and the partitions, kept up to date by one event stream.

import { get, STREAM } from "./api.js";
import { idOf } from "./format.js";
import { useEffect, useReducer } from "./lib.js";

const POINTS_KEPT = 300;
const RATE_OVER_MILLIS = 5_000;
const SILENCE_MILLIS = 10_000;
const AWAY_MILLIS = 3_000;

const state = {
    link: "connecting", // then "live", or "away" once it was live
    heardAt: Date.now(), // by the clock of the browser
    overview: null,
    partitions: new Map(), // consumer -> Map of topic-partition -> partition
    histories: new Map(), // consumer -> points of the charts
    skewMillis: 0,
};
const listeners = new Set();
let source = null;
let openedAt = 0;
let isDrawing = false;

/** The server's clock, so that a wrong clock of the browser makes no wrong age. */
export function now() {
    return Date.now() + state.skewMillis;
}

/** Whether what is known is too old to be believed. */
export function isAway() {
    return state.link !== "live" && Date.now() - state.heardAt > AWAY_MILLIS;
}

/** However much arrives, the page is drawn once a frame. */
function changed() {
    if (isDrawing) {
        return;
    }
    isDrawing = true;
    requestAnimationFrame(() => {
        isDrawing = false;
        listeners.forEach(listener => listener());
    });
}

function rateOf(points, total, name) {
    const last = points[points.length - 1];
    const first = points.find(point => point.at >= last.at - RATE_OVER_MILLIS);
    const millis = last.at - first.at;
    return millis > 0 ? Math.max(0, ((last[total] - first[total]) * 1000) / millis) : (last.now[name] ?? 0);
}

function remember(consumer) {
    const points = state.histories.get(consumer.name) ?? [];
    const at = Date.parse(consumer.taken) || Date.now();
    if (points.length > 0 && points[points.length - 1].at >= at) {
        return;
    }
    points.push({
        at,
        handled: consumer.totals.handled,
        failed: consumer.totals.failed,
        lag: consumer.lag,
        inFlight: consumer.inFlight,
        now: consumer.rates ?? {},
    });
    const point = points[points.length - 1];
    point.handledRate = rateOf(points, "handled", "handled");
    point.failedRate = rateOf(points, "failed", "failed");
    if (points.length > POINTS_KEPT) {
        points.shift();
    }
    state.histories.set(consumer.name, points);
}

function takeOverview(overview) {
    state.overview = overview;
    const names = new Set(overview.consumers.map(consumer => consumer.name));
    for (const kept of [state.partitions, state.histories]) {
        [...kept.keys()].filter(name => !names.has(name)).forEach(name => kept.delete(name));
    }
    const newest = Math.max(...overview.consumers.map(consumer => Date.parse(consumer.taken) || 0), 0);
    // A snapshot is taken twice a second: younger differences are its age, not a wrong clock.
    const skew = newest - Date.now();
    state.skewMillis = newest > 0 && Math.abs(skew) > 2_000 ? skew : 0;
    overview.consumers.forEach(remember);
    changed();
}

/** A stream begins with everything, and so does what follows a gap; all else is what changed since. */
function takePartitions(changes) {
    const known = changes.whole ? new Map() : state.partitions.get(changes.consumer);
    if (known) {
        changes.gone.forEach(id => known.delete(id));
        changes.partitions.forEach(partition => known.set(idOf(partition), partition));
        state.partitions.set(changes.consumer, known);
        changed();
    }
}

function setLink(link) {
    if (state.link !== link) {
        state.link = link;
        changed();
    }
}

/** What was never live is not lost. */
function lost() {
    setLink(state.link === "live" ? "away" : state.link);
}

function open() {
    source?.close();
    openedAt = Date.now();
    source = new EventSource(STREAM);
    const on = (type, take) =>
        source.addEventListener(type, event => {
            state.heardAt = Date.now();
            setLink("live");
            take(JSON.parse(event.data));
        });
    on("overview", takeOverview);
    on("partitions", takePartitions);
    source.addEventListener("error", lost);
}

/** A stream that is silent or was refused is opened anew; the browser does so only after a break of the line. */
function watch() {
    const isSilent = Date.now() - Math.max(state.heardAt, openedAt) > SILENCE_MILLIS;
    if (isSilent) {
        lost();
    }
    if (isSilent && !document.hidden) {
        open();
    }
}

export async function start() {
    takeOverview(await get("/overview"));
    open();
    setInterval(watch, 2_000);
    setInterval(changed, 1_000);
}

export function useLive() {
    const [, draw] = useReducer(version => version + 1, 0);
    useEffect(() => {
        listeners.add(draw);
        return () => listeners.delete(draw);
    }, []);
    return state;
}
