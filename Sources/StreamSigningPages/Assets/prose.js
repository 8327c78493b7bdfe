// Texts of the service as people read them.

/** Appends a text to an element, with the parts in backticks set as code. */
export function withCode(parent, text) {
    parent.append(...text.split("`").map((piece, index) => {
        const element = document.createElement(index % 2 ? "code" : "span");
        element.textContent = piece;
        return element;
    }));
    return parent;
}
