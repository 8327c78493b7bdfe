// Takes apart what a person pasted. It decodes and verifies nothing: that is the service's work.

const alphabet = /^[A-Za-z0-9_-]*$/;
/** The last second of the year 9999. */
const latest = 253402300799;

/**
 * What can be read of a token, or of the URL that holds it.
 * @returns {{token: string, path: string, header: string?, payload: string?, claims: object, problem: string?}}
 */
export function read(text) {
    const { token, path } = find(text.trim());
    const parts = token.split(".");
    const reading = { token, path, header: null, payload: null, claims: {}, problem: null };
    if (!token) {
        reading.problem = text.trim() ? "There is no token in this URL." : null;
    } else if (parts.length !== 3) {
        reading.problem = `A token has three parts with dots between them, and this has ${parts.length}.`;
    } else {
        reading.header = decode(parts[0]);
        reading.payload = decode(parts[1]);
        if (reading.header === null || reading.payload === null) {
            reading.problem = `The ${reading.header === null ? "header" : "payload"} is not base64url of UTF-8.`;
        }
        reading.claims = object(reading.payload);
    }
    return reading;
}

/** In a URL, the token is the part of the path that has a token's dots. */
function find(text) {
    if (!/^https?:\/\//i.test(text)) return { token: text, path: "" };
    const parts = text.replace(/[?#].*$/s, "").split("/").slice(3);
    const index = parts.findIndex((part) => part.split(".").length === 3 && part.length > 40);
    return index < 0 ? { token: "", path: "" } : { token: parts[index], path: parts.slice(index + 1).join("/") };
}

function decode(part) {
    if (!alphabet.test(part)) return null;
    try {
        const bytes = Uint8Array.from(atob(part.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));
        return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    } catch {
        return null;
    }
}

function object(json) {
    try {
        const value = JSON.parse(json);
        return value !== null && typeof value === "object" && !Array.isArray(value) ? value : {};
    } catch {
        return {};
    }
}

/** Milliseconds of an `exp` or `nbf`, which is a number or a decimal string; null if it is not a time. */
export function instant(claim) {
    const seconds = typeof claim === "string" && /^-?\d+$/.test(claim) ? Number(claim) : claim;
    return typeof seconds === "number" && Math.abs(seconds) <= latest ? seconds * 1000 : null;
}

/**
 * JSON with line breaks and indentation, otherwise as it stands: parsing it first would hide a member that is there twice.
 * Characters that show nothing, or turn text around, are shown by their number.
 */
export function layOut(json) {
    let depth = 0;
    const line = () => "\n" + "  ".repeat(Math.max(0, depth));
    const pattern = /"(?:[^"\\]|\\.)*"|[{[]\s*[}\]]|[{[]|[}\]]|,|:|[^\s"{}[\],:]+|"/gsu;
    const text = (json.match(pattern) ?? []).map((piece) => {
        switch (piece) {
        case "{": case "[": depth += 1; return piece + line();
        case "}": case "]": depth -= 1; return line() + piece;
        case ",": return piece + line();
        case ":": return ": ";
        default: return piece;
        }
    }).join("");
    return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (character) =>
        character === "\n" ? character : `\\u{${character.codePointAt(0).toString(16)}}`);
}
