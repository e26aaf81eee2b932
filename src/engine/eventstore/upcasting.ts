/** The stored data of an event, whose shape depends on the schema version. */
export type StoredData = Readonly<Record<string, unknown>>;

/** Converts stored data of one schema version to the next. Pure. `recordedAt` is taken from the event's envelope. */
export type Upcaster = (data: StoredData, recordedAt: string) => StoredData;
