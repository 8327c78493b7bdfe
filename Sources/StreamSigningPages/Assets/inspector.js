// The inspector: shows what a token says as soon as it is pasted, and asks the service what it thinks of it.

import { withCode } from "./prose.js";
import { instant, layOut, read } from "./token.js";
import { rfc3339, Timeline } from "./timeline.js";

/** Milliseconds of rest in typing before the service is asked. */
const pause = 300;

const element = (id) => document.getElementById(id);
const value = (id) => element(id).value.trim();
const timeline = new Timeline((time) => {
    element("time").value = rfc3339(time);
    changed();
});

const intention = element("verdict-message").textContent;

let reading = read("");
let timer = null;
let asking = null;

// What the token says

function showToken() {
    reading = read(value("text"));
    const { token, path, header, payload, problem } = reading;
    element("text-note").textContent = problem ?? (token ? `${new TextEncoder().encode(token).length} bytes` : "");
    element("text-note").classList.toggle("problem", problem !== null);
    element("path").placeholder = path || "playback";
    element("content").hidden = header === null && payload === null;
    element("header").textContent = layOut(header ?? "");
    element("payload").textContent = layOut(payload ?? "");
}

function showTimes() {
    const asked = askedTime();
    element("time").setAttribute("aria-invalid", asked === undefined);
    timeline.show({ nbf: instant(reading.claims.nbf), exp: instant(reading.claims.exp), asked: asked ?? null });
}

/** Milliseconds; null for now, undefined if it cannot be read. */
function askedTime() {
    const text = value("time");
    if (!text) return null;
    const time = /^-?\d+$/.test(text) ? Number(text) * 1000 : /^\d{4}-\d\d-\d\dT/i.test(text) ? Date.parse(text) : NaN;
    return Number.isNaN(time) ? undefined : time;
}

// What the service says of it

function question() {
    const members = { token: value("text") };
    for (const name of ["address", "country", "time", "path", "video"]) {
        if (value(name)) members[name] = value(name);
    }
    return members;
}

/** @returns the explanation; throws an Error with a text for a person */
async function ask(signal) {
    const account = encodeURIComponent(value("account"));
    const answer = await fetch(`client/v4/accounts/${account}/stream/explain`, {
        method: "POST", signal, cache: "no-store", credentials: "omit", referrerPolicy: "no-referrer",
        headers: { "Authorization": `Bearer ${value("credential")}`, "Content-Type": "application/json" },
        body: JSON.stringify(question()),
    }).catch((error) => {
        throw error.name === "AbortError" ? error : new Error("The service cannot be reached.");
    });
    const envelope = await answer.json().catch(() => ({}));
    if (envelope.success) return envelope.result;
    const said = envelope.errors?.[0]?.message ?? `status ${answer.status}`;
    switch (answer.status) {
    case 401: throw new Error("The service does not know this API token.");
    case 403: throw new Error("This API token is not for this account.");
    case 429: throw new Error("Too many questions: wait a moment.");
    default: throw new Error(`The service says: ${said}`);
    }
}

async function explain() {
    clearTimeout(timer);
    asking?.abort();
    if (!value("text")) return showVerdict("waiting", "Paste a token", intention);
    if (!value("account") || !value("credential")) return showVerdict("waiting", "Not checked", intention);
    const mine = asking = new AbortController();
    element("verdict").setAttribute("aria-busy", "true");
    try {
        showExplanation(await ask(mine.signal));
    } catch (error) {
        if (mine.signal.aborted) return;
        showVerdict("failed", "No answer", error.message);
    }
    if (mine === asking) element("verdict").removeAttribute("aria-busy");
}

function showExplanation({ accepted, code, message, checks }) {
    if (accepted) {
        showVerdict("accepted", "Accepted", "This token plays, for whom and when you asked.", null, checks);
    } else {
        showVerdict("refused", "Refused", message, code, checks);
    }
}

function showVerdict(state, title, message, code = null, checks = []) {
    element("verdict").dataset.state = state;
    element("verdict-title").textContent = title;
    element("verdict-message").replaceChildren();
    withCode(element("verdict-message"), message);
    element("verdict-code").textContent = code ?? "";
    element("verdict-code").hidden = code === null;
    element("checks").hidden = checks.length === 0;
    element("steps").replaceChildren(...checks.map(step));
}

const outcomes = { passed: ["✓", "passed"], refused: ["✗", "refused"], not_checked: ["–", "not checked"] };

function step({ title, outcome, code, value }) {
    const [mark, word] = outcomes[outcome] ?? ["?", outcome];
    const item = document.createElement("li");
    item.dataset.outcome = outcome;
    item.append(
        span("mark", mark, { "aria-hidden": "true" }), span("check", title),
        span("visually-hidden", `: ${word}. `), withCode(span("value"), value));
    if (code) item.append(span("mono code", code));
    return item;
}

function span(name, text = "", attributes = {}) {
    const span = document.createElement("span");
    span.className = name;
    span.textContent = text;
    for (const [key, value] of Object.entries(attributes)) span.setAttribute(key, value);
    return span;
}

// Events

function changed() {
    showToken();
    showTimes();
    clearTimeout(timer);
    timer = setTimeout(explain, pause);
}

element("question").addEventListener("input", changed);
element("question").addEventListener("submit", (event) => {
    event.preventDefault();
    explain();
    element("verdict").scrollIntoView({ block: "nearest" });
});
element("text").addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey) return;
    event.preventDefault();
    element("question").requestSubmit();
});
element("now").addEventListener("click", () => {
    element("time").value = "";
    changed();
    element("instant").focus();
});
setInterval(() => askedTime() === null && showTimes(), 1000);
changed();
