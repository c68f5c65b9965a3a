// What Ziffer needs from the operating system: each need with the Debian package that meets it and a quick probe.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { capture, which } from '../command.mjs';

const command =
  (...names) =>
  () =>
    names.some((name) => which(name) !== null);
const header =
  (...paths) =>
  () =>
    ['/usr/include', '/usr/local/include', '/opt/homebrew/include'].some((folder) =>
      paths.some((path) => existsSync(`${folder}/${path}`)),
    );

/** To build. */
export const buildNeeds = [
  { package: 'cmake', met: command('cmake') },
  { package: 'ninja-build', met: command('ninja') },
  { package: 'g++', met: command('c++', 'g++', 'clang++') },
  { package: 'python3', met: command('python3') },
  { package: 'libeigen3-dev', met: header('eigen3/Eigen/Core', 'Eigen/Core') },
  { package: 'libstb-dev', met: header('stb/stb_image.h', 'stb_image.h') },
  { package: 'doctest-dev', met: header('doctest/doctest.h') },
  { package: 'nlohmann-json3-dev', met: header('nlohmann/json.hpp') },
];

/** To check the format of the C++. */
export const lintNeeds = [{ package: 'clang-format-19', met: command('clang-format-19') }];

/** To fuzz, and to test with 32 bits, where sizes wrap as in WebAssembly. */
export const fuzzNeeds = [
  { package: 'clang-19', met: command('clang++-19') },
  {
    package: 'libclang-rt-19-dev',
    met: () => existsSync('/usr/lib/llvm-19/lib/clang/19/lib/linux/libclang_rt.fuzzer-i386.a'),
  },
  {
    package: 'g++-multilib',
    met: () => {
      const versions = '/usr/include/x86_64-linux-gnu/c++';
      return (
        existsSync(versions) && readdirSync(versions).some((v) => existsSync(`${versions}/${v}/32`))
      );
    },
  },
];

/** To test against real Keras: Debian's Python comes without what makes virtual environments. */
export const kerasNeeds = [
  {
    package: 'python3-venv',
    met: () => spawnSync('python3', ['-c', 'import ensurepip, venv']).status === 0,
  },
];

/** To test in browsers. */
export const browserNeeds = [
  { package: 'chromium', met: command('chromium', 'chromium-browser', 'google-chrome') },
];

/** To test in the other engines; where a system does not have them, their tests are skipped. */
export const engineNeeds = [
  { package: 'firefox-esr', met: command('firefox-esr') },
  { package: 'webkit2gtk-driver', met: command('WebKitWebDriver') },
  { package: 'xvfb', met: command('Xvfb') },
];

/** LLVM for an Emscripten that Ziffer unpacks itself. */
export const llvmNeeds = [
  { package: 'clang-19', met: command('clang++-19') },
  { package: 'lld-19', met: command('wasm-ld-19') },
  { package: 'llvm-19', met: command('llvm-ar-19') },
];

/** The fields of /etc/os-release, such as ID and VERSION_CODENAME; empty elsewhere than on Linux. */
export function osRelease() {
  if (!existsSync('/etc/os-release')) return {};
  const lines = readFileSync('/etc/os-release', 'utf8').split('\n');
  return Object.fromEntries(
    lines
      .filter((line) => line.includes('='))
      .map((line) => {
        const [key, value] = line.split(/=(.*)/s);
        return [key, value.replace(/^"|"$/g, '')];
      }),
  );
}

/** The version of a distribution package that apt would install, or null. */
export async function candidate(name) {
  if (!which('apt-cache')) return null;
  const { output } = await capture('apt-cache', ['policy', name], {
    env: { ...process.env, LC_ALL: 'C' },
  });
  const version = /Candidate: (\S+)/.exec(output)?.[1];
  return version && version !== '(none)' ? version : null;
}
