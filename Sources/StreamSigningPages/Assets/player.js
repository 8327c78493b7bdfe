// Plays the video from the addresses that the page names, counts down to the link's end, and stops with the reason as
// soon as the service refuses. It talks to the service that sent the page and to nobody else.

import { withCode } from "./prose.js";

const manifestType = "application/vnd.apple.mpegurl";
const denialHeader = "X-Stream-Signing-Denial";
/** Seconds between two looks whether the link still plays. */
const interval = 5;
/** Seconds before the end at which it is said, and shown in a frame. */
const warnings = [300, 60];

const root = document.documentElement;
const element = (id) => document.getElementById(id);
const video = element("video");
const { time, expires, manifest, download, poster, passing } = element("player").dataset;
/** What to call each refusal, by its code. */
const headlines = JSON.parse(element("player").dataset.headlines);
const unplayableHeadline = element("headline").textContent;
const end = expires ? Date.parse(expires) : null;
/** The service's clock, which decides: what it said, and what has passed since by a clock that nobody sets. */
const start = Date.parse(time) - performance.now();
const now = () => start + performance.now();

const sources = [];
let checking = null;

// The verdict

/** Asks the service for what the player asks for, because a video element does not say why a request failed. */
async function ask() {
    // One byte is enough; a refusal comes whole.
    const answer = await fetch(manifest || download || location.href, {
        cache: "no-store", referrerPolicy: "no-referrer", headers: { Range: "bytes=0-0" },
    });
    const code = answer.headers.get(denialHeader);
    if (!code) return { refused: false, found: answer.ok };
    const said = (await answer.text()).split("\n", 1)[0].slice(0, 500);
    return { refused: true, code, message: said.startsWith(`${code}: `) ? said.slice(code.length + 2) : said };
}

/** One question at a time; undefined if the service cannot be reached, which is no refusal. */
function check() {
    checking ??= ask().then(heed, () => undefined).finally(() => { checking = null; });
    return checking;
}

/** The look at intervals: not for who is not there, nor at what is final. */
function look() {
    const isRefused = root.classList.contains("refused");
    if (isRefused ? passing.split(" ").includes(element("code").textContent) : !document.hidden || !video.paused) check();
}

function heed(verdict) {
    const refused = root.classList.contains("refused");
    if (verdict.refused) {
        refuse(verdict.code, verdict.message);
    } else if (refused) {
        location.reload();
    }
    return verdict;
}

function refuse(code, message) {
    if (root.classList.contains("refused") && element("code").textContent === code) return;
    stop();
    element("code").textContent = code;
    element("message").textContent = message;
    showRefusal();
}

function showRefusal() {
    const code = element("code").textContent;
    const message = element("message").textContent;
    element("message").replaceChildren();
    withCode(element("message"), message);
    element("headline").textContent = headlines[code] ?? unplayableHeadline;
    element("retry").hidden = false;
    root.classList.replace("playable", "refused");
    document.title = element("headline").textContent;
}

/** Gives up what is buffered as well. */
function stop() {
    if (document.fullscreenElement) document.exitFullscreen();
    video.pause();
    video.removeAttribute("src");
    video.load();
}

// Playing

function play(source) {
    video.src = source;
    video.load();
}

function begin() {
    if (manifest && video.canPlayType(manifestType)) sources.push(manifest);
    if (download) sources.push(download);
    if (poster) video.poster = poster;
    if (sources.length > 0) return play(sources.shift());
    unplayable(
        manifest ? "This browser plays no HLS, and this link does not allow the MP4." : "There is nothing to play here.");
}

async function failed() {
    if (!video.hasAttribute("src")) return;
    const verdict = await check();
    if (verdict?.refused) return;
    if (sources.length > 0) return play(sources.shift());
    unplayable(
        verdict === undefined ? "The service cannot be reached." :
        verdict.found ? "This browser cannot play it." : "There is nothing under this link.");
}

/** Nothing of the token's doing, so there is no code. */
function unplayable(message) {
    stop();
    element("code").textContent = "";
    element("message").textContent = message;
    element("headline").textContent = unplayableHeadline;
    element("retry").hidden = false;
    root.classList.replace("playable", "refused");
}

// The end of the link

function remaining(seconds) {
    const days = Math.floor(seconds / 86400);
    const hours = Math.floor(seconds / 3600) % 24;
    const minutes = Math.floor(seconds / 60) % 60;
    const two = (number) => String(number).padStart(2, "0");
    if (days > 0) return `in ${days} d ${hours} h`;
    if (hours > 0) return `in ${hours} h ${two(minutes)} min`;
    if (minutes > 0) return `in ${minutes} min ${two(seconds % 60)} s`;
    return `in ${seconds} s`;
}

let announced = Infinity;

function countDown() {
    const seconds = Math.max(0, Math.ceil((end - now()) / 1000));
    element("expires").textContent = remaining(seconds);
    const due = warnings.filter((warning) => seconds <= warning).at(-1);
    root.classList.toggle("soon", due !== undefined);
    if (due !== undefined && due < announced) {
        announced = due;
        element("announcement").textContent = `This link expires ${remaining(seconds)}.`;
    }
    if (seconds === 0) check();
}

// Start

element("retry").addEventListener("click", () => location.reload());
if (end !== null) {
    element("expires").title = new Date(end).toLocaleString();
    element("expiry").hidden = false;
    countDown();
    setInterval(countDown, 1000);
}
setInterval(look, interval * 1000);
document.addEventListener("visibilitychange", look);
if (root.classList.contains("refused")) {
    showRefusal();
} else {
    for (const event of ["stalled", "waiting"]) video.addEventListener(event, check);
    video.addEventListener("error", failed);
    begin();
}
