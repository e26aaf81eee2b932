/** A change as an event of CloudEvents 1.0, in the JSON format. */
export interface CloudEvent {
  readonly specversion: '1.0';
  readonly id: string;
  /** The chronicle, as a URN. */
  readonly source: string;
  readonly type: string;
  /** Global id of the changed object. */
  readonly subject?: string;
  readonly time: string;
  readonly datacontenttype: 'application/json';
  readonly data: unknown;
}

/** Value of the `Content-Type` header for a {@link CloudEvent}. */
export const CLOUD_EVENTS_JSON = 'application/cloudevents+json; charset=utf-8';

/** Prefix of event types. */
const EVENT_TYPE_PREFIX = 'org.letopis';

/** Returns the CloudEvent of a change in this chronicle. */
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
    type: `${EVENT_TYPE_PREFIX}.${type}`,
    ...(subject === null ? {} : { subject }),
    time,
    datacontenttype: 'application/json',
    data,
  };
}
