import { API_COMMANDS, GUARDS, READ_POLICY, READINGS, rolesThatGive } from '../../src/application/policy.js';
import { KEY_ROLES } from '../support/keys.js';

/** The policy as docs/access.md shows it. */
export function policyTables(): string {
  const head = (first: string) => [
    `| ${first} | ${KEY_ROLES.join(' | ')} |`,
    `| --- |${' :-: |'.repeat(KEY_ROLES.length)}`,
  ];
  const row = (name: string, roles: readonly string[]) =>
    `| ${name} | ${KEY_ROLES.map((role) => (roles.includes(role) ? '•' : '')).join(' | ')} |`;
  const waysOf = (reading: string) =>
    Object.entries(GUARDS).flatMap(([way, guard]) =>
      'reads' in guard && guard.reads === reading ? [`\`${way}\``] : [],
    );
  const open = Object.entries(GUARDS).flatMap(([way, guard]) =>
    'open' in guard ? [`| \`${way}\` | ${guard.open} |`] : [],
  );
  return [
    ...head('reads'),
    ...READINGS.map((reading) => row(`\`${reading}\``, READ_POLICY[reading])),
    '',
    '| reading | ways in |',
    '| --- | --- |',
    ...READINGS.map(
      (reading) => `| \`${reading}\` | ${waysOf(reading).join(', ') || 'names of persons wherever they stand'} |`,
    ),
    '',
    '| open to everybody | why |',
    '| --- | --- |',
    ...open,
    '',
    ...head('gives'),
    ...API_COMMANDS.map((command) => row(`\`${command}\``, rolesThatGive(command))),
  ].join('\n');
}
