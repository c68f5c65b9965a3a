// The package as `npm pack` makes it, installed beside the bundlers and frameworks that it is tried with.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';

const here = 'tests/package';

export default function setup(): void {
  const npm = (args: string[], cwd = '.') =>
    execFileSync('npm', [...args, '--no-audit', '--no-fund'], { cwd, encoding: 'utf8' });
  if (!installed()) npm(['ci'], here);
  mkdirSync('build/package', { recursive: true });
  // The suite has built the site; packing need not do it again.
  const packed = npm(['pack', '--ignore-scripts', '--json', '--pack-destination', 'build/package']);
  const [{ filename }] = JSON.parse(packed) as [{ filename: string }];
  rmSync(`${here}/node_modules/ziffer`, { recursive: true, force: true });
  npm(['install', '--no-save', '--offline', resolve('build/package', filename)], here);
}

function installed(): boolean {
  const list = `${here}/node_modules/.package-lock.json`;
  if (!existsSync(list)) return false;
  const versions = (file: string) =>
    JSON.parse(readFileSync(file, 'utf8')).packages as Record<
      string,
      { version: string; optional?: boolean }
    >;
  const there = versions(list);
  return Object.entries(versions(`${here}/package-lock.json`)).every(
    ([path, { version, optional }]) => path === '' || optional || there[path]?.version === version,
  );
}
