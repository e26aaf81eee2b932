import { firstOf, reasonGiven } from '../plan/checks.js';
import { accept, refuse } from '../refusal.js';
import { ADMINISTRATORS } from '../roles.js';
import type { ControlSettings } from '../settings.js';
import type { OrganisationCapability } from './capability.js';
import { validSettings } from './settingsChecks.js';

/** Changes settings of control. The event contains all settings. Plans that were approved before keep theirs. */
export const changeSettings: OrganisationCapability<
  { SettingsChanged: { readonly settings: ControlSettings } },
  { changeSettings: { readonly settings: Partial<ControlSettings> } }
> = {
  events: {
    SettingsChanged: {
      evolve: (organisation, { settings }) => ({ ...organisation, settings }),
      sentence: () => ['Изменены настройки контроля', 'Settings of control changed'],
    },
  },
  commands: {
    changeSettings: {
      givenBy: ADMINISTRATORS,
      decide({ settings: present }, { settings: stated }, given) {
        const settings = { ...present, ...stated };
        return (
          firstOf(
            JSON.stringify(settings) === JSON.stringify(present) ? refuse('NOTHING_CHANGES') : undefined,
            validSettings(settings),
            reasonGiven(given),
          ) ?? accept({ type: 'SettingsChanged', data: { settings } })
        );
      },
    },
  },
};
