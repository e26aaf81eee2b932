import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { connect, createServer } from 'node:tls';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { z } from 'zod';
import { readConfig } from '../../src/app/config.js';
import { boundPort } from '../support/ports.js';
import { removeDirectory, temporaryDirectory } from '../support/server.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const run = promisify(execFile);
const fileText = (name: string) => readFile(join(ROOT, name), 'utf8');

const Service = z.object({
  image: z.string(),
  profiles: z.array(z.string()).default([]),
  restart: z.string(),
  environment: z.record(z.string(), z.union([z.string(), z.number()])).default({}),
  deploy: z.object({ resources: z.object({ limits: z.object({ cpus: z.string(), memory: z.string() }) }) }),
  healthcheck: z.object({ test: z.array(z.string()) }).optional(),
  ports: z.array(z.string()).default([]),
  volumes: z.array(z.string()).default([]),
});
const Compose = z.object({
  services: z.record(z.string(), Service),
  volumes: z.record(z.string(), z.unknown()),
});

const compose = async () => Compose.parse(parse(await fileText('docker-compose.yml'), { merge: true }));

/** Returns the settings that scripts/compose-env prints. */
async function environmentOf(profile: string): Promise<Record<string, string>> {
  const { stdout } = await run(join(ROOT, 'scripts/compose-env'), [profile]);
  const lines = stdout.trim().split('\n');
  return Object.fromEntries(lines.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]));
}

/** Returns a value with its variables replaced, as compose does. */
function filled(value: string, environment: Readonly<Record<string, string>>): string {
  const inner = /\$\{(\w+)(?::[-?]([^${}]*))?\}/g;
  let [before, now] = ['', value];
  while (before !== now) {
    before = now;
    now = now.replace(inner, (_, name: string, otherwise = '') => environment[name] ?? otherwise);
  }
  return now;
}

describe('docker-compose.yml', () => {
  it('pins each image to a version, and that of Letopis to this one', async () => {
    const { services } = await compose();
    const { version } = z.object({ version: z.string() }).parse(JSON.parse(await fileText('package.json')));
    const images = Object.values(services).map(({ image }) => filled(image, {}));
    expect(images.filter((image) => !/^[\w./-]+:v?\d+\.\d+\.\d+$/.test(image))).toEqual([]);
    expect(images).toContain(`letopis:${version}`);
    expect(await fileText('Dockerfile')).not.toMatch(/^FROM (?!\S+:\d+\.\d+\.\d+)/m);
    expect(await fileText('deploy/kubernetes/kustomization.yaml')).toContain(`newTag: ${version}`);
  });

  it('bounds the resources of each service, and the heap of each process of Letopis below its memory', async () => {
    const { services } = await compose();
    const own = Object.entries(services).filter(([, { image }]) => image.startsWith('letopis:'));
    expect(own.map(([name]) => name)).toEqual(['letopis', 'keeper', 'backup']);
    for (const [name, { deploy, environment }] of own) {
      const heap = Number(/^--max-old-space-size=(\d+)$/.exec(String(environment.NODE_OPTIONS))?.[1]);
      const { memory } = deploy.resources.limits;
      const limit = memory.endsWith('g') ? Number.parseInt(memory, 10) * 1024 : Number.parseInt(memory, 10);
      expect({ name, fits: heap >= 256 && heap <= limit * 0.5 }).toEqual({ name, fits: true });
    }
  });

  it('checks the health of each service that goes on, publishes on this machine alone, and names known volumes', async () => {
    const { services, volumes } = await compose();
    for (const [name, service] of Object.entries(services)) {
      const goesOn = service.restart === 'unless-stopped' && !service.image.startsWith('letopis:');
      expect({ name, isChecked: service.healthcheck !== undefined }).toEqual({ name, isChecked: goesOn });
      for (const port of service.ports) expect(filled(port, {})).toMatch(/^127\.0\.0\.1:/);
      const named = service.volumes.map((volume) => filled(volume, {}).split(':')[0] ?? '');
      expect(named.filter((volume) => /^\w/.test(volume) && !(volume in volumes))).toEqual([]);
    }
  });

  it.each(['single', 'ha'])('has settings that Letopis accepts: %s', async (profile) => {
    const { services } = await compose();
    const environment = await environmentOf(profile);
    for (const service of Object.values(services).filter(({ image }) => image.startsWith('letopis:'))) {
      const settings = Object.entries(service.environment).map(([name, value]) => [
        name,
        filled(String(value), environment),
      ]);
      const config = readConfig(Object.fromEntries(settings));
      const isSecured =
        config.LETOPIS_EVENT_STORE.includes('tls=true') && config.LETOPIS_READ_STORE.includes('tls=true');
      expect(isSecured).toBe(profile === 'ha');
      if (profile === 'ha') {
        expect(config.LETOPIS_EVENT_STORE).toMatch(/^esdb:\/\/letopis:\w{32}@.*tlsCAFile=\/certs\/ca\/ca\.crt/);
        expect(config.LETOPIS_READ_STORE).toMatch(/^mongodb:\/\/letopis:\w{32}@.*tlsCAFile=\/certs\/ca\/ca\.crt/);
      }
    }
  });

  it('runs no engine without TLS and users in the profile «ha»', async () => {
    const { services } = await compose();
    const engines = Object.entries(services).filter(
      ([name, { profiles }]) => profiles.includes('ha') && /-\d$/.test(name),
    );
    expect(engines).toHaveLength(6);
    const text = await fileText('docker-compose.yml');
    for (const [name, { environment, volumes }] of engines) {
      expect(volumes).toContain('./certs:/certs:ro');
      if (!name.startsWith('kurrentdb')) continue;
      expect(environment).toMatchObject({
        KURRENTDB_CERTIFICATE_FILE: `/certs/${name}.crt`,
        KURRENTDB_CERTIFICATE_PRIVATE_KEY_FILE: `/certs/${name}.key`,
        KURRENTDB_TRUSTED_ROOT_CERTIFICATES_PATH: '/certs/ca',
        KURRENTDB_NODE_HOST_ADVERTISE_AS: name,
      });
      expect(environment).not.toHaveProperty('KURRENTDB_INSECURE');
    }
    expect(text).toContain('--tlsMode requireTLS');
  });
});

describe('scripts/compose-certificates', () => {
  it('makes certificates by which each member is trusted under its name, and no other; run again, it keeps them', async () => {
    const directory = await temporaryDirectory();
    const make = () => run(join(ROOT, 'scripts/compose-certificates'), [directory]);
    await make();
    const ca = await readFile(join(directory, 'ca/ca.crt'));
    for (const name of ['kurrentdb-1', 'mongodb-3']) {
      const [cert, key] = [
        await readFile(join(directory, `${name}.crt`)),
        await readFile(join(directory, `${name}.key`)),
      ];
      const server = createServer({ cert, key });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      const port = boundPort(server);
      const trusted = (servername: string) =>
        new Promise<boolean>((resolve) => {
          const socket = connect({ host: '127.0.0.1', port, servername, ca }, () => {
            socket.destroy();
            resolve(true);
          });
          socket.on('error', () => resolve(false));
        });
      expect([await trusted(name), await trusted('kurrentdb-9')]).toEqual([true, false]);
      await new Promise((resolve) => server.close(resolve));
    }
    const before = await readFile(join(directory, 'mongodb-1.pem'), 'utf8');
    await make();
    expect(await readFile(join(directory, 'mongodb-1.pem'), 'utf8')).toBe(before);
    await removeDirectory(directory);
  }, 120_000);
});
