import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { z } from 'zod';
import { keyOf } from '../support/keys.js';
import { startServer, type TestServer } from '../support/server.js';

const MONITORING = new URL('../../deploy/monitoring/', import.meta.url);

const Alerts = z.object({
  groups: z.array(
    z.object({
      rules: z.array(
        z.object({
          alert: z.string(),
          expr: z.string(),
          labels: z.object({ severity: z.enum(['critical', 'warning']) }),
          annotations: z.object({ summary: z.string(), description: z.string() }),
        }),
      ),
    }),
  ),
});
const Dashboard = z.object({
  panels: z.array(z.object({ title: z.string(), targets: z.array(z.object({ expr: z.string() })).min(1) })),
});

const read = (name: string) => readFile(new URL(name, MONITORING), 'utf8');

let server: TestServer;
/** The metrics that a server exports, and the suffixes of their series. */
let given: Set<string>;

beforeAll(async () => {
  server = await startServer();
  const headers = { authorization: `Bearer ${keyOf('dashboard')}` };
  const text = await (await fetch(`${server.address}/metrics`, { headers })).text();
  given = new Set(
    [...text.matchAll(/^# TYPE (\S+) (\S+)$/gm)].flatMap(([, name = '', type]) =>
      type === 'histogram' ? [name, `${name}_bucket`, `${name}_sum`, `${name}_count`] : [name],
    ),
  );
});
afterAll(() => server.close());

/** Returns the metrics of an expression; `up` is of Prometheus itself. */
function metricsIn(expr: string): string[] {
  return [...expr.matchAll(/\b(letopis|process|nodejs)_[a-z0-9_]+/g)].map(([name]) => name);
}

describe('the alert rules and the dashboard', () => {
  it('name metrics that the server gives', async () => {
    const alerts = Alerts.parse(parse(await read('alerts.yml')));
    const dashboard = Dashboard.parse(JSON.parse(await read('grafana/letopis.json')));
    const expressions = [
      ...alerts.groups.flatMap(({ rules }) => rules.map(({ expr }) => expr)),
      ...dashboard.panels.flatMap(({ targets }) => targets.map(({ expr }) => expr)),
    ];
    const named = expressions.flatMap(metricsIn);
    expect(named.length).toBeGreaterThan(30);
    expect(named.filter((name) => !given.has(name))).toEqual([]);
    expect(expressions.filter((expr) => metricsIn(expr).length === 0 && !/\bup\{/.test(expr))).toEqual([]);
  });

  it('have an alert and a panel for each metric of Letopis that docs/operations.md says to watch', async () => {
    const docs = await readFile(new URL('../../docs/operations.md', import.meta.url), 'utf8');
    const rows = docs.split('\n').filter((line) => /^\| `letopis_/.test(line));
    const watched = rows.flatMap((line) => {
      const [, names = '', when = ''] = line.split('|');
      return when.trim() === '' || /latency/.test(when) ? [] : metricsIn(names.replace(/\{.*?\}/g, ''));
    });
    const rules = (await read('alerts.yml')) + (await read('grafana/letopis.json'));
    expect(watched.length).toBeGreaterThan(7);
    expect(watched.filter((name) => !rules.includes(name))).toEqual([]);
  });
});
