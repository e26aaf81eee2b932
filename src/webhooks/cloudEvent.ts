/** What a change is told as: an event by CloudEvents 1.0, in its JSON form. */
export interface CloudEvent {
  readonly specversion: '1.0';
  readonly id: string;
  /** The chronicle, as a URN. */
  readonly source: string;
  readonly type: string;
  /** What it is about, by its global id. */
  readonly subject?: string;
  readonly time: string;
  readonly datacontenttype: 'application/json';
  readonly data: unknown;
}

export const CLOUD_EVENTS_JSON = 'application/cloudevents+json; charset=utf-8';

/** Types of events begin with this. */
const TYPES = 'org.letopis';

export function cloudEvent(
  chronicleId: string,
  {
    id,
    type,
    subject,
    time,
  }: { readonly id: string; readonly type: string; readonly subject: string | null; readonly time: string },
  data: unknown,
): CloudEvent {
  return {
    specversion: '1.0',
    id,
    source: `urn:uuid:${chronicleId}`,
    type: `${TYPES}.${type}`,
    ...(subject === null ? {} : { subject }),
    time,
    datacontenttype: 'application/json',
    data,
  };
}
