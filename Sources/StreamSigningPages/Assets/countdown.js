// Counts down to the end of a link, or of the playback that began with it.

/** Seconds before the end at which it is said, and shown in a frame. */
const warnings = [300, 60];

const element = (id) => document.getElementById(id);

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

/**
 * @param end when that is, in milliseconds
 * @param now tells the time by the service's clock
 * @param ended called each second once it has ended
 */
export function countDown(end, now, ended) {
    let announced = Infinity;
    const tick = () => {
        const seconds = Math.max(0, Math.ceil((end - now()) / 1000));
        element("expires").textContent = remaining(seconds);
        const due = warnings.filter((warning) => seconds <= warning).at(-1);
        document.documentElement.classList.toggle("soon", due !== undefined);
        if (due !== undefined && due < announced) {
            announced = due;
            element("announcement").textContent = `This ${element("ending").textContent.toLowerCase()} ${remaining(seconds)}.`;
        }
        if (seconds === 0) ended();
    };
    element("expires").title = new Date(end).toLocaleString();
    element("expiry").hidden = false;
    tick();
    setInterval(tick, 1000);
}
