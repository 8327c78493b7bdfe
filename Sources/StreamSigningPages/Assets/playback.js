// Keeps a video playing. What fails is loaded again from where it was, with more and more time between two attempts, for as long as
// the service does not refuse it: browsers give up at a single request that fails.

/** Milliseconds until the next attempt, after so many in vain. */
const delay = (attempts) => Math.min(500 * 2 ** attempts, 15000);
/** How often a source that the service has may fail before it counts as one that the browser cannot play, if it never has. */
const trials = 3;
/** Milliseconds without progress after which what plays or loads counts as failed. */
const patience = 20000;
/** Seconds of playback after which what failed before does not matter any more. */
const recovered = 5;

export class Playback {
    #video;
    #sources;
    #ask;
    #show;
    /** Where the viewer is, in seconds. */
    #position = 0;
    /** Whether the viewer wants it to play. */
    #wantsToPlay = false;
    #hasPlayed = false;
    #isLost = true;
    #isStopped = false;
    #failures = 0;
    #attempts = 0;
    #lostSince = null;
    #timer = null;
    /** Which attempt is the last: an earlier one does nothing any more. */
    #turn = 0;
    /** The last progress: at which position, and when. */
    #moved = { position: 0, time: performance.now() };
    #restored = 0;

    /**
     * @param video the element
     * @param sources addresses, the best first
     * @param ask asks the service whether the first source may be had: `{refused, found}`; undefined if it cannot be reached
     * @param show `playing()`, `lost(verdict, milliseconds)` before each time that it waits for another attempt, and `unplayable()`
     */
    constructor(video, sources, ask, show) {
        this.#video = video;
        this.#sources = sources;
        this.#ask = ask;
        this.#show = show;
        video.addEventListener("timeupdate", () => this.#advance());
        // Where the viewer wants to be, even if what is there cannot be loaded.
        video.addEventListener("seeking", () => { if (!this.#isLost) this.#position = video.currentTime; });
        video.addEventListener("play", () => { this.#wantsToPlay = true; });
        video.addEventListener("pause", () => { if (!this.#isLost) this.#wantsToPlay = false; });
        video.addEventListener("loadeddata", () => { this.#hasPlayed = true; });
        video.addEventListener("loadedmetadata", () => this.#restore());
        video.addEventListener("error", () => this.#fail());
        setInterval(() => this.#watch(), 1000);
    }

    get hasPlayed() { return this.#hasPlayed; }

    begin() {
        this.#load();
    }

    /** Gives up what is buffered as well. The position is kept. */
    stop() {
        this.#wantsToPlay ||= !this.#video.paused;
        this.#isLost = true;
        this.#isStopped = true;
        clearTimeout(this.#timer);
        this.#timer = null;
        this.#video.pause();
        this.#video.removeAttribute("src");
        this.#video.load();
    }

    /** Goes on where it was. */
    resume() {
        this.#isStopped = false;
        this.#failures = 0;
        this.#attempts = 0;
        this.#load();
    }

    #load() {
        this.#turn += 1;
        clearTimeout(this.#timer);
        this.#timer = null;
        this.#isLost = true;
        this.#moved.time = performance.now();
        this.#video.src = this.#sources[0];
        this.#video.load();
    }

    /** The source is there again: to the position, unless it is a live stream, which goes on at its end. */
    #restore() {
        const { duration } = this.#video;
        if (this.#position > 0 && Number.isFinite(duration)) {
            this.#video.currentTime = Math.min(this.#position, Math.max(0, duration - 0.25));
        }
        this.#restored = this.#video.currentTime;
        this.#isLost = false;
        this.#moved = { position: this.#restored, time: performance.now() };
        if (this.#wantsToPlay) this.#video.play().catch(() => {});
        this.#show.playing();
    }

    #advance() {
        const { currentTime, readyState, seeking } = this.#video;
        if (this.#isLost || seeking || readyState < HTMLMediaElement.HAVE_CURRENT_DATA) return;
        this.#position = currentTime;
        if (Math.abs(currentTime - this.#restored) < recovered) return;
        this.#failures = 0;
        this.#attempts = 0;
        this.#lostSince = null;
    }

    #fail() {
        if (this.#isStopped || this.#timer !== null) return;
        this.#wantsToPlay ||= !this.#video.paused;
        this.#isLost = true;
        this.#lostSince ??= performance.now();
        this.#failures += 1;
        if (!this.#hasPlayed && this.#failures > trials) {
            if (this.#sources.length === 1) return this.#show.unplayable();
            this.#sources.shift();
            this.#failures = 0;
        }
        this.#attempt();
    }

    /** Loads the source if it can be had; otherwise asks again in a while. */
    async #attempt() {
        const turn = ++this.#turn;
        const verdict = await this.#ask();
        if (this.#isStopped || turn !== this.#turn) return;
        const canBeHad = verdict !== undefined && !verdict.refused && verdict.found;
        // At once where one request has failed and the next is good; later if that happens again and again.
        if (canBeHad && this.#failures <= 1 && this.#attempts === 0) return this.#load();
        this.#show.lost(verdict, performance.now() - this.#lostSince);
        this.#timer = setTimeout(() => {
            this.#timer = null;
            if (canBeHad) this.#load(); else this.#attempt();
        }, delay(canBeHad ? this.#failures - 1 : this.#attempts));
        this.#attempts += 1;
    }

    /** Nothing fails, and nothing goes on either. */
    #watch() {
        const { currentTime, paused, ended, seeking } = this.#video;
        const now = performance.now();
        const isLoading = this.#isLost && this.#timer === null;
        const isPlaying = !this.#isLost && this.#wantsToPlay && !paused && !ended && !seeking;
        if (this.#isStopped || !isLoading && !isPlaying || currentTime !== this.#moved.position) {
            this.#moved = { position: currentTime, time: now };
        } else if (now - this.#moved.time > patience) {
            this.#moved.time = now;
            this.#fail();
        }
    }
}
