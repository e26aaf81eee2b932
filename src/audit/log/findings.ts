/** Where an event lies, for a person who looks for it. */
export interface EntryName {
  readonly position: number;
  readonly stream: string;
  readonly revision: number;
  readonly type: string;
}

/** The name of an event as it is stored. */
export function entryName({ position, stream, revision, type }: EntryName): EntryName {
  return { position, stream, revision, type };
}

/** What is not as it was recorded. */
export type Finding =
  /** Its stored bytes are not those that were recorded. */
  | { readonly kind: 'edited'; readonly entry: EntryName }
  /** It is stored as another event than its own bytes say: of another stream, type, version of its type or id. */
  | { readonly kind: 'misplaced'; readonly entry: EntryName }
  /** The event that it names before it in its stream is not the one that is there. */
  | { readonly kind: 'unchained'; readonly entry: EntryName }
  /** It was recorded at another position. */
  | { readonly kind: 'moved'; readonly entry: EntryName; readonly from: number }
  /** An event that the tree does not hold. */
  | { readonly kind: 'inserted'; readonly entry: EntryName }
  /** Events that were recorded and are not there, by their positions. */
  | { readonly kind: 'removed'; readonly from: number; readonly to: number }
  /** The log ends before a checkpoint that was signed. */
  | { readonly kind: 'cut'; readonly size: number; readonly checkpoint: number }
  /** The events up to a checkpoint are not those over which it was signed; up to the one before they are. */
  | { readonly kind: 'rewritten'; readonly after: number; readonly checkpoint: number }
  /** The log is not the one that was verified here before. */
  | { readonly kind: 'forked'; readonly remembered: number }
  /** A checkpoint that the key of the log did not sign, or that is of another log. */
  | { readonly kind: 'forged'; readonly checkpoint: number }
  /** Checkpoints that the log has signed and the trusted witness has not: the first of them, and how many they are. */
  | { readonly kind: 'unwitnessed'; readonly checkpoint: number; readonly count: number }
  /** A checkpoint that was seen here before is not there any more, nor any later one. */
  | { readonly kind: 'unsigned'; readonly remembered: number; readonly checkpoint: number }
  /** The first entries are not those of the anchor that is kept beside the chronicle. */
  | { readonly kind: 'notAnchored'; readonly anchor: number }
  /** The anchor is of another log, or was not signed by the key of this one. */
  | { readonly kind: 'anchorForged'; readonly anchor: number }
  /** A tile of hashes is not what the events make. */
  | { readonly kind: 'wrongTile'; readonly level: number; readonly number: number }
  /** The tree that is kept for appending is not that of the events. */
  | { readonly kind: 'wrongTree'; readonly size: number }
  /** The position that is kept for appending is not that of the last event. */
  | { readonly kind: 'wrongHead'; readonly head: number; readonly last: number };
