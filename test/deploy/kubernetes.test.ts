import { readFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import { Deployment } from 'kubernetes-models/apps/v1';
import { CronJob } from 'kubernetes-models/batch/v1';
import { PodDisruptionBudget } from 'kubernetes-models/policy/v1';
import { PersistentVolumeClaim, Service } from 'kubernetes-models/v1';
import { parse, parseAllDocuments } from 'yaml';
import { z } from 'zod';
import { readConfig } from '../../src/app/config.js';

const DIRECTORY = new URL('../../deploy/kubernetes/', import.meta.url);
const MODELS = { Deployment, CronJob, PodDisruptionBudget, PersistentVolumeClaim, Service };

const Manifest = z.looseObject({
  kind: z.enum(['Deployment', 'CronJob', 'PodDisruptionBudget', 'PersistentVolumeClaim', 'Service']),
  metadata: z.object({ name: z.string() }),
  spec: z.unknown(),
});
const Probe = z.object({ httpGet: z.object({ path: z.string(), port: z.string() }) });
const Spec = z.object({
  replicas: z.number(),
  selector: z.object({ matchLabels: z.record(z.string(), z.string()) }),
  template: z.object({
    metadata: z.object({ labels: z.record(z.string(), z.string()) }),
    spec: z.object({
      containers: z.array(
        z.object({
          env: z.array(z.object({ name: z.string(), value: z.string() })),
          startupProbe: Probe,
          livenessProbe: Probe,
          readinessProbe: Probe,
          resources: z.object({ limits: z.object({ memory: z.string() }) }),
        }),
      ),
    }),
  }),
});
const Kustomization = z.object({
  resources: z.array(z.string()),
  configMapGenerator: z.array(z.object({ literals: z.array(z.string()) })),
});

async function kustomization() {
  return Kustomization.parse(parse(await readFile(new URL('kustomization.yaml', DIRECTORY), 'utf8')));
}

async function manifests() {
  const { resources } = await kustomization();
  const texts = await Promise.all(resources.map((name) => readFile(new URL(name, DIRECTORY), 'utf8')));
  return texts.flatMap((text) => parseAllDocuments(text).map((document) => Manifest.parse(document.toJS())));
}

/** Returns the fault of a manifest by the schema of Kubernetes; undefined if there is none. */
function fault(
  manifest: Readonly<Record<string, unknown>> & { readonly kind: keyof typeof MODELS },
): string | undefined {
  const Model: new (data?: never) => { validate(): void } = MODELS[manifest.kind];
  const model = Object.assign(new Model(), manifest);
  try {
    model.validate();
    return undefined;
  } catch (error) {
    return String(error);
  }
}

describe('the manifests for Kubernetes', () => {
  it('have the shape of its schemas', async () => {
    const all = await manifests();
    expect(all.map((manifest) => `${manifest.kind} ${manifest.metadata.name}`)).toEqual([
      'Deployment letopis-api',
      'Service letopis',
      'PodDisruptionBudget letopis-api',
      'Deployment letopis-keeper',
      'PodDisruptionBudget letopis-keeper',
      'CronJob letopis-backup',
      'PersistentVolumeClaim letopis-backups',
    ]);
    expect(all.flatMap((manifest) => fault(manifest) ?? [])).toEqual([]);
    expect(fault({ kind: 'PodDisruptionBudget', metadata: { name: 'x' }, spec: { minAvailable: {} } })).toBeDefined();
  });

  it('run each role in a deployment with probes, a budget for disruptions, and a heap below its memory', async () => {
    const all = await manifests();
    const deployments = all.filter(({ kind }) => kind === 'Deployment');
    const roles = [];
    for (const { metadata, spec } of deployments) {
      const { replicas, selector, template } = Spec.parse(spec);
      const [container] = template.spec.containers;
      const value = (name: string) => container?.env.find((each) => each.name === name)?.value ?? '';
      roles.push(...value('LETOPIS_ROLES').split(','));
      expect(template.metadata.labels).toEqual(selector.matchLabels);
      expect(container?.livenessProbe.httpGet.path).toBe('/health/live');
      expect(container?.readinessProbe.httpGet.path).toBe('/health/ready');
      const [, amount = '', unit] = /^(\d+)(Mi|Gi)$/.exec(container?.resources.limits.memory ?? '') ?? [];
      const heap = Number(value('NODE_OPTIONS').replace('--max-old-space-size=', ''));
      expect(heap).toBeLessThanOrEqual(0.5 * Number(amount) * (unit === 'Gi' ? 1_024 : 1));
      const budget = all.find((each) => each.kind === 'PodDisruptionBudget' && each.metadata.name === metadata.name);
      expect(budget?.spec).toEqual({ minAvailable: replicas - 1, selector });
    }
    expect(roles.sort()).toEqual(['api', 'deadlines', 'projections', 'webhooks']);
  });

  it('set what Letopis knows', async () => {
    const { configMapGenerator } = await kustomization();
    const literals = configMapGenerator.flatMap((each) => each.literals).map((text) => text.split('='));
    expect(readConfig(Object.fromEntries(literals)).LETOPIS_SAMPLE).toBe('off');
  });
});
