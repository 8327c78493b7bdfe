// The line on which a token's validity lies, with a slider to ask about another time.

const steps = 1000;
const element = (id) => document.getElementById(id);

/** `2030-01-01T00:00:00Z`: whole seconds, as the service reads and writes them. */
export function rfc3339(milliseconds) {
    return new Date(Math.floor(milliseconds / 1000) * 1000).toISOString().replace(".000Z", "Z");
}

/** `in 5 min`, `2 d ago`, `now`. */
export function distance(milliseconds) {
    const seconds = Math.round(Math.abs(milliseconds) / 1000);
    if (seconds === 0) return "now";
    const units = [[31557600, "y"], [86400, "d"], [3600, "h"], [60, "min"], [1, "s"]];
    const [size, name] = units.find(([size]) => seconds >= size);
    const text = `${Math.floor(seconds / size)} ${name}`;
    return milliseconds > 0 ? `in ${text}` : `${text} ago`;
}

/** What a time is for the token: whether it is valid then, and how far from its ends. */
function standing(time, nbf, exp) {
    if (nbf !== null && time < nbf) return `not valid yet, begins ${distance(nbf - time)}`;
    if (exp === null) return "has no end";
    return time < exp ? `valid, ends ${distance(exp - time)}` : `expired ${distance(exp - time)}`;
}

export class Timeline {
    #start = 0;
    #end = 1;
    #nbf = null;
    #exp = null;

    /** @param {(time: number) => void} chosen called with the time that the slider is moved to */
    constructor(chosen) {
        element("instant").addEventListener("input", () => chosen(this.#timeAt(Number(element("instant").value))));
    }

    /** @param asked the time that is asked about; null for now */
    show({ nbf, exp, asked }) {
        const now = Date.now();
        element("times").hidden = nbf === null && exp === null;
        if (nbf !== this.#nbf || exp !== this.#exp || now > this.#end) this.#span(nbf, exp, now);
        const time = asked ?? now;
        const line = element("instant").parentElement;
        line.style.setProperty("--from", this.#share(nbf ?? this.#start));
        line.style.setProperty("--to", this.#share(exp ?? this.#end));
        line.style.setProperty("--now", this.#share(now));
        element("instant").value = Math.round(this.#share(time) * steps);
        element("instant").setAttribute("aria-valuetext", `${asked === null ? "now" : rfc3339(time)}: ${standing(time, nbf, exp)}`);
        element("now").hidden = asked === null;
        this.#list([
            ["Begins", nbf, nbf === null ? "any time before it ends" : distance(nbf - now)],
            ["Ends", exp, exp === null ? "never" : distance(exp - now)],
            [asked === null ? "Now" : "Asked", time, standing(time, nbf, exp)],
        ]);
    }

    /** From the first to the last of the times that matter, and some room on both sides. */
    #span(nbf, exp, now) {
        this.#nbf = nbf;
        this.#exp = exp;
        const times = [nbf, exp, now].filter((time) => time !== null);
        const first = Math.min(...times);
        const last = Math.max(...times);
        const room = Math.max(60000, (last - first) * 0.15);
        this.#start = first - room;
        this.#end = last + room;
    }

    #share(time) {
        return Math.min(1, Math.max(0, (time - this.#start) / (this.#end - this.#start)));
    }

    #timeAt(step) {
        return this.#start + (this.#end - this.#start) * step / steps;
    }

    #list(moments) {
        element("moments").replaceChildren(...moments.map(([name, time, note]) => {
            const row = document.createElement("div");
            row.append(...[["dt", name], ["dd", time === null ? "–" : rfc3339(time)], ["dd", note]].map(([tag, text]) => {
                const cell = document.createElement(tag);
                cell.textContent = text;
                return cell;
            }));
            return row;
        }));
    }
}
