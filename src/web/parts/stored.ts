/** Returns the text that this browser stores under a name; empty if there is none. */
export function savedText(name: string): string {
  try {
    return localStorage.getItem(name) ?? '';
  } catch {
    return '';
  }
}

/** Stores a text in this browser under a name. An empty text removes it. */
export function store(name: string, text: string): void {
  try {
    if (text === '') localStorage.removeItem(name);
    else localStorage.setItem(name, text);
  } catch {
    // The browser stores nothing in this mode. The text is lost when the page is closed.
  }
}
