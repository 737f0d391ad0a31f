/** An element that index.html promises. */
export function element<T extends HTMLElement>(id: string, type: new () => T): T {
  const found = document.getElementById(id);
  if (found instanceof type) return found;
  throw new Error(`found ${found ? found.tagName : "nothing"} for #${id}, expected ${type.name}`);
}

export function button(id: string, onClick: () => void): HTMLButtonElement {
  const found = element(id, HTMLButtonElement);
  found.addEventListener("click", onClick);
  return found;
}

/** A new element with text. */
export function make<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  text = "",
  className = "",
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  made.textContent = text;
  if (className) made.className = className;
  return made;
}

/** Fill a select with choices, only when they changed, and show the chosen one. */
export function fillSelect(
  select: HTMLSelectElement,
  choices: readonly { readonly id: string; readonly title: string }[],
  chosen: string,
): void {
  const present = [...select.options].map(({ text, value }) => [value, text]);
  const wanted = choices.map(({ id, title }) => [id, title]);
  if (JSON.stringify(present) !== JSON.stringify(wanted)) {
    select.replaceChildren(...choices.map(({ id, title }) => new Option(title, id)));
  }
  if (document.activeElement !== select || select.value !== chosen) select.value = chosen;
}
