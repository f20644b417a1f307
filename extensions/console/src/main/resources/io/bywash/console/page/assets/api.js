// All that the page knows comes from here: the JSON API, and nothing else.

const BASE = "/api/v1";

let csrfToken = "";

/** What the server said no with; `detail` names value, place and remedy. */
export class ApiError extends Error {
    constructor(status, what, detail) {
        super(what);
        this.status = status;
        this.detail = detail;
    }
}

async function send(path, options) {
    let response;
    try {
        response = await fetch(BASE + path, { cache: "no-store", credentials: "same-origin", ...options });
    } catch (unreachable) {
        throw new ApiError(0, "The console does not answer", `Is the process still running? (${unreachable.message})`);
    }
    if (!response.ok) {
        const body = await response.json().catch(() => ({}));
        throw new ApiError(response.status, body.error ?? `HTTP ${response.status}`, body.detail ?? "");
    }
    return response.status === 204 ? null : response.json();
}

export function get(path) {
    return send(path, {});
}

/** The token comes anew with every session, so a restarted process is no reason to load the page again. */
export async function session() {
    const answer = await get("/session");
    csrfToken = answer.csrfToken;
    return answer;
}

export async function post(path, body) {
    const attempt = () =>
        send(path, {
            method: "POST",
            headers: { "Content-Type": "application/json", "X-CSRF-Token": csrfToken },
            body: JSON.stringify(body),
        });
    try {
        return await attempt();
    } catch (refused) {
        if (refused.status !== 403) {
            throw refused;
        }
        const before = csrfToken;
        await session();
        if (csrfToken === before) {
            throw refused;
        }
        return attempt();
    }
}

export function consumerPath(name, rest) {
    return `/consumers/${encodeURIComponent(name)}/${rest}`;
}

/** Leaves out what is empty. */
export function query(values) {
    const given = Object.entries(values).filter(([, value]) => value !== null && value !== undefined && value !== "");
    return given.length === 0 ? "" : `?${new URLSearchParams(given)}`;
}

export const STREAM = `${BASE}/stream`;
