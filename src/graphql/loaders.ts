import DataLoader from 'dataloader';

/** Makes loaders when they are first asked for, once each: most requests want few of them. */
export class Loaders {
  readonly #forgetting: (() => void)[] = [];

  /** What makes a loader, and gives the same one each time. */
  of<Value>(batch: (keys: readonly string[]) => Promise<Value[]>): () => DataLoader<string, Value> {
    let made: DataLoader<string, Value> | undefined;
    return () => {
      if (made) return made;
      const loader = new DataLoader<string, Value>(batch);
      this.#forgetting.push(() => loader.clearAll());
      made = loader;
      return loader;
    };
  }

  /** Forgets all that was loaded. */
  forget(): void {
    for (const forget of this.#forgetting) forget();
  }
}
