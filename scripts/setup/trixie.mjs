// Debian 13's Emscripten for a machine with Debian 12: fetched by apt with its signature checks from a configuration of
// our own, unpacked into .tools/emscripten. The system's package sources, lists and files stay as they are.

import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { Advice, capture, must } from '../command.mjs';
import { step } from '../progress.mjs';
import { tools } from '../project.mjs';
import { meet, refresh } from './apt.mjs';
import { llvmNeeds, osRelease } from './system.mjs';

const prefix = `${tools}/emscripten`;
const packages = ['emscripten', 'binaryen', 'libc6', 'libstdc++6', 'libgcc-s1'];

/** Where each architecture keeps its libraries and what its dynamic loader is called. */
const architectures = {
  amd64: { libraries: 'x86_64-linux-gnu', loader: 'ld-linux-x86-64.so.2' },
  arm64: { libraries: 'aarch64-linux-gnu', loader: 'ld-linux-aarch64.so.1' },
};

/** Left packed: documents, tests, and system libraries for threads, position-independent code and sanitizers. */
const unneeded = [
  './usr/share/doc',
  './usr/share/man',
  './usr/share/emscripten/test',
  './usr/share/emscripten/docs',
  './usr/share/emscripten/media',
  './usr/share/emscripten/cache/sysroot/lib/wasm32-emscripten/pic',
  './usr/share/emscripten/cache/sysroot/lib/wasm32-emscripten/lto-pic',
  '*-mt*.a',
  '*-ww*.a',
  '*-asan*.a',
];

export async function canUnpack() {
  return osRelease().ID === 'debian' && (await architecture()) !== undefined;
}

/** Fetches and unpacks; returns the folder of emcc. */
export async function unpackTrixie() {
  await meet(llvmNeeds);
  const folder = `${prefix}/usr/share/emscripten`;
  if (!existsSync(`${prefix}/complete`)) {
    rmSync(prefix, { recursive: true, force: true });
    const archives = await download();
    await unpack(archives);
    rmSync(`${prefix}/apt`, { recursive: true });
    writeFileSync(`${prefix}/complete`, '');
  }
  await configure(folder);
  return folder;
}

async function architecture() {
  const { output } = await capture('dpkg', ['--print-architecture']);
  return architectures[output.trim()];
}

/** The address from which this machine gets its own Debian packages. */
async function mirror() {
  const ask = () =>
    capture('apt-get', [
      'indextargets',
      '--format',
      '$(REPO_URI)',
      'Created-By: Packages',
      'Origin: Debian',
      'Component: main',
      `Codename: ${osRelease().VERSION_CODENAME}`,
    ]);
  const first = async () => (await ask()).output.trim().split('\n')[0];
  let address = await first();
  if (!address && process.getuid?.() === 0) {
    await refresh();
    address = await first();
  }
  if (address) return address;
  throw new Advice(
    'apt does not know a source of Debian packages; check /etc/apt/sources.list and run: apt-get update',
  );
}

async function download() {
  const home = `${prefix}/apt`;
  for (const folder of ['sources', 'lists/partial', 'cache/archives/partial', 'archives']) {
    mkdirSync(`${home}/${folder}`, { recursive: true });
  }
  writeFileSync(
    `${home}/sources/trixie.sources`,
    `Types: deb\nURIs: ${await mirror()}\nSuites: trixie\nComponents: main\n` +
      'Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg\n',
  );
  const options = [
    'Dir::Etc::sourcelist=/dev/null',
    `Dir::Etc::sourceparts=${home}/sources`,
    `Dir::State::lists=${home}/lists`,
    `Dir::Cache=${home}/cache`,
    'APT::Sandbox::User=root',
  ].flatMap((option) => ['-o', option]);
  step('Fetching Emscripten from Debian 13 (250 MB)');
  const advice =
    'Emscripten could not be fetched from Debian 13; check the network and run: npm run setup';
  await must(advice, 'apt-get', [...options, 'update']);
  await must(advice, 'apt-get', [...options, 'download', ...packages], { cwd: `${home}/archives` });
  return readdirSync(`${home}/archives`).map((name) => `${home}/archives/${name}`);
}

async function unpack(archives) {
  const report = step('Unpacking Emscripten into .tools/ (280 MB)');
  for (const [i, archive] of archives.entries()) {
    report(i / archives.length, archive.slice(archive.lastIndexOf('/') + 1));
    await unpackOne(archive);
  }
  report(1, 'done');
}

function unpackOne(archive) {
  const excludes = unneeded.map((pattern) => `--exclude=${pattern}`);
  return new Promise((resolve, reject) => {
    const files = spawn('dpkg-deb', ['--fsys-tarfile', archive], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const tar = spawn('tar', ['-x', '--no-same-owner', '-C', prefix, ...excludes], {
      stdio: [files.stdout, 'inherit', 'inherit'],
    });
    const failed = () =>
      reject(
        new Advice(`${archive} could not be unpacked; free some disk space and run: npm run setup`),
      );
    files.on('error', failed);
    tar.on('error', failed);
    tar.on('close', (code) => (code === 0 ? resolve(undefined) : failed()));
  });
}

/** Binaryen runs with its own C library; the compiler is told where LLVM, Binaryen and Node are. */
async function configure(folder) {
  const { libraries, loader } = /** @type {{ libraries: string, loader: string }} */ (
    await architecture()
  );
  const bin = `${prefix}/binaryen/bin`;
  mkdirSync(bin, { recursive: true });
  for (const name of readdirSync(`${prefix}/usr/bin`).filter((name) => name.startsWith('wasm'))) {
    writeFileSync(
      `${bin}/${name}`,
      `#!/bin/sh\nlib='${prefix}/usr/lib/${libraries}'\n` +
        `exec "$lib/${loader}" --library-path "$lib:$lib/binaryen" '${prefix}/usr/bin/${name}' "$@"\n`,
    );
    chmodSync(`${bin}/${name}`, 0o755);
  }
  writeFileSync(
    `${folder}/.emscripten`,
    `LLVM_ROOT = '/usr/bin'\nBINARYEN_ROOT = '${prefix}/binaryen'\nNODE_JS = '${process.execPath}'\n` +
      "LLVM_ADD_VERSION = '19'\nCLANG_ADD_VERSION = '19'\nFROZEN_CACHE = True\n",
  );
  // Emscripten's own scripts are CommonJS, whatever the project's package.json says.
  writeFileSync(`${prefix}/package.json`, '{ "type": "commonjs" }\n');
}
