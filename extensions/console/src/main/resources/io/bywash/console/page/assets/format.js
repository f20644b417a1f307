// Numbers, times and sentences, as a person reads them.

const WHOLE = new Intl.NumberFormat("en-GB", { maximumFractionDigits: 0 });
const TENTH = new Intl.NumberFormat("en-GB", { maximumFractionDigits: 1 });
const COMPACT = new Intl.NumberFormat("en-GB", { notation: "compact", maximumFractionDigits: 1 });
const CLOCK = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", second: "2-digit" });
const DAY = new Intl.DateTimeFormat("en-GB", { day: "2-digit", month: "short" });

const NOTHING = "–";

export function count(value) {
    return Number.isFinite(value) ? WHOLE.format(value) : NOTHING;
}

/** Short enough for a tile: 12.3K. */
export function brief(value) {
    if (!Number.isFinite(value)) {
        return NOTHING;
    }
    return Math.abs(value) < 10_000 ? WHOLE.format(value) : COMPACT.format(value);
}

export function rate(value) {
    if (!Number.isFinite(value)) {
        return NOTHING;
    }
    return value < 10 ? TENTH.format(value) : brief(value);
}

export function offset(value) {
    return Number.isFinite(value) && value >= 0 ? WHOLE.format(value) : NOTHING;
}

/** One unit below an hour, two above: 850 ms, 12 s, 4 min, 3 h 20 min. */
export function duration(millis) {
    if (!Number.isFinite(millis)) {
        return NOTHING;
    }
    const seconds = Math.floor(Math.max(0, millis) / 1000);
    if (seconds === 0) {
        return millis <= 0 ? "0 s" : `${Math.floor(millis)} ms`;
    }
    if (seconds < 120) {
        return `${seconds} s`;
    }
    const minutes = Math.floor(seconds / 60);
    if (minutes < 120) {
        return `${minutes} min`;
    }
    const hours = Math.floor(minutes / 60);
    return hours < 48 ? `${hours} h ${minutes % 60} min` : `${Math.floor(hours / 24)} d ${hours % 24} h`;
}

/** Time of day; with the day if that is not today. */
export function time(iso) {
    if (!iso) {
        return NOTHING;
    }
    const at = new Date(iso);
    const isToday = at.toDateString() === new Date().toDateString();
    return isToday ? CLOCK.format(at) : `${DAY.format(at)} ${CLOCK.format(at)}`;
}

export function since(iso, now) {
    return iso ? Math.max(0, now - Date.parse(iso)) : NaN;
}

/** How old the oldest record is that waits; 0 if none does. */
export function behind(partition, now) {
    return partition.behindSince ? since(partition.behindSince, now) : 0;
}

export function due(iso, now) {
    if (!iso) {
        return null;
    }
    const millis = Date.parse(iso) - now;
    return millis < 1000 ? "now" : `in ${duration(millis)}`;
}

export function plural(number, one, many) {
    return `${count(number)} ${number === 1 ? one : many}`;
}

const CAUSES = {
    RETRY: { label: "Retry", title: "A record failed and waits for its next attempt" },
    DEAD_LETTER_DOWN: { label: "Dead letters down", title: "The dead-letter topic does not take a failed record" },
    HALTED: { label: "Halted", title: "Stopped at a record until you decide" },
    POSITION: { label: "No position", title: "The position to read from is not known" },
    SLOW_CALL: { label: "Slow call", title: "A call of the handler takes long" },
    PREDECESSOR: { label: "Former owner", title: "A call from before the last rebalance still runs" },
    LANES_BUSY: { label: "Lanes busy", title: "All lanes are busy with other records" },
    MEMORY: { label: "Memory", title: "Records of other partitions fill the memory there is" },
    OPERATOR: { label: "Paused", title: "Paused by an operator" },
    COMMIT: { label: "Commit", title: "The broker does not take the commits" },
    FETCH: { label: "Fetch", title: "There is more in the log, but nothing of it arrives" },
    CLOSING: { label: "Closing", title: "The consumer is closing" },
};

export function causeLabel(cause) {
    return CAUSES[cause]?.label ?? cause ?? "";
}

export function causeTitle(cause) {
    return CAUSES[cause]?.title ?? cause ?? "";
}

export function idOf(partition) {
    return `${partition.topic}-${partition.partition}`;
}

export function recordId(record) {
    return `${record.topic}-${record.partition}@${record.offset}`;
}

/** Which record holds a partition up, and how long: "at offset 42, key a, for 12 s". */
function place(partition, now) {
    return [
        partition.heldOffset !== null && partition.heldOffset >= 0 ? `at offset ${offset(partition.heldOffset)}` : "",
        partition.heldKey ? `key ${partition.heldKey}` : "",
        partition.since ? `for ${duration(since(partition.since, now))}` : "",
    ].filter(part => part !== "").join(", ");
}

function progress(partition) {
    if (partition.condition === "IDLE") {
        return "Nothing to read.";
    }
    return partition.lag > 0 ? `Moves on, ${plural(partition.lag, "record", "records")} to go.` : "Moves on.";
}

/** What keeps a partition, as one plain sentence. */
export function sentence(partition, now) {
    if (partition.condition !== "HELD") {
        return progress(partition);
    }
    const where = [causeTitle(partition.cause), place(partition, now)].filter(part => part !== "").join(", ");
    const next = partition.until ? ` Goes on ${due(partition.until, now)}.` : "";
    const others = partition.whole ? "" : " Other keys move on.";
    return `${where}.${next}${others}`;
}

/** The same where the cause stands beside it. */
export function inShort(partition, now) {
    if (partition.condition !== "HELD") {
        return progress(partition);
    }
    const next = partition.until ? `goes on ${due(partition.until, now)}` : "";
    const parts = [place(partition, now), next].filter(part => part !== "").join("; ");
    return [parts, partition.why].filter(part => part !== "").join(" – ");
}

/** 0 is what an operator has to see first. */
function urgency(partition) {
    if (partition.condition === "HELD") {
        return partition.whole ? 0 : 1;
    }
    return partition.condition === "ADVANCING" ? 2 : 3;
}

/** Seconds behind in powers of two: rows do not change places every second, and one that is far behind still comes first. */
function magnitude(partition) {
    return Math.floor(Math.log2(1 + behind(partition, Date.now()) / 1000));
}

export function byUrgency(one, other) {
    return (
        urgency(one) - urgency(other) ||
        magnitude(other) - magnitude(one) ||
        one.topic.localeCompare(other.topic) ||
        one.partition - other.partition
    );
}
