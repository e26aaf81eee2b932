/** Returns what this browser remembers under a name; empty for nothing. */
export function stored(name: string): string {
  try {
    return localStorage.getItem(name) ?? '';
  } catch {
    return '';
  }
}

/** Has the browser remember a text under a name; an empty text forgets it. */
export function store(name: string, text: string): void {
  try {
    if (text === '') localStorage.removeItem(name);
    else localStorage.setItem(name, text);
  } catch {
    // The browser stores nothing in this mode: the text counts as long as the page is open.
  }
}
