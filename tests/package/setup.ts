// The package as `npm pack` makes it, installed beside the bundlers and frameworks that it is tried with.
import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { ensurePackages } from '../../scripts/setup/npm.mjs';

const here = 'tests/package';

export default async function setup(): Promise<void> {
  await ensurePackages({ folder: here });
  const npm = (args: string[], cwd = '.') =>
    execFileSync('npm', [...args, '--no-audit', '--no-fund'], { cwd, encoding: 'utf8' });
  mkdirSync('build/package', { recursive: true });
  // The suite has built the site; packing need not do it again.
  const packed = npm(['pack', '--ignore-scripts', '--json', '--pack-destination', 'build/package']);
  const [{ filename }] = JSON.parse(packed) as [{ filename: string }];
  rmSync(`${here}/node_modules/ziffer`, { recursive: true, force: true });
  npm(['install', '--no-save', '--offline', resolve('build/package', filename)], here);
}
