import type { Writing } from '../../engine/eventstore/damage.js';
import type { LogProblem } from '../../engine/signing/acceptance.js';
import type { WitnessProblem } from '../../engine/signing/cosigning.js';
import { enumOf } from './enumOf.js';

export const WritingEnum = enumOf<Writing>('Writing', 'Which commands a chronicle accepts.', {
  OPEN: 'All commands.',
  PARTLY_CLOSED: 'All commands but those on damaged plans.',
  CLOSED: 'No command, because the damage is not limited to one plan.',
});
export const LogProblemEnum = enumOf<LogProblem>('LogProblem', 'Why the log is not signed.', {
  NO_ANCHOR: 'It has no anchor: the data are of an earlier version, a backup was restored, or the anchor was removed.',
  ANCHOR_NOT_OURS: 'Its anchor cannot be read, or was not sealed by this master key.',
  OTHER_CHRONICLE: 'Its anchor is of another chronicle.',
  OTHER_KEY: 'The chronicle names another key of the log than the anchor does.',
  CHECKPOINT_NOT_OURS: 'The last checkpoint was not signed by the key of the log.',
  CUT: 'It has fewer entries than its anchor names.',
  REWRITTEN: 'Entries that were signed have been changed.',
});
export const WitnessProblemEnum = enumOf<WitnessProblem>('WitnessProblem', 'Why a witness has not cosigned.', {
  UNREACHABLE: 'It cannot be reached, or does not speak the protocol.',
  NOT_WATCHED: 'It does not watch this log, or knows another key of it.',
  FORKED: 'It has cosigned another history of this log, or a longer one.',
});
