import type { PersonEvent } from './events.js';
import type { ForgottenPerson, Person } from './person.js';

/** Returns the person after an event. */
export function evolvePerson(_: Person, event: PersonEvent): ForgottenPerson {
  switch (event.type) {
    case 'PersonForgotten':
      return { status: 'FORGOTTEN', ground: event.data.ground };
  }
}
