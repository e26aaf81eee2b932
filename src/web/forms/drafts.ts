/** Returns the values of a form that the browser holds until the tab is closed; undefined when there are none. */
export function draftAt<Values>(key: string, empty: Values): Values | undefined {
  try {
    const text = sessionStorage.getItem(key);
    return text === null ? undefined : { ...empty, ...JSON.parse(text) };
  } catch {
    return undefined;
  }
}

/** Keeps what was typed over a reload or the end of a session; null deletes it. */
export function keepDraft(key: string, values: unknown): void {
  try {
    if (values === null) sessionStorage.removeItem(key);
    else sessionStorage.setItem(key, JSON.stringify(values));
  } catch {
    // The browser stores nothing in this mode, or not so much: the values are still in the form.
  }
}
