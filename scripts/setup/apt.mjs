// Installs the distribution packages that are missing, and only those.
import { spawn } from 'node:child_process';
import { Advice, which } from '../command.mjs';
import { step } from '../progress.mjs';

const waitForLock = ['-o', 'DPkg::Lock::Timeout=900'];

/** Meets the needs (see system.mjs) that are not met yet. */
export async function meet(needs) {
  const missing = needs.filter((need) => !need.met()).map((need) => need.package);
  if (missing.length > 0) await install(missing);
}

/** As `meet`, for what can be done without: where it can't be had, says so and goes on. */
export async function meetIfPossible(needs) {
  try {
    await meet(needs);
  } catch (error) {
    if (!(error instanceof Advice)) throw error;
    console.error(`  Going on without it: ${error.message}`);
  }
}

/** Installs Debian packages by name. */
export async function install(names) {
  const list = names.join(' ');
  if (!which('apt-get')) {
    throw new Advice(
      `These are missing: ${list}. Install them (the names are Debian's) with your package manager, then run this again.`,
    );
  }
  if (process.getuid?.() !== 0) {
    throw new Advice(
      `Packages are missing; run: sudo apt-get update && sudo apt-get install -y ${list}`,
    );
  }
  await refresh();
  const report = step(`Installing ${names.length} system packages: ${list}`);
  const args = [
    ...waitForLock,
    '-o',
    'APT::Status-Fd=3',
    'install',
    '-y',
    '--no-install-recommends',
    ...names,
  ];
  const { code, output } = await aptGet(args, report);
  if (code !== 0) {
    process.stderr.write(output);
    throw new Advice(`Packages could not be installed; run and look: apt-get install ${list}`);
  }
}

let refreshed = false;

/** Brings the package lists up to date, once a run. */
export async function refresh() {
  if (refreshed) return;
  step('Updating the package lists');
  const { code, output } = await aptGet([...waitForLock, 'update']);
  if (code !== 0) {
    process.stderr.write(output);
    throw new Advice(
      'The package lists could not be updated; check the network and run: apt-get update',
    );
  }
  refreshed = true;
}

function aptGet(args, report) {
  return new Promise((resolve) => {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C' };
    const child = spawn('apt-get', args, { env, stdio: ['ignore', 'pipe', 'pipe', 'pipe'] });
    let output = '';
    const keep = (bytes) => {
      output += bytes;
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.stdio[3]?.on('data', (bytes) => {
      // "dlstatus:<n>:<percent>:<what>" while downloading, then "pmstatus:<package>:<percent>:<what>".
      for (const line of String(bytes).trim().split('\n')) {
        const [kind, , percent, ...what] = line.split(':');
        if (!percent) continue;
        const half = kind === 'dlstatus' ? 0 : 0.5;
        report?.(Math.min(0.99, half + Number(percent) / 200), what.join(':').trim());
      }
    });
    child.on('error', (error) => resolve({ code: 127, output: error.message }));
    child.on('close', (code) => {
      if (code === 0) report?.(1, 'done');
      resolve({ code, output });
    });
  });
}
