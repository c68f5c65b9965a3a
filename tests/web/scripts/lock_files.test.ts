// The check of lock files, which `npm run lint` runs, fails where it should.
import { expect, it } from 'vitest';
import { flaws } from '../../../scripts/lock_files.mjs';

const version = '1.0.0';

it('finds packages that nothing brings, where Node would look for them', () => {
  const packages = {
    '': { dependencies: { vite: '7' }, devDependencies: { lost: '1' } },
    'node_modules/vite': { version, dependencies: { rollup: '^4' } },
    'node_modules/vite/node_modules/rollup': {
      version,
      optionalDependencies: { linux: '4', android: '4' },
    },
    'node_modules/linux': { version, dependencies: { rollup: '^4' } },
  };
  expect(flaws(packages)).toEqual([
    'the project lacks lost',
    'node_modules/vite/node_modules/rollup lacks android',
    'node_modules/linux lacks rollup',
  ]);
});

it('asks for a version and no address of everything, and for no optional peer', () => {
  const packages = {
    '': {},
    'node_modules/a': {
      peerDependencies: { b: '1' },
      peerDependenciesMeta: { b: { optional: true } },
    },
    'node_modules/@c/d': { version, resolved: 'https://example.org/d.tgz' },
  };
  expect(flaws(packages)).toEqual([
    'node_modules/a has no version',
    'node_modules/@c/d names the registry it came from',
  ]);
});
