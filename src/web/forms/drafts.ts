/** Returns the values of a form that the browser stores until the tab is closed; undefined if there are none. */
export function draftAt<Values>(key: string, empty: Values): Values | undefined {
  try {
    const text = sessionStorage.getItem(key);
    return text === null ? undefined : { ...empty, ...JSON.parse(text) };
  } catch {
    return undefined;
  }
}

/** Stores the entered values across a reload or the end of a session; null deletes them. */
export function keepDraft(key: string, values: unknown): void {
  try {
    if (values === null) sessionStorage.removeItem(key);
    else sessionStorage.setItem(key, JSON.stringify(values));
  } catch {
    // The browser stores nothing in this mode, or has too little space. The values are still in the form.
  }
}
