// Plays the video from the addresses that the page names, counts down to the link's end, and stops with the reason as
// soon as the service refuses. It talks to the service that sent the page and to nobody else.

import { countDown } from "./countdown.js";
import { Playback } from "./playback.js";
import { withCode } from "./prose.js";

const manifestType = "application/vnd.apple.mpegurl";
const denialHeader = "X-Stream-Signing-Denial";
/** Seconds between two looks whether the link still plays. */
const interval = 5;
/** Milliseconds without the service before its absence takes the video's place. */
const grace = 10000;

const root = document.documentElement;
const element = (id) => document.getElementById(id);
const video = element("video");
const { time, expires, manifest, download, poster, passing } = element("player").dataset;
/** What to call each refusal, by its code. */
const headlines = JSON.parse(element("player").dataset.headlines);
const unplayableHeadline = element("headline").textContent;
const lostHeadline = "Playback is interrupted";
/** The service's clock, which decides: what it said, and what has passed since by a clock that nobody sets. */
const start = Date.parse(time) - performance.now();
const now = () => start + performance.now();

let checking = null;
/** null on a page that has nothing to play. */
let playback = null;

// The verdict

/** Asks the service for what the player asks for, because a video element does not say why a request failed. */
async function ask() {
    // One byte is enough; a refusal comes whole.
    const answer = await fetch(manifest || download || location.href, {
        cache: "no-store", referrerPolicy: "no-referrer", headers: { Range: "bytes=0-0" },
    });
    const code = answer.headers.get(denialHeader);
    // A server that fails, in front of the service or itself, has not said what is there.
    if (!code && answer.status >= 500) throw new Error(`status ${answer.status}`);
    if (!code) return { refused: false, found: answer.ok };
    const said = (await answer.text()).split("\n", 1)[0].slice(0, 500);
    return { refused: true, code, message: said.startsWith(`${code}: `) ? said.slice(code.length + 2) : said };
}

/** One question at a time; undefined if the service cannot be reached, which is not a refusal. */
function check() {
    checking ??= ask().then(heed, () => undefined).finally(() => { checking = null; });
    return checking;
}

const passes = (code) => passing.split(" ").includes(code);

/** The look at intervals: not for who is not there, nor at what is final. */
function look() {
    const isRefused = root.classList.contains("refused");
    if (isRefused ? passes(element("code").textContent) : !document.hidden || !video.paused) check();
}

function heed(verdict) {
    const isRefused = root.classList.contains("refused");
    // What passes does not stop a video that plays: what is buffered may be enough until then.
    if (verdict.refused && (!playback || !passes(verdict.code))) {
        refuse(verdict.code, verdict.message);
    } else if (!verdict.refused && isRefused && element("code").textContent) {
        // The service has refused it, and now it does not.
        if (playback) goOn(); else location.reload();
    }
    return verdict;
}

function refuse(code, message) {
    if (root.classList.contains("refused") && element("code").textContent === code) return;
    playback?.stop();
    showPanel(headlines[code] ?? unplayableHeadline, code, message);
}

// What is shown

/** In the video's place. */
function showPanel(headline, code, message) {
    if (document.fullscreenElement) document.exitFullscreen();
    element("notice").hidden = true;
    element("headline").textContent = headline;
    element("code").textContent = code;
    element("message").replaceChildren();
    withCode(element("message"), message);
    element("retry").hidden = false;
    root.classList.replace("playable", "refused");
    document.title = headline;
}

const title = document.title;

function showVideo() {
    element("notice").hidden = true;
    element("code").textContent = "";
    root.classList.replace("refused", "playable");
    document.title = title;
}

/** The video fails, and the service has not refused it for good. */
function showLost(verdict, milliseconds) {
    const isMissing = verdict && !verdict.refused && !verdict.found;
    if (!playback.hasPlayed && isMissing) return showPanel(unplayableHeadline, "", "There is nothing under this link.");
    if (milliseconds < grace) {
        element("notice").hidden = false;
    } else if (verdict?.refused) {
        showPanel(headlines[verdict.code] ?? lostHeadline, verdict.code, verdict.message);
    } else {
        const reason =
            verdict === undefined ? "The service cannot be reached." :
            isMissing ? "The video is not there at the moment." : "A part of the video cannot be loaded.";
        showPanel(lostHeadline, "", `${reason} Playback goes on as soon as it can.`);
    }
}

function unplayable(message) {
    playback?.stop();
    showPanel(unplayableHeadline, "", message);
}

// Playing

function begin() {
    const sources = [];
    if (manifest && video.canPlayType(manifestType)) sources.push(manifest);
    if (download) sources.push(download);
    if (poster) video.poster = poster;
    if (sources.length === 0) {
        return unplayable(
            manifest ? "This browser plays no HLS, and this link does not allow the MP4." : "There is nothing to play here.");
    }
    playback = new Playback(video, sources, check, {
        playing: showVideo, lost: showLost, unplayable: () => unplayable("This browser cannot play it."),
    });
    for (const event of ["stalled", "waiting"]) video.addEventListener(event, check);
    playback.begin();
}

function goOn() {
    showVideo();
    playback.resume();
}

async function retry() {
    if (!playback?.hasPlayed) return location.reload();
    const verdict = await check();
    // After a refusal that is over, the check has gone on already.
    if (verdict && !verdict.refused && root.classList.contains("refused")) goOn();
}

// Start

element("retry").addEventListener("click", retry);
if (expires) countDown(Date.parse(expires), now, check);
setInterval(look, interval * 1000);
document.addEventListener("visibilitychange", look);
if (root.classList.contains("refused")) {
    showPanel(headlines[element("code").textContent] ?? unplayableHeadline, element("code").textContent, element("message").textContent);
} else {
    begin();
}
