/** The data of an event as it was stored, before its shape is known. */
export type StoredData = Readonly<Record<string, unknown>>;

/** Converts stored data of one schema version to the next version. Pure; `recordedAt` is taken from the envelope. */
export type Upcaster = (data: StoredData, recordedAt: string) => StoredData;
