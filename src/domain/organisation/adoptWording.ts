import { firstOf, requiredText, validSchedule } from '../plan/checks.js';
import { accept, refuse } from '../refusal.js';
import { EXECUTORS, KEEPERS } from '../roles.js';
import { sameSchedule } from '../schedule.js';
import type { OrganisationCapability } from './capability.js';
import { ownReading, withoutReading, withReading } from './ownReadings.js';
import type { OwnWording } from './ownWordings.js';

/** Maximum number of wordings of one organisation. */
const MAX_OWN_WORDINGS = 5_000;

/**
 * Stores the meaning that a person has confirmed for a wording, for all later documents of the organisation. Stored
 * readings do not change.
 */
export const adoptWording: OrganisationCapability<
  { WordingAdopted: OwnWording; WordingWithdrawn: { readonly text: string } },
  { adoptWording: OwnWording; withdrawWording: { readonly text: string } }
> = {
  events: {
    WordingAdopted: {
      evolve: (organisation, wording) => ({
        ...organisation,
        wordings: withReading(organisation.wordings, wording),
      }),
      sentence: ({ text }) => [
        `Принято, как понимать срок «${text}» в следующих документах`,
        `Meaning of «${text}» kept for later documents`,
      ],
    },
    WordingWithdrawn: {
      evolve: (organisation, { text }) => ({
        ...organisation,
        wordings: withoutReading(organisation.wordings, text),
      }),
      sentence: ({ text }) => [`Отозвано принятое понимание срока «${text}»`, `Meaning of «${text}» is kept no longer`],
    },
  },
  commands: {
    adoptWording: {
      givenBy: EXECUTORS,
      decide({ wordings }, { text, schedule, period }) {
        const known = ownReading(wordings, text);
        const isSame =
          known !== undefined &&
          sameSchedule(known.schedule, schedule) &&
          known.period?.start === period?.start &&
          known.period?.end === period?.end;
        return (
          firstOf(
            requiredText('text', text),
            schedule.kind === 'unknown' ? refuse('UNREAD_WORDING', 'schedule', { text }) : undefined,
            validSchedule('schedule', schedule),
            isSame ? refuse('NOTHING_CHANGES') : undefined,
            known === undefined && Object.keys(wordings).length >= MAX_OWN_WORDINGS
              ? refuse('TOO_MANY', 'text', { max: MAX_OWN_WORDINGS })
              : undefined,
          ) ?? accept({ type: 'WordingAdopted', data: { text: text.trim(), schedule, period } })
        );
      },
    },
    withdrawWording: {
      givenBy: KEEPERS,
      decide({ wordings }, { text }) {
        const known = ownReading(wordings, text);
        return known === undefined
          ? refuse('WORDING_NOT_OWN', 'text', { text })
          : accept({ type: 'WordingWithdrawn', data: { text: known.text } });
      },
    },
  },
};
