import type { PersonEvent } from './events.js';
import type { DataSubject, ForgottenPerson } from './person.js';

/** Returns the person after an event. */
export function evolvePerson(_: DataSubject, event: PersonEvent): ForgottenPerson {
  switch (event.type) {
    case 'PersonForgotten':
      return { status: 'FORGOTTEN', ground: event.data.ground };
  }
}
